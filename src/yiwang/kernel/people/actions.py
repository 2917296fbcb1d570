"""Verbs on persons and posts: register, grant, end. Whether somebody may use them is decided by access.actions."""

import dataclasses
import datetime as dt
import secrets
from collections.abc import Sequence

from django.contrib.auth import hashers
from django.db import transaction

from yiwang.kernel.people import models

READABLE = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without the characters that look or sound like others."""


@dataclasses.dataclass(frozen=True, slots=True)
class NewPost:
    """A post to give; `area` is a prefix of the codes it covers."""

    organisation: str
    role: str
    area: str
    valid_from: dt.date
    valid_to: dt.date | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Newcomer:
    """A person to register together with posts."""

    username: str
    name: str
    posts: tuple[NewPost, ...]


def register(username: str, name: str, password: str | None, mobile: str = "") -> models.Person:
    """Create a person who can sign in; without a password they cannot until one is set."""
    person = models.Person(username=username, name=name, mobile=mobile)
    person.set_password(password) if password else person.set_unusable_password()
    person.full_clean()
    person.save()
    return person


@transaction.atomic
def enrol(newcomers: Sequence[Newcomer], password: str) -> None:
    """Register many at once with one first password, hashed once; users and posts that exist stay as they are."""
    hashed = hashers.make_password(password)
    people = [models.Person(username=one.username, name=one.name, password=hashed) for one in newcomers]
    models.Person.objects.bulk_create(people, ignore_conflicts=True)
    known = models.Person.objects.filter(username__in=[one.username for one in newcomers])
    ids = dict(known.values_list("username", "id"))
    posts = [_post(ids[one.username], given) for one in newcomers for given in one.posts]
    models.Post.objects.bulk_create(posts, ignore_conflicts=True)


def grant(
    person: models.Person,
    organisation: str,
    role: str,
    area: str,
    valid_from: dt.date,
    valid_to: dt.date | None = None,
    by: models.Person | None = None,
) -> models.Post:
    """Give a post. Raises ValidationError where the post exists already or ends before it begins."""
    post = _post(person.pk, NewPost(organisation, role, area, valid_from, valid_to))
    post.granted_by = by
    post.full_clean()
    post.save()
    return post


def end(post: models.Post, day: dt.date) -> models.Post:
    """End a post after `day`; it stays on record. Raises ValidationError where it begins later."""
    with transaction.atomic():
        locked = models.Post.objects.select_for_update().get(pk=post.pk)
        locked.valid_to = day
        locked.full_clean()
        locked.save(update_fields=["valid_to"])
    return locked


def set_active(person: models.Person, active: bool) -> None:
    """Let a person sign in, or no longer; open sessions end with it."""
    person.is_active = active
    person.save(update_fields=["is_active"])


def reset_password(person: models.Person) -> str:
    """Give a person a new password and return it, to be told once; open sessions end with it."""
    password = "-".join("".join(secrets.choice(READABLE) for _ in range(4)) for _ in range(4))
    person.set_password(password)
    person.save(update_fields=["password"])
    return password


def _post(person: int, given: NewPost) -> models.Post:
    return models.Post(
        person_id=person,
        organisation_id=given.organisation,
        role=given.role,
        area=given.area,
        valid_from=given.valid_from,
        valid_to=given.valid_to,
    )
