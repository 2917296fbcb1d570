"""The desk's lists: tabs, filters and search over the cases an actor may see. Pages: paging."""

import dataclasses
import re
from collections.abc import Callable, Mapping

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from yiwang.cases import models
from yiwang.cases.definitions.flows import Who
from yiwang.cases.logic import duties
from yiwang.cases.queries import paging, visible, worlds
from yiwang.kernel.access.logic import Actor
from yiwang.kernel.places import queries as places
from yiwang.packs.text import Text

SIZE = 30
NUMBER = re.compile(r"[A-Z]{1,4}[0-9]{4,8}(-[0-9]*)?")
OVERDUE = ("overdue", "escalated")


@dataclasses.dataclass(frozen=True, slots=True)
class Tab:
    """One tab of the desk; `by_due` lists are ordered by due time, the others newest first."""

    code: str
    name: Text
    rows: Callable[[QuerySet[models.Case], Actor], QuerySet[models.Case]]
    by_due: bool = False


def waiting(actor: Actor) -> Q:
    """Return the condition of what waits for an actor's posts."""
    union = Q(pk__in=[])
    for duty in sorted(duties.of(worlds.current(), actor), key=dataclasses.astuple):
        one = Q(flow=duty.flow, state=duty.state, ended_at=None)
        union |= one & (
            Q(organisation=duty.organisation) if duty.organisation else Q(area__startswith=duty.area)
        )
    return union


TABS = (
    Tab(
        "todo", Text(zh="我的待办", en="To do"), lambda rows, actor: rows.filter(waiting(actor)), by_due=True
    ),
    Tab("open", Text(zh="在办", en="Open"), lambda rows, _: visible.at_work(rows), by_due=True),
    Tab(
        "overdue",
        Text(zh="已超时", en="Overdue"),
        lambda rows, _: visible.at_work(rows).filter(light__in=OVERDUE),
        by_due=True,
    ),
    Tab("ended", Text(zh="已办结", en="Ended"), lambda rows, _: rows.exclude(ended_at=None)),
    Tab("all", Text(zh="全部", en="All"), lambda rows, _: rows),
)
FILTERS: dict[str, str] = {
    "state": "state",
    "category": "category__in",
    "area": "area__startswith",
    "organisation": "organisation",
    "channel": "channel",
    "light": "light",
}


def tab(code: str) -> Tab:
    """Return a tab by its code; an unknown one gives the first."""
    return next((one for one in TABS if one.code == code), TABS[0])


def filtered(actor: Actor, chosen: Tab, params: Mapping[str, str]) -> QuerySet[models.Case]:
    """Return the rows of a tab under the filters and the words of a request."""
    rows = chosen.rows(visible.cases(actor), actor)
    for name, lookup in FILTERS.items():
        if value := _typed(params, name):
            rows = rows.filter(**{lookup: _within(value) if name == "category" else value})
    if words := _typed(params, "q"):
        rows = found(rows, words)
    return rows


def found(rows: QuerySet[models.Case], words: str) -> QuerySet[models.Case]:
    """Return the rows a search means: a case number or its beginning, a whole mobile number, or words."""
    if NUMBER.fullmatch(words.upper()):
        return rows.filter(number__startswith=words.upper())
    if words.isdigit() and len(words) == 11:
        return rows.filter(reporter_mobile=words)
    return visible.matching(rows, words)


def page(
    rows: QuerySet[models.Case], chosen: Tab, params: Mapping[str, str], size: int = SIZE
) -> paging.Page:
    """Return one page of a tab's rows after or before a cursor."""
    return paging.page(rows, params, size, by_due=chosen.by_due)


def count(actor: Actor, code: str) -> int:
    """Return how many cases a tab holds, at most a thousand (shown as 999+)."""
    return visible.capped_count(tab(code).rows(visible.cases(actor), actor))


def counts(actor: Actor) -> dict[str, int]:
    """Return how many cases the tabs of open work hold."""
    return {one.code: count(actor, one.code) for one in TABS[:3]}


def _typed(params: Mapping[str, str], name: str) -> str:
    return params.get(name, "").replace("\x00", "").strip()


def _within(category: str) -> list[str]:
    """Return a category and all below it."""
    tree = worlds.current().categories
    return [code for code in tree if category in worlds.lineage(code)] or [category]


def frame(actor: Actor, chosen: Tab, params: Mapping[str, str]) -> dict[str, object]:
    """Return what stands around the table: tabs with their counts, and what the filters offer."""
    held, language, many = counts(actor), get_language(), batches(actor, chosen)
    the = worlds.current()
    states = {
        name: state.name.in_language(language)
        for flow in the.flows.values()
        for name, state in flow.states.items()
    }
    tops = {
        code: one.name.in_language(language) for code, one in the.categories.items() if one.parent is None
    }
    return {
        "tabs": [(one, one.name.in_language(language), held.get(one.code)) for one in TABS],
        "offers": [
            ("state", Text(zh="状态", en="State").in_language(language), states),
            ("category", Text(zh="类别", en="Category").in_language(language), tops),
            (
                "area",
                Text(zh="属地", en="Area").in_language(language),
                {one.code: one.label(language) for one in places.children(city())},
            ),
        ],
        "chosen": {name: params.get(name, "") for name in FILTERS},
        "batches": many,
        "batch_organisation": any(organisation for _, _, organisation in many),
    }


def city() -> str:
    """Return the code of the city this platform serves: the shortest code with more than two digits."""
    return min((code for code in worlds.current().areas if len(code) > 2), key=len, default="")


def batches(actor: Actor, chosen: Tab) -> list[tuple[str, str, bool]]:
    """Return (action, name, asks for an organisation) of the actions that may be taken on many cases at once."""
    if chosen.code not in {"todo", "open", "overdue"}:
        return []
    roles = {post.role for post in actor.posts}
    found = {
        code: (action.name.in_language(get_language()), "organisation" in kinds)
        for flow in worlds.current().flows.values()
        for code, action in flow.actions.items()
        if action.batch and any(isinstance(who, Who) and who.role in roles for who in action.who)
        if "case" not in (kinds := {one.kind for one in action.asks.values()})
    }
    return [(code, *told) for code, told in found.items()]


def organisations(words: str, most: int = 12) -> list[tuple[str, str]]:
    """Return (code, name) of organisations whose names hold every word typed, shorter names first."""
    if not words.strip():
        return []
    parts = words.split()
    found = [
        (code, one.name.in_language(get_language()))
        for code, one in worlds.current().organisations.items()
        if all(part in one.name.zh or part.lower() in (one.name.en or "").lower() for part in parts)
    ]
    return sorted(found, key=lambda one: (len(one[1]), one[1]))[:most]
