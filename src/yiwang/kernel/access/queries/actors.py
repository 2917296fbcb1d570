"""Who somebody is today, and what their roles allow. Before: people and the release. After: rules and flows."""

import datetime as dt
from collections.abc import Mapping

from django.utils import timezone

from yiwang.kernel.access import definitions, logic
from yiwang.kernel.people import models as people_models
from yiwang.kernel.people import queries as people
from yiwang.kernel.releases import queries as releases


def actor_of(person: people_models.Person, day: dt.date | None = None) -> logic.Actor:
    """Return the actor a person is today, with every valid post (one query)."""
    posts = people.posts_on(day or timezone.localdate()).filter(person=person).order_by("id")
    return logic.Actor(
        "person",
        person=person.pk,
        name=person.name,
        posts=tuple(logic.Post(p.pk, p.role, p.organisation_id, p.area) for p in posts),
    )


def roles() -> Mapping[str, definitions.Role]:
    """Return the roles of the current release by code."""
    return releases.current_pack().entries(definitions.Role)


def home(actor: logic.Actor) -> str:
    """Return the url name of the page an actor's work begins on: what the role of the first post says."""
    declared = roles()
    first = next((declared[post.role].home for post in actor.posts if post.role in declared), "")
    return first or "desk"


def posts_seeing(actor: logic.Actor, sight: definitions.Sight) -> tuple[logic.Post, ...]:
    """Return the actor's posts whose role sees cases in this way."""
    return actor.with_roles({code for code, role in roles().items() if sight in role.sees})


def posts_permitting(actor: logic.Actor, permission: definitions.Permission) -> tuple[logic.Post, ...]:
    """Return the actor's posts whose role carries a permission."""
    return actor.with_roles({code for code, role in roles().items() if permission in role.may})


def may(actor: logic.Actor, permission: definitions.Permission) -> bool:
    """Tell whether any of the actor's posts carries a permission."""
    return bool(actor.posts) and bool(posts_permitting(actor, permission))
