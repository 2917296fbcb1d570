"""Cases as people may see them: access rules, lists, details, search, counts."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet, Value
from django.db.models.functions import StrIndex

from yiwang.cases import models
from yiwang.cases.definitions.flows import Flow
from yiwang.cases.logic import grams
from yiwang.cases.queries import rarity, worlds
from yiwang.kernel.access import logic
from yiwang.kernel.access import queries as access
from yiwang.packs.text import Text

LIST_COLUMNS = (
    "id", "number", "title", "category", "area", "channel", "state", "flow", "release_id", "light", "due_at",
    "opened_at", "ended_at", "organisation_id", "urgency", "rating", "organisation__name",
)  # fmt: skip


def cases(actor: logic.Actor) -> QuerySet[models.Case]:
    """Return the cases an actor may see."""
    return access.scope(models.Case.objects.all(), actor)


def explained(actor: logic.Actor) -> QuerySet[models.Case]:
    """Return the same cases, each with `grants`: why it is seen."""
    return access.explain(models.Case.objects.select_related("organisation"), actor)


def listed(rows: QuerySet[models.Case]) -> QuerySet[models.Case]:
    """Return rows reduced to what a list shows, organisation names joined."""
    return rows.select_related("organisation").only(*LIST_COLUMNS)


def history(case: models.Case) -> QuerySet[models.Event]:
    """Return the steps of a case the caller was allowed to see, oldest first."""
    return models.Event.objects.filter(case=case).select_related("person", "organisation").order_by("seq")


def at_work(rows: QuerySet[models.Case]) -> QuerySet[models.Case]:
    """Return the cases that still carry a duty."""
    return rows.filter(ended_at=None)


def matching(rows: QuerySet[models.Case], words: str) -> QuerySet[models.Case]:
    """Return the rows whose text contains the words, in any case and spacing; one character matches nothing."""
    plain = grams.normal(words)
    if len(plain) < 2:
        return rows.none()
    candidates = models.Searchable.objects.filter(
        case=OuterRef("pk"), grams__contains=rarity.selective(grams.keys(plain))
    )
    # Not LIKE, whose share the planner guesses from the length of the words, always far too small.
    return rows.filter(Exists(candidates.alias(at=StrIndex("body", Value(plain))).filter(at__gt=0)))


def capped_count(rows: QuerySet[models.Case], most: int = 1000) -> int:
    """Return the number of rows, or `most` where there are at least as many."""
    return rows.order_by()[:most].count()


def flow_of(case: models.Case) -> Flow:
    """Return the flow a case follows, of the release it is pinned to."""
    return worlds.of(case.release_id).flows[case.flow]


def _organisations(actor: logic.Actor) -> Q | None:
    posts = access.posts_seeing(actor, "organisation")
    return Q(organisation__in=sorted({post.organisation for post in posts})) if posts else None


def _co_handled(actor: logic.Actor) -> Q | None:
    posts = access.posts_seeing(actor, "organisation")
    own = models.Case.objects.filter(
        organisation__in=sorted({post.organisation for post in posts}), lead__isnull=False
    )
    return Q(_AnyOf(F("id"), ArraySubquery(own.values("lead")))) if posts else None


def _areas(actor: logic.Actor) -> Q | None:
    union = Q()
    for prefix in outermost(post.area for post in access.posts_seeing(actor, "area")):
        union |= Q(area__startswith=prefix)
    return union or None


def _opened(actor: logic.Actor) -> Q | None:
    return Q(opened_by=actor.person) if actor.person and access.posts_seeing(actor, "opened") else None


def _tracked(actor: logic.Actor) -> Q | None:
    return Q(tracking=actor.tracking) if actor.tracking else None


class _AnyOf(Func):
    """`id = ANY(ARRAY(…))`: the array is made once and its members are looked up, where IN would ask row by row."""

    template, arg_joiner, output_field = "%(expressions)s)", " = ANY(", BooleanField()


def outermost(areas: Iterable[str]) -> Sequence[str]:
    """Return area prefixes without those that lie inside another."""
    kept: list[Any] = []
    for area in sorted(set(areas)):
        if not kept or not area.startswith(kept[-1]):
            kept.append(area)
    return kept


RULES = (
    access.Rule("organisation", Text(zh="本单位承办", en="your organisation holds it"), _organisations),
    access.Rule("co-handling", Text(zh="本单位协办", en="your organisation co-handles it"), _co_handled),
    access.Rule("area", Text(zh="岗位所辖区域内", en="inside the area of your post"), _areas),
    access.Rule("opened", Text(zh="本人登记", en="you filed it"), _opened),
    access.Rule("tracking", Text(zh="凭查询码", en="you hold its tracking code"), _tracked),
)
