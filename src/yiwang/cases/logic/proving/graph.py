"""Prove where a flow leads: every state is reached, can be left and can end, every action can be taken once."""

from collections.abc import Iterator, Mapping

from yiwang.cases.definitions.flows import Action, Flow
from yiwang.cases.logic import expressions
from yiwang.packs.pack import Pack
from yiwang.packs.problems import Problem

Edges = Mapping[str, frozenset[str]]


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


def problems(pack: Pack, flow: Flow) -> Iterator[Problem]:
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
