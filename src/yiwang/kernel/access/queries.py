"""Rows are seen through access: a rule is a set with a reason, and a query is the union of the sets.

Rooms register one list of rules per model (apps.ready); everybody reads through `scope`.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable
from typing import TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, Func, Model, Q, QuerySet, TextField, Value, When
from django.utils import timezone

from yiwang.kernel.access import definitions, logic
from yiwang.kernel.people import models as people_models
from yiwang.kernel.people import queries as people
from yiwang.kernel.releases import queries as releases
from yiwang.packs.text import Text


@dataclasses.dataclass(frozen=True, slots=True)
class Rule:
    """One way to see rows: `rows(actor)` returns their condition, or None where it gives nothing."""

    code: str
    reason: Text
    rows: Callable[[logic.Actor], Q | None]


M = TypeVar("M", bound=Model)
_rules: dict[type[Model], tuple[Rule, ...]] = {}


def declare(model: type[Model], rules: Iterable[Rule]) -> None:
    """Register the rules of a model, once; a second declaration raises."""
    if model in _rules:
        raise ValueError(f"access to {model.__name__} is declared twice")
    _rules[model] = tuple(rules)


def scope(rows: QuerySet[M], actor: logic.Actor) -> QuerySet[M]:
    """Return the rows this actor may see. A model without rules shows nothing."""
    granted = [condition for _, condition in _granted(rows.model, actor)]
    if not granted:
        return rows.none()
    union = granted[0]
    for condition in granted[1:]:
        union |= condition
    return rows.filter(union)


def explain(rows: QuerySet[M], actor: logic.Actor) -> QuerySet[M]:
    """Return `scope(rows)` with `grants`: the codes of the rules that let each row be seen."""
    cases = [Case(When(condition, then=Value(rule.code))) for rule, condition in _granted(rows.model, actor)]
    grants = Func(
        Func(*cases, template="ARRAY[%(expressions)s]", output_field=ArrayField(TextField())),
        Value(None, output_field=TextField()),
        function="array_remove",
        output_field=ArrayField(TextField()),
    )
    return scope(rows, actor).annotate(grants=grants) if cases else rows.none()


def reasons(model: type[Model], codes: Iterable[str]) -> list[Text]:
    """Return the reasons behind rule codes, in the order the rules were declared."""
    wanted = set(codes)
    return [rule.reason for rule in _rules[model] if rule.code in wanted]


def _granted(model: type[Model], actor: logic.Actor) -> list[tuple[Rule, Q]]:
    found = ((rule, rule.rows(actor)) for rule in _rules.get(model, ()))
    return [(rule, condition) for rule, condition in found if condition is not None]


def actor_of(person: people_models.Person, day: dt.date | None = None) -> logic.Actor:
    """Return the actor a person is today, with every valid post (one query)."""
    posts = people.posts_on(day or timezone.localdate()).filter(person=person).order_by("id")
    return logic.Actor(
        "person",
        person=person.pk,
        name=person.name,
        posts=tuple(logic.Post(p.pk, p.role, p.organisation_id, p.area) for p in posts),
    )


def roles() -> dict[str, definitions.Role]:
    """Return the roles of the current release by code."""
    return releases.current_pack().entries(definitions.Role)


def posts_seeing(actor: logic.Actor, sight: definitions.Sight) -> tuple[logic.Post, ...]:
    """Return the actor's posts whose role sees cases in this way."""
    return actor.with_roles({code for code, role in roles().items() if sight in role.sees})


def posts_permitting(actor: logic.Actor, permission: definitions.Permission) -> tuple[logic.Post, ...]:
    """Return the actor's posts whose role carries a permission."""
    return actor.with_roles({code for code, role in roles().items() if permission in role.may})


def may(actor: logic.Actor, permission: definitions.Permission) -> bool:
    """Tell whether any of the actor's posts carries a permission."""
    return bool(posts_permitting(actor, permission))


def people_administered(actor: logic.Actor) -> QuerySet[people_models.Person]:
    """Return the persons the actor may administer, with posts fetched."""
    persons = people_models.Person.objects.prefetch_related("posts__organisation")
    return scope(persons, actor)


def posts_administered(actor: logic.Actor) -> QuerySet[people_models.Post]:
    """Return the posts the actor may administer."""
    return scope(people_models.Post.objects.select_related("person", "organisation"), actor)


def _within(actor: logic.Actor, field: str) -> Q | None:
    posts = posts_permitting(actor, "administer-people")
    union = Q()
    for post in posts:
        union |= Q(**{f"{field}__startswith": post.area})
    return union if posts else None


def _persons_within(actor: logic.Actor) -> Q | None:
    inside = _within(actor, "area")
    return inside and Q(pk__in=people_models.Post.objects.filter(inside).values("person"))


def _persons_without_post(actor: logic.Actor) -> Q | None:
    posted = people_models.Post.objects.values("person")
    return ~Q(pk__in=posted) if may(actor, "administer-people") else None


def _self(actor: logic.Actor) -> Q | None:
    return Q(pk=actor.person) if actor.person else None


PERSON_RULES = (
    Rule(
        "area",
        Text(zh="管理岗位所辖区域内的人员", en="holds a post in the area you administer"),
        _persons_within,
    ),
    Rule("no-post", Text(zh="尚无岗位的人员", en="has no post yet"), _persons_without_post),
    Rule("self", Text(zh="本人", en="yourself"), _self),
)
POST_RULES = (
    Rule(
        "area",
        Text(zh="管理岗位所辖区域内", en="inside the area you administer"),
        lambda actor: _within(actor, "area"),
    ),
    Rule(
        "own",
        Text(zh="本人岗位", en="your own post"),
        lambda actor: Q(person=actor.person) if actor.person else None,
    ),
)
