"""Prove the expressions of a flow: each compiles, yields the right type, and names only what exists.

CEL leaves map keys open until they are read, so each expression is also evaluated once on a sample case
that has every key there is.
"""

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import Any

from yiwang.cases.definitions.facts import CaseFacts
from yiwang.cases.definitions.flows import Action, Flow, Tell
from yiwang.cases.logic import guards, moves
from yiwang.kernel.access.logic import SYSTEM
from yiwang.packs.pack import Pack
from yiwang.packs.problems import Problem

MOMENT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
SAMPLES: dict[str, Any] = {
    "text": "x", "organisation": "x", "organisations": ["x"], "category": "x", "area": "x",
    "days": 1, "grade": 3, "case": "x", "files": ["x"], "flag": True,
}  # fmt: skip
FIELD_TYPES: dict[str, type] = {
    "organisation": str,
    "category": str,
    "area": str,
    "urgency": int,
    "rating": int,
}

Path = tuple[str | int, ...]
Claim = tuple[Path, str, type | tuple[type, ...]]


def problems(pack: Pack, flow: Flow) -> Iterator[Problem]:
    """Yield what is wrong with the expressions of a flow."""
    for name, action in flow.actions.items():
        values = sample(flow, action)
        for path, expression, wanted in _claims(flow, action):
            if fault := _fault(expression, values, wanted):
                place = ("actions", name, *path)
                yield pack.problem(
                    flow, *place, zh=f"表达式“{expression}”：{fault}", en=f'"{expression}": {fault}'
                )
        for target in action.sets:
            if target not in FIELD_TYPES and target not in flow.facts:
                known = (*FIELD_TYPES, *flow.facts)
                path = ("actions", name, "sets", target)
                yield pack.problem(
                    flow, *path, zh=f"没有声明“{target}”", en=f'"{target}" is not declared', allowed=known
                )
    yield from _told(pack, flow)


def _told(pack: Pack, flow: Flow) -> Iterator[Problem]:
    """Yield the guards of notices that no action sends itself: they may read the case, but no input."""
    values = moves.values(_case(flow), SYSTEM, MOMENT)
    for place, tells in _tells(flow):
        for index, tell in enumerate(tells):
            if tell.when is not None and (fault := _fault(tell.when, values, bool)):
                path = (*place, "tells", index, "when")
                yield pack.problem(
                    flow, *path, zh=f"表达式“{tell.when}”：{fault}", en=f'"{tell.when}": {fault}'
                )


def _tells(flow: Flow) -> Iterator[tuple[Path, tuple[Tell, ...]]]:
    yield ("opening",), flow.opening.tells
    for name, state in flow.states.items():
        yield ("states", name), state.tells
    for name, alerts in flow.alerts.items():
        yield from ((("alerts", name, index), alert.tells) for index, alert in enumerate(alerts))
    for name, clock in flow.clocks.items():
        own = () if isinstance(clock.alerts, str) else clock.alerts
        yield from ((("clocks", name, "alerts", index), alert.tells) for index, alert in enumerate(own))


def sample(flow: Flow, action: Action) -> guards.Values:
    """Return values with every key an action's expressions may read."""
    values = moves.values(_case(flow), SYSTEM, MOMENT)
    values["input"] = {name: SAMPLES[asked.kind] for name, asked in action.asks.items()}
    if "route" in action.effects:
        values["route"] = {"certain": True, "organisation": "x"}
    return values


def _case(flow: Flow) -> CaseFacts:
    return CaseFacts(
        uuid.UUID(int=0), "", 0, flow.code, flow.opening.to, 1, b"", "x", "51", "x", 1, MOMENT,
        facts=dict(flow.facts),
    )  # fmt: skip


def never(expression: str | None) -> bool:
    """Tell whether a guard is false whatever the case: it reads nothing and does not hold."""
    nothing: guards.Values = {"case": {}, "actor": {}, "input": {}, "route": {}}
    if expression is None:
        return False
    try:
        return guards.evaluate(expression, nothing) is False
    except guards.BadExpression:
        return False


def _claims(flow: Flow, action: Action) -> Iterator[Claim]:
    """Yield each expression of an action with its place and the type it must have."""
    if action.when is not None:
        yield ("when",), action.when, bool
    if isinstance(action.to, tuple):
        for index, way in enumerate(action.to):
            if way.when is not None:
                yield ("to", index, "when"), way.when, bool
    for target, expression in action.sets.items():
        yield ("sets", target), expression, FIELD_TYPES.get(target) or type(flow.facts.get(target, ""))
    for clock, days in action.clocks.extend.items():
        yield ("clocks", "extend", clock), days, int
    for index, tell in enumerate(action.tells):
        if tell.when is not None:
            yield ("tells", index, "when"), tell.when, bool


def _fault(expression: str, values: guards.Values, wanted: type | tuple[type, ...]) -> str:
    try:
        value = guards.evaluate(expression, values)
    except guards.BadExpression as bad:
        return str(bad)
    if type(value) is not wanted:
        return f"{type(value).__name__} ≠ {getattr(wanted, '__name__', wanted)}"
    return ""
