"""Prove declarations before they are published: flows that reach and end, lists that answer, roles that exist.

Each proof yields problems with the file and line of what is wrong. Run by the pack engine for every pack.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from yiwang.cases.definitions.categories import Category
from yiwang.cases.definitions.flows import Action, Alert, Clock, Flow, Tell, Who
from yiwang.cases.definitions.responsibilities import Responsibility
from yiwang.cases.logic import expressions, routing
from yiwang.kernel.access.definitions import Role
from yiwang.kernel.orgs.definitions import Organisation
from yiwang.kernel.places.definitions import Area
from yiwang.packs.pack import Pack
from yiwang.packs.problems import Problem

Edges = Mapping[str, frozenset[str]]


def flows(pack: Pack) -> Iterator[Problem]:
    """Prove every flow of a pack."""
    for flow in pack.entries(Flow).values():
        found = [*_names(pack, flow), *expressions.problems(pack, flow)]
        yield from found
        if not found:
            yield from _graph(pack, flow)
            yield from _clocks(pack, flow)


def _names(pack: Pack, flow: Flow) -> Iterator[Problem]:
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
    yield from _unknown(pack, flow, targets(action), states, *path, "to")
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
        path = (*place, index)
        yield from _tells(pack, flow, alert.tells, *path, "tells")
        if alert.perform:
            yield from _unknown(pack, flow, [alert.perform], tuple(flow.actions), *path, "perform")
            action = flow.actions.get(alert.perform)
            if action and "system" not in action.who:
                yield pack.problem(
                    flow, *path, "perform",
                    zh=f"“{alert.perform}”不许由系统执行（who 中没有 system）",
                    en=f'"{alert.perform}" is not for the system (no system in who)',
                )  # fmt: skip


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


# --- the graph ----------------------------------------------------------------------------------------


def targets(action: Action) -> list[str]:
    """Return the states an action may lead to, its own state aside."""
    if action.to is None:
        return []
    return [action.to] if isinstance(action.to, str) else [way.to for way in action.to]


def edges(flow: Flow, *, undoing: bool) -> Edges:
    """Return state -> states one action away; actions whose guard can never hold lead nowhere.

    Undoing a merge leads back to where a case has been: a way to an end, but never to a new state.
    """
    found: dict[str, set[str]] = {name: set() for name in flow.states}
    for action in flow.actions.values():
        if expressions.never(action.when):
            continue
        for state in origins(flow, action):
            if "unmerge" not in action.effects:
                found[state].update(targets(action))
            if "unmerge" in action.effects:
                found[state] |= _merged_from(flow) if undoing else set()
    return {name: frozenset(to) for name, to in found.items()}


def origins(flow: Flow, action: Action) -> list[str]:
    """Return the states an action begins in."""
    return [
        name for name, state in flow.states.items()
        if name in action.from_ or ("open" in action.from_ and not state.ended)
    ]  # fmt: skip


def reachable(graph: Edges, start: str) -> frozenset[str]:
    """Return the states that can be reached from one, itself included."""
    seen, waiting = {start}, [start]
    while waiting:
        for state in graph[waiting.pop()] - seen:
            seen.add(state)
            waiting.append(state)
    return frozenset(seen)


def _merged_from(flow: Flow) -> set[str]:
    return {
        state
        for action in flow.actions.values()
        if "merge" in action.effects
        for state in origins(flow, action)
    }


def _graph(pack: Pack, flow: Flow) -> Iterator[Problem]:
    """Yield states that cannot be reached, cannot end, and actions that can never be taken."""
    reached = reachable(edges(flow, undoing=False), flow.opening.to)
    graph = edges(flow, undoing=True)
    for name, state in flow.states.items():
        if name not in reached:
            yield pack.problem(
                flow,
                "states",
                name,
                zh=f"“{name}”从开立到不了",
                en=f'"{name}" cannot be reached from the opening',
            )
        elif not any(flow.states[end].ended for end in reachable(graph, name)):
            yield pack.problem(
                flow, "states", name, zh=f"“{name}”之后永远办不结", en=f'a case in "{name}" can never end'
            )
        if not state.ended and name in reached and not _way_out(flow, name):
            yield pack.problem(
                flow,
                "states",
                name,
                zh=f"没有人能从“{name}”办下去",
                en=f'nobody can move a case on from "{name}"',
            )
    for name, action in flow.actions.items():
        if not reached & set(origins(flow, action)):
            yield pack.problem(
                flow, "actions", name, "from", zh=f"“{name}”永远用不到", en=f'"{name}" can never be taken'
            )


def _way_out(flow: Flow, state: str) -> bool:
    """Tell whether some person or the system can leave a state (a citizen alone is not enough)."""
    return any(
        state in origins(flow, action) and set(targets(action)) - {state} and set(action.who) - {"reporter"}
        for action in flow.actions.values()
    )


# --- clocks -------------------------------------------------------------------------------------------


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


# --- categories and the responsibility list -------------------------------------------------------------


def categories(pack: Pack) -> Iterator[Problem]:
    """Prove the category tree: parents exist, no loops, flows exist."""
    tree, known = pack.entries(Category), tuple(pack.entries(Flow))
    for category in tree.values():
        if category.parent and category.parent not in tree:
            yield pack.problem(
                category,
                "parent",
                zh=f"没有上级类别“{category.parent}”",
                en=f'no parent category "{category.parent}"',
            )
        elif _loops(category, tree):
            yield pack.problem(category, "parent", zh="上级类别成环", en="the parents go round in a circle")
        if category.flow and category.flow not in known:
            yield pack.problem(
                category,
                "flow",
                zh=f"没有流程“{category.flow}”",
                en=f'no flow "{category.flow}"',
                allowed=known,
            )


def _loops(category: Category, tree: Mapping[str, Category]) -> bool:
    *_, last = routing.lineage(category.code, tree)
    return tree[last].parent is not None and tree[last].parent in tree


def responsibilities(pack: Pack) -> Iterator[Problem]:
    """Prove the responsibility list: names exist, dates are in order, no two lines claim the same."""
    lines = pack.entries(Responsibility)
    for line in lines.values():
        yield from _line(pack, line)
    if lines and not any(line.desk and not line.category and not line.area for line in lines.values()):
        yield pack.problem(
            None,
            zh="责任清单没有兜底的受理台（desk: true，不写 category 和 area）",
            en="the responsibility list has no last desk (desk: true without category and area)",
        )
    yield from _claimed_twice(pack, lines.values())


def _line(pack: Pack, line: Responsibility) -> Iterator[Problem]:
    if line.organisation not in pack.entries(Organisation):
        yield pack.problem(
            line,
            "organisation",
            zh=f"没有单位“{line.organisation}”",
            en=f'no organisation "{line.organisation}"',
        )
    if line.category and line.category not in pack.entries(Category):
        yield pack.problem(
            line, "category", zh=f"没有类别“{line.category}”", en=f'no category "{line.category}"'
        )
    if line.area and line.area not in pack.entries(Area):
        yield pack.problem(line, "area", zh=f"没有区划代码“{line.area}”", en=f'no area code "{line.area}"')
    if line.valid_from and line.valid_to and line.valid_to < line.valid_from:
        yield pack.problem(line, "valid_to", zh="有效期止早于起", en="it ends before it begins")
    if not (line.desk or line.category):
        yield pack.problem(
            line, "category", zh="除受理台外，每行都要写类别", en="every line but a desk names a category"
        )


def _claimed_twice(pack: Pack, lines: Iterable[Responsibility]) -> Iterator[Problem]:
    groups: dict[tuple[object, ...], list[Responsibility]] = {}
    for line in lines:
        groups.setdefault((line.category, line.area, line.desk), []).append(line)
    for group in groups.values():
        for index, line in enumerate(group):
            for other in group[:index]:
                if _overlap(line, other):
                    yield pack.problem(
                        line,
                        zh=f"与“{other.code}”同时生效，责任不唯一",
                        en=f'in force together with "{other.code}"',
                    )


def _overlap(one: Responsibility, other: Responsibility) -> bool:
    starts_before = one.valid_from is None or other.valid_to is None or one.valid_from <= other.valid_to
    ends_after = one.valid_to is None or other.valid_from is None or other.valid_from <= one.valid_to
    return starts_before and ends_after
