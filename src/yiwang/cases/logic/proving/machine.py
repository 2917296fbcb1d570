"""Prove what a flow leaves to the machine: clocks fire, its actions can be taken without a person, merges are answered."""

from collections.abc import Iterator

from yiwang.cases.definitions.flows import Flow
from yiwang.cases.logic.proving.graph import origins, targets
from yiwang.packs.pack import Pack
from yiwang.packs.problems import Problem


def problems(pack: Pack, flow: Flow) -> Iterator[Problem]:
    """Yield what the machine could not do, or would never do."""
    yield from _clocks(pack, flow)
    yield from _performed(pack, flow)
    yield from _merging(pack, flow)


def _clocks(pack: Pack, flow: Flow) -> Iterator[Problem]:
    """Yield clocks that never run, whose alerts are out of order, or which can be paused but not resumed."""
    running = {code for state in flow.states.values() for code in state.clocks}
    for name, clock in flow.clocks.items():
        if name not in running:
            yield pack.problem(
                flow,
                "clocks",
                name,
                zh="没有状态使用这个时钟，它永远不会走",
                en="no state names this clock: it never runs",
            )
        if clock.limit.value == 0 or not flow.alerts_of(name):
            yield pack.problem(
                flow,
                "clocks",
                name,
                zh="时限为零或没有提醒，时钟永远不会响",
                en="without a limit and alerts it can never fire",
            )
        shares = [alert.at for alert in flow.alerts_of(name)]
        if shares != sorted(set(shares)):
            yield pack.problem(
                flow,
                "clocks",
                name,
                "alerts",
                zh="提醒要按百分比从小到大",
                en="alerts go from the smallest share up",
            )
    yield from _pauses(pack, flow)


def _pauses(pack: Pack, flow: Flow) -> Iterator[Problem]:
    for name, action in flow.actions.items():
        for code in action.clocks.pause:
            resumed = any(code in other.clocks.resume for other in flow.actions.values())
            entered = any(code in state.clocks for state in flow.states.values()) and bool(targets(action))
            if not (resumed or entered):
                yield pack.problem(
                    flow, "actions", name, "clocks", "pause",
                    zh=f"“{code}”暂停后再也不能恢复", en=f'"{code}" is paused and never resumed',
                )  # fmt: skip


def _performed(pack: Pack, flow: Flow) -> Iterator[Problem]:
    """Yield actions that states and alerts leave to the system, and which it could not take."""
    for name, state in flow.states.items():
        for code in state.automatic:
            yield from _by_system(pack, flow, code, {name}, "states", name, "automatic")
    for name, clock in flow.clocks.items():
        running = {state for state, one in flow.states.items() if name in one.clocks}
        place = ("alerts", clock.alerts) if isinstance(clock.alerts, str) else ("clocks", name, "alerts")
        for index, alert in enumerate(flow.alerts_of(name)):
            if alert.perform:
                yield from _by_system(pack, flow, alert.perform, running, *place, index, "perform")


def _by_system(pack: Pack, flow: Flow, code: str, states: set[str], *path: str | int) -> Iterator[Problem]:
    action = flow.actions[code]
    if "system" not in action.who:
        zh, en = "不许由系统执行（who 中没有 system）", "is not for the system (no system in who)"
    elif any(asked.required for asked in action.asks.values()):
        zh, en = "要填写内容，系统无从填写", "asks for something that a machine cannot know"
    elif not states & set(origins(flow, action)):
        zh, en = "不能从这里开始（from）", "does not begin here (from)"
    else:
        return
    yield pack.problem(flow, *path, zh=f"“{code}”{zh}", en=f'"{code}" {en}')


FOLLOWING: dict[str, frozenset[str]] = {"answer": frozenset({"reply"}), "close_with_parent": frozenset()}
"""What the system does to merged cases when their parent is answered or closed, and what it then gives."""


def _merging(pack: Pack, flow: Flow) -> Iterator[Problem]:
    """Yield what is missing for the citizen of every merged case to be answered."""
    if not _any(flow, "merge"):
        return
    if not _any(flow, "answer-merged"):
        yield pack.problem(
            flow,
            "actions",
            zh="有并案（merge），就要有带“answer-merged”效果的操作，否则被并的件得不到答复",
            en='with "merge" some action must "answer-merged", or merged cases are never answered',
        )
    for code, given in FOLLOWING.items():
        if not _follows(flow, code, given):
            asks = "、".join(given) or "–"
            yield pack.problem(
                flow, "actions", code,
                zh=f"有并案（merge），就要有系统执行的“{code}”（输入：{asks}）",
                en=f'with "merge" there must be "{code}" by the system (asks: {asks})',
            )  # fmt: skip


def _any(flow: Flow, effect: str) -> bool:
    return any(effect in action.effects for action in flow.actions.values())


def _follows(flow: Flow, code: str, given: frozenset[str]) -> bool:
    """Tell whether the system can take an action with just the inputs it gives."""
    action = flow.actions.get(code)
    if action is None or "system" not in action.who:
        return False
    required = {name for name, asked in action.asks.items() if asked.required}
    return required <= given <= action.asks.keys()
