"""Duties: what waits for an actor. Derived from the flows, so that a new flow needs no new list."""

import dataclasses
from collections.abc import Iterator

from yiwang.cases.definitions.flows import Action, Flow, Who
from yiwang.cases.logic import moves
from yiwang.cases.logic.world import World
from yiwang.kernel.access.logic import Actor


@dataclasses.dataclass(frozen=True, slots=True)
class Duty:
    """Cases of a flow in a state wait for the actor: those of an organisation, else those inside an area."""

    flow: str
    state: str
    organisation: str = ""
    area: str = ""


def of(world: World, actor: Actor) -> frozenset[Duty]:
    """Return the duties of an actor's posts: states that the main action of theirs moves on."""
    return frozenset(
        duty
        for flow in world.flows.values()
        for state, who in _movers(flow)
        for post in actor.posts
        if post.role == who.role
        for duty in _duty(flow.code, state, who, post.organisation, post.area)
    )


def _movers(flow: Flow) -> Iterator[tuple[str, Who]]:
    """Yield who moves a case on from each open state: the first in `who` of its main (primary) actions."""
    for name, state in flow.states.items():
        if not state.ended:
            for action in flow.actions.values():
                if moves.starts_from(flow, action, name) and _leads_out(action, name):
                    yield from ((name, who) for who in action.who[:1] if isinstance(who, Who))


def _leads_out(action: Action, state: str) -> bool:
    targets = [action.to] if isinstance(action.to, str) else [way.to for way in action.to or ()]
    return action.tone == "primary" and any(target != state for target in targets)


def _duty(flow: str, state: str, who: Who, organisation: str, area: str) -> Iterator[Duty]:
    """Yield the duty of one post; who acts for a lead case (of: lead) has none of their own."""
    if who.of == "holder":
        yield Duty(flow, state, organisation=organisation)
    elif who.of == "area":
        yield Duty(flow, state, area=area)
    elif who.of == "anywhere":
        yield Duty(flow, state)
