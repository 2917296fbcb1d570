"""Administer people within the area of one's post: each verb asks whether the actor may, then lets people do it.

Before: the forms, parsed by `logic.wishes`. After: people.actions write. What is refused changes nothing.
"""

import datetime as dt
import logging

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from yiwang.kernel.access import queries
from yiwang.kernel.access.definitions import Refused
from yiwang.kernel.access.logic import Actor, Post, wishes
from yiwang.kernel.access.queries import people as administered
from yiwang.kernel.orgs import models as org_models
from yiwang.kernel.orgs import queries as orgs
from yiwang.kernel.people import actions as people
from yiwang.kernel.people import models
from yiwang.kernel.places import queries as places

log = logging.getLogger(__name__)


def register(actor: Actor, new: wishes.Newcomer) -> tuple[models.Person, str]:
    """Register a person; return them with a first password, to be told once. Raises Refused."""
    _administrator(actor)
    try:
        with transaction.atomic():
            person = people.register(new.username, new.name, None, new.mobile)
            password = people.reset_password(person)
    except (ValidationError, IntegrityError) as fault:
        if models.Person.objects.filter(username=new.username).exists():
            raise Refused("username-taken", "username", value=new.username) from fault
        raise
    log.info("person %s registered by person %s", person.pk, actor.person)
    return person, password


def grant(actor: Actor, person: models.Person, wish: wishes.Grant) -> models.Post:
    """Give a person a post inside the actor's area. Raises Refused."""
    posts = _administrator(actor)
    _seen(actor, person)
    if person.pk == actor.person:
        raise Refused("oneself")
    organisation = _organisation(posts, wish.organisation)
    area = _area(posts, wish.area or organisation.area)
    roles = queries.roles()
    if wish.role not in roles:
        raise Refused("unknown-role", "role", value=wish.role, allowed=[one.name for one in roles.values()])
    if wish.valid_to and wish.valid_to < timezone.localdate():
        raise Refused("already-over", "valid_to", to=wish.valid_to)
    with transaction.atomic():
        models.Person.objects.select_for_update().get(pk=person.pk)
        _not_held(person, organisation.code, area, wish)
        post = people.grant(
            person, organisation.code, wish.role, area, wish.valid_from, wish.valid_to, _person(actor)
        )
    log.info("post %s granted to person %s by person %s", post.pk, person.pk, actor.person)
    return post


def end(actor: Actor, post: models.Post, last_day: dt.date) -> models.Post:
    """End a post of the actor's area after a day; an earlier end may be put off. Raises Refused."""
    posts = _administrator(actor)
    if post.person_id == actor.person:
        raise Refused("oneself")
    _inside(posts, post.area)
    _inside_organisation(posts, post.organisation)
    if post.valid_to and post.valid_to < timezone.localdate():
        raise Refused("ended-already", "valid_to", to=post.valid_to)
    if last_day < post.valid_from:
        raise Refused("ends-before", "valid_to", to=last_day, since=post.valid_from)
    log.info("post %s ended after %s by person %s", post.pk, last_day, actor.person)
    return people.end(post, last_day)


def set_active(actor: Actor, person: models.Person, active: bool) -> None:
    """Let a person sign in, or no longer. Raises Refused."""
    _unhindered(actor, person)
    people.set_active(person, active)
    log.info("person %s made %s by person %s", person.pk, "active" if active else "inactive", actor.person)


def reset_password(actor: Actor, person: models.Person) -> str:
    """Give a person a new password; return it, to be told once. Raises Refused."""
    _unhindered(actor, person)
    log.info("password of person %s reset by person %s", person.pk, actor.person)
    return people.reset_password(person)


def _administrator(actor: Actor) -> tuple[Post, ...]:
    posts = queries.posts_permitting(actor, "administer-people")
    if not posts:
        raise Refused("not-administrator")
    return posts


def _seen(actor: Actor, person: models.Person) -> None:
    if not queries.people_administered(actor).filter(pk=person.pk).exists():
        raise Refused("not-visible")


def _unhindered(actor: Actor, person: models.Person) -> None:
    _seen(actor, person)
    if hindrance := queries.hindrance(actor, person):
        raise hindrance


def _organisation(posts: tuple[Post, ...], asked: str) -> org_models.Organisation:
    found = orgs.named(asked)
    if found is None:
        raise Refused("unknown-organisation", "organisation", value=asked[:60])
    _inside_organisation(posts, found)
    return found


def _inside_organisation(posts: tuple[Post, ...], organisation: org_models.Organisation) -> None:
    if not administered.covered(posts, organisation.area):
        own, area = _names(posts), _name(organisation.area)
        raise Refused(
            "outside-organisation", "organisation", organisation=organisation.name, area=area, own=own
        )


def _area(posts: tuple[Post, ...], asked: str) -> str:
    code = places.named(asked)
    if code is None:
        raise Refused("unknown-area", "area", value=asked[:60])
    _inside(posts, code)
    return code


def _inside(posts: tuple[Post, ...], area: str) -> None:
    if not administered.covered(posts, area):
        raise Refused("outside-area", "area", area=_name(area), own=_names(posts))


def _not_held(person: models.Person, organisation: str, area: str, wish: wishes.Grant) -> None:
    """Refuse a second post of the same kind in the same time."""
    same = models.Post.objects.filter(person=person, organisation=organisation, role=wish.role, area=area)
    during = administered.valid(same, wish.valid_from)
    if wish.valid_to:
        during = during.filter(valid_from__lte=wish.valid_to)
    if held := during.first():
        raise Refused("granted-already", "role", name=person.name, since=held.valid_from)


def _person(actor: Actor) -> models.Person | None:
    return models.Person.objects.filter(pk=actor.person).first()


def _names(posts: tuple[Post, ...]) -> list[str]:
    return list(places.names({post.area for post in posts}).values())


def _name(area: str) -> str:
    return places.names({area}).get(area, area)
