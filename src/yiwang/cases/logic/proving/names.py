"""Prove that a flow names nothing that is not declared: states, clocks, actions, roles, flows."""

from collections.abc import Iterable, Iterator, Sequence

from yiwang.cases.definitions.flows import Action, Alert, Clock, Flow, Tell, Who
from yiwang.cases.logic.proving import graph
from yiwang.kernel.access.definitions import Role
from yiwang.packs.pack import Pack
from yiwang.packs.problems import Problem


def problems(pack: Pack, flow: Flow) -> Iterator[Problem]:
    """Yield every state, clock, role or flow named but not declared."""
    states, clocks = tuple(flow.states), tuple(flow.clocks)
    yield from _unknown(pack, flow, [flow.opening.to], states, "opening", "to")
    if flow.co_handling:
        yield from _unknown(pack, flow, [flow.co_handling], tuple(pack.entries(Flow)), "co_handling")
    for name, state in flow.states.items():
        yield from _unknown(pack, flow, state.clocks, clocks, "states", name, "clocks")
        yield from _unknown(pack, flow, state.automatic, tuple(flow.actions), "states", name, "automatic")
        yield from _tells(pack, flow, state.tells, "states", name, "tells")
    for name, action in flow.actions.items():
        yield from _action_names(pack, flow, name, action)
    for name, clock in flow.clocks.items():
        yield from _clock_names(pack, flow, name, clock)
    for name, alerts in flow.alerts.items():
        yield from _alert_names(pack, flow, alerts, "alerts", name)
    yield from _tells(pack, flow, flow.opening.tells, "opening", "tells")


def _action_names(pack: Pack, flow: Flow, name: str, action: Action) -> Iterator[Problem]:
    states, clocks, path = tuple(flow.states), tuple(flow.clocks), ("actions", name)
    yield from _unknown(pack, flow, action.from_, (*states, "open"), *path, "from")
    yield from _unknown(pack, flow, graph.targets(action), states, *path, "to")
    for change in ("pause", "resume", "extend"):
        yield from _unknown(pack, flow, getattr(action.clocks, change), clocks, *path, "clocks", change)
    yield from _roles(pack, flow, [who.role for who in action.who if isinstance(who, Who)], *path, "who")
    yield from _tells(pack, flow, action.tells, *path, "tells")
    for effect, (asked, kind) in NEEDS.items():
        if effect in action.effects and (asked not in action.asks or action.asks[asked].kind != kind):
            yield pack.problem(
                flow, *path, "effects",
                zh=f"效果“{effect}”需要输入“{asked}”（kind: {kind}）",
                en=f'effect "{effect}" needs an input "{asked}" (kind: {kind})',
            )  # fmt: skip
    if "spawn" in action.effects and not flow.co_handling:
        yield pack.problem(
            flow,
            *path,
            "effects",
            zh="协办需要声明 co_handling",
            en='"spawn" needs the flow to name co_handling',
        )


NEEDS = {"spawn": ("organisations", "organisations"), "merge": ("case", "case")}


def _clock_names(pack: Pack, flow: Flow, name: str, clock: Clock) -> Iterator[Problem]:
    if isinstance(clock.alerts, str):
        yield from _unknown(pack, flow, [clock.alerts], tuple(flow.alerts), "clocks", name, "alerts")
        return
    yield from _alert_names(pack, flow, clock.alerts, "clocks", name, "alerts")


def _alert_names(pack: Pack, flow: Flow, alerts: Sequence[Alert], *place: str) -> Iterator[Problem]:
    for index, alert in enumerate(alerts):
        path: tuple[str | int, ...] = (*place, index)
        yield from _tells(pack, flow, alert.tells, *path, "tells")
        if alert.perform:
            yield from _unknown(pack, flow, [alert.perform], tuple(flow.actions), *path, "perform")


def _tells(pack: Pack, flow: Flow, tells: Sequence[Tell], *path: str | int) -> Iterator[Problem]:
    for index, tell in enumerate(tells):
        yield from _roles(pack, flow, tell.roles, *path, index, "roles")
        if tell.to != "reporter" and not tell.roles:
            yield pack.problem(
                flow, *path, index, zh=f"告知“{tell.to}”要写明 roles", en=f'telling "{tell.to}" needs roles'
            )


def _roles(pack: Pack, flow: Flow, roles: Iterable[str], *path: str | int) -> Iterator[Problem]:
    yield from _unknown(pack, flow, roles, tuple(pack.entries(Role)), *path)


def _unknown(
    pack: Pack, flow: Flow, named: Iterable[str], known: tuple[str, ...], *path: str | int
) -> Iterator[Problem]:
    for one in named:
        if one not in known:
            yield pack.problem(flow, *path, zh=f"没有“{one}”", en=f'there is no "{one}"', allowed=known)
