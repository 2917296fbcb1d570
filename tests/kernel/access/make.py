"""Administrators and people of the small town of the cases' tests, built through real actions."""

import datetime as dt
import itertools

from django.utils import timezone

from tests.cases import make as town
from yiwang.kernel.access import queries
from yiwang.kernel.access.logic import Actor, wishes
from yiwang.kernel.people import actions as people
from yiwang.kernel.people import models
from yiwang.kernel.releases import actions as releases

SINCE = dt.date(2026, 1, 1)
numbers = itertools.count()


def published() -> None:
    releases.publish(town.pack())


def person(
    *posts: tuple[str, str, str], since: dt.date = SINCE, until: dt.date | None = None
) -> models.Person:
    """Return a new person with posts, each (organisation, role, area)."""
    made = people.register(f"person-{next(numbers)}", f"第{next(numbers)}人", None)
    for organisation, role, area in posts:
        people.grant(made, organisation, role, area, since, until)
    return made


def many(count: int) -> list[people.Newcomer]:
    """Register that many handlers at once."""
    post = (people.NewPost("urban", "handler", "510107", SINCE),)
    made = [people.Newcomer(f"many-{next(numbers):06}", "甲", post) for _ in range(count)]
    people.enrol(made, "secret-words")
    return made


def actor(*posts: tuple[str, str, str]) -> Actor:
    return queries.actor_of(person(*posts))


def city() -> Actor:
    return actor(("hotline", "administrator", "5101"))


def district() -> Actor:
    return actor(("centre", "administrator", "510107"))


def wish(
    organisation: str = "urban", role: str = "handler", area: str = "", since=None, until=None
) -> wishes.Grant:
    return wishes.Grant(organisation, role, area, since or timezone.localdate(), until)
