"""Rows are seen through access: a rule is a set with a reason, and a query is the union of the sets.

Rooms register one list of rules per model (apps.ready); everybody reads through `scope`.
"""

import dataclasses
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, Func, Model, Q, QuerySet, TextField, Value, When

from yiwang.kernel.access import logic
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
    seen: Any = scope(rows, actor)
    return seen.annotate(grants=grants) if cases else rows.none()


def reasons(model: type[Model], codes: Iterable[str]) -> list[Text]:
    """Return the reasons behind rule codes, in the order the rules were declared."""
    wanted = set(codes)
    return [rule.reason for rule in _rules[model] if rule.code in wanted]


def _granted(model: type[Model], actor: logic.Actor) -> list[tuple[Rule, Q]]:
    found = ((rule, rule.rows(actor)) for rule in _rules.get(model, ()))
    return [(rule, condition) for rule, condition in found if condition is not None]
