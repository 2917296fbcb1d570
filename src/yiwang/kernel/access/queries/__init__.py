"""The only door to rows: rules with reasons (`scope`, `explain`), actors, and the administrator's lists."""

from yiwang.kernel.access.queries.actors import actor_of, home, may, posts_permitting, posts_seeing, roles
from yiwang.kernel.access.queries.people import (
    PERSON_RULES,
    POST_RULES,
    hindrance,
    people_administered,
    posts_administered,
)
from yiwang.kernel.access.queries.scoping import Rule, declare, explain, reasons, scope

__all__ = [
    "PERSON_RULES",
    "POST_RULES",
    "Rule",
    "actor_of",
    "declare",
    "explain",
    "hindrance",
    "home",
    "may",
    "people_administered",
    "posts_administered",
    "posts_permitting",
    "posts_seeing",
    "reasons",
    "roles",
    "scope",
]
