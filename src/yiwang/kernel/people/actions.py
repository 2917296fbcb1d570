"""Verbs on persons and posts: register, grant, end. Who may call them is decided by access."""

import datetime as dt

from django.db import transaction

from yiwang.kernel.people import models


def register(username: str, name: str, password: str | None, mobile: str = "") -> models.Person:
    """Create a person who can sign in; without a password they cannot until one is set."""
    person = models.Person(username=username, name=name, mobile=mobile)
    person.set_password(password) if password else person.set_unusable_password()
    person.full_clean()
    person.save()
    return person


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
    post = models.Post(
        person=person,
        organisation_id=organisation,
        role=role,
        area=area,
        valid_from=valid_from,
        valid_to=valid_to,
        granted_by=by,
    )
    post.full_clean()
    post.save()
    return post


def end(post: models.Post, day: dt.date) -> models.Post:
    """End a post after `day`; it stays on record."""
    with transaction.atomic():
        locked = models.Post.objects.select_for_update().get(pk=post.pk)
        locked.valid_to = day
        locked.full_clean()
        locked.save(update_fields=["valid_to"])
    return locked


def set_active(person: models.Person, active: bool) -> None:
    """Let a person sign in, or no longer."""
    person.is_active = active
    person.save(update_fields=["is_active"])
