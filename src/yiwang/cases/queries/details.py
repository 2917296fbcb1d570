"""One case with everything its page shows, and the forms of its actions."""

from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from yiwang.cases import models
from yiwang.cases.definitions.flows import Action
from yiwang.cases.logic import moves
from yiwang.cases.queries import facts, shown, visible, worlds
from yiwang.kernel.access import queries as access
from yiwang.kernel.access.logic import Actor
from yiwang.kernel.places import queries as places


def of(case: models.Case, actor: Actor) -> dict[str, Any]:
    """Return the context of a case's page for an actor who may see it."""
    flow = visible.flow_of(case)
    stages = list(dict.fromkeys(state.stage for state in flow.states.values()))
    return shown.rows([case])[0] | {
        "flow": shown.words(flow.name),
        "stages": stages,
        "stage": flow.states[case.state].stage,
        "place": " ".join(area.label(get_language()) for area in places.path(case.area)[2:]),
        "reporter": shown.reporter(case),
        "grants": [shown.words(one) for one in access.reasons(models.Case, getattr(case, "grants", []))],
        "timeline": [shown.step(event, case) for event in visible.history(case).reverse()],
        "photos": list(case.files.values_list("file_id", flat=True).order_by("id")),
        "clocks": [_clock(one, case) for one in case.clocks.order_by("id")],
        "parts": shown.rows(visible.listed(models.Case.objects.filter(lead=case)).order_by("id")),
        "merged": shown.rows(visible.listed(models.Case.objects.filter(merged_into=case)).order_by("id")),
        "parent": case.merged_into or case.lead,
        "actions": list(_buttons(case, actor)),
    }


def possible(case: models.Case, actor: Actor) -> dict[str, Action]:
    """Return the actions an actor may take now."""
    loaded = facts.load(case.pk).case
    return moves.possible(worlds.of(case.release_id), loaded, actor, timezone.now())


def form(case: models.Case, code: str, actor: Actor, *, refused: bool = False) -> dict[str, Any] | None:
    """Return the context of an action's form, or None where the actor may not take it.

    One that was just refused is shown again whatever has become of the case, so that no typed word is lost.
    """
    action = possible(case, actor).get(code)
    if refused and action is None:
        action = visible.flow_of(case).actions.get(code)
    if action is None:
        return None
    asks = [(name, asked, shown.words(asked.name)) for name, asked in action.asks.items()]
    return {
        "case": case,
        "code": code,
        "action": action,
        "name": shown.words(action.name),
        "asks": asks,
        "categories": _categories() if any(asked.kind == "category" for _, asked, _ in asks) else [],
    }


def _buttons(case: models.Case, actor: Actor) -> list[tuple[str, str, str]]:
    """Return (code, name, tone) of the actions possible, the main ones first."""
    found = possible(case, actor)
    order = {"primary": 0, "normal": 1, "danger": 2}
    ready = [(code, shown.words(one.name), one.tone) for code, one in found.items()]
    return sorted(ready, key=lambda one: order[one[2]])


def _clock(clock: models.Clock, case: models.Case) -> dict[str, Any]:
    declared = visible.flow_of(case).clocks[clock.code]
    return {"clock": clock, "name": shown.words(declared.name), "limit": shown.words(declared.limit.text)}


def _categories() -> list[tuple[str, str]]:
    """Return (code, full name) of the categories that have none below them."""
    tree = worlds.current().categories
    parents = {one.parent for one in tree.values()}
    return [
        (code, " / ".join(shown.words(tree[above].name) for above in reversed(worlds.lineage(code))))
        for code in tree
        if code not in parents
    ]
