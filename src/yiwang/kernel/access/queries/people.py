"""Persons and posts as an administrator may see them, and why one may not be changed."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from yiwang.kernel.access import logic
from yiwang.kernel.access.definitions import Refused
from yiwang.kernel.access.queries import actors, scoping
from yiwang.kernel.people import models
from yiwang.packs.text import Text

FILTERS: dict[str, Callable[[str], Q]] = {
    "organisation": lambda value: Q(organisation=value) | Q(organisation__name__contains=value),
    "role": lambda value: Q(role=value),
    "area": lambda value: Q(area__startswith=value),
}


def people_administered(actor: logic.Actor) -> QuerySet[models.Person]:
    """Return the persons the actor may see in administration, each with the posts the actor may see."""
    seen = Prefetch("posts", posts_administered(actor))
    return scoping.scope(models.Person.objects.prefetch_related(seen), actor)


def people_explained(actor: logic.Actor) -> QuerySet[models.Person]:
    """Return the same persons, each with `grants`: why they are seen."""
    seen = Prefetch("posts", posts_administered(actor))
    return scoping.explain(models.Person.objects.prefetch_related(seen), actor)


def posts_administered(actor: logic.Actor) -> QuerySet[models.Post]:
    """Return the posts the actor may see in administration."""
    rows = models.Post.objects.select_related("person", "organisation", "granted_by")
    return scoping.scope(rows, actor)


def filtered(rows: QuerySet[models.Person], params: Mapping[str, str]) -> QuerySet[models.Person]:
    """Return the persons a search means: words, and one valid post with organisation, role and area asked for."""
    words, standing = params.get("q", "").strip(), params.get("standing", "")
    if words:
        rows = rows.filter(Q(name__contains=words) | Q(username__contains=words.lower()) | Q(mobile=words))
    if standing in {"active", "inactive"}:
        rows = rows.filter(is_active=standing == "active")
    held = valid(models.Post.objects.filter(person=OuterRef("pk")), timezone.localdate())
    if standing == "without":
        return rows.exclude(Exists(held))
    asked = [meant(value) for name, meant in FILTERS.items() if (value := params.get(name, "").strip())]
    return rows.filter(Exists(held.filter(*asked))) if asked else rows


def valid(posts: QuerySet[models.Post], day: dt.date) -> QuerySet[models.Post]:
    """Return the posts that are not over on a day; those that begin later included."""
    return posts.filter(Q(valid_to=None) | Q(valid_to__gte=day))


def hindrance(actor: logic.Actor, person: models.Person) -> Refused | None:
    """Return why the actor may not change this person's account, or None where they may.

    Whoever resets a password can sign in as that person: so all of their posts must be the actor's to give.
    """
    mine = actors.posts_permitting(actor, "administer-people")
    if not mine:
        return Refused("not-administrator")
    if person.pk == actor.person:
        return Refused("oneself")
    held = valid(models.Post.objects.filter(person=person), timezone.localdate())
    others = held.values_list("area", "organisation__area")
    outside = sum(not all(covered(mine, area) for area in areas) for areas in others)
    return Refused("posts-elsewhere", name=person.name, count=outside) if outside else None


def covered(posts: Iterable[logic.Post], area: str) -> bool:
    """Tell whether one of the posts covers an area."""
    return any(post.covers(area) for post in posts)


def areas(actor: logic.Actor) -> list[str]:
    """Return the area prefixes the actor administers."""
    return sorted({post.area for post in actors.posts_permitting(actor, "administer-people")})


def _within(actor: logic.Actor, field: str) -> Q | None:
    union = Q()
    for area in areas(actor):
        union |= Q(**{f"{field}__startswith": area})
    return union or None


def _persons_within(actor: logic.Actor) -> Q | None:
    inside = _within(actor, "area")
    return inside and Q(pk__in=models.Post.objects.filter(inside).values("person"))


def _persons_without_post(actor: logic.Actor) -> Q | None:
    posted = models.Post.objects.values("person")
    return ~Q(pk__in=posted) if actors.may(actor, "administer-people") else None


def _self(actor: logic.Actor) -> Q | None:
    return Q(pk=actor.person) if actor.person else None


PERSON_RULES = (
    scoping.Rule(
        "area",
        Text(zh="管理岗位所辖区域内的人员", en="holds a post in the area you administer"),
        _persons_within,
    ),
    scoping.Rule("no-post", Text(zh="尚无岗位的人员", en="has no post yet"), _persons_without_post),
    scoping.Rule("self", Text(zh="本人", en="yourself"), _self),
)
POST_RULES = (
    scoping.Rule(
        "area",
        Text(zh="管理岗位所辖区域内", en="inside the area you administer"),
        lambda actor: _within(actor, "area"),
    ),
    scoping.Rule(
        "own",
        Text(zh="本人岗位", en="your own post"),
        lambda actor: Q(person=actor.person) if actor.person else None,
    ),
)
