"""Next moves: which actions an actor may take on a case now, and why not the others."""

import datetime as dt
from collections.abc import Iterator

from yiwang.cases.definitions.facts import CaseFacts
from yiwang.cases.definitions.flows import Action, Flow, Who
from yiwang.cases.definitions.refusals import Refused
from yiwang.cases.logic import guards
from yiwang.cases.logic.world import World
from yiwang.kernel.access.logic import Actor, Post
from yiwang.packs.text import Text

REPORTER = Text(zh="诉求人", en="the citizen who reported it")


def possible(world: World, case: CaseFacts, actor: Actor, now: dt.datetime) -> dict[str, Action]:
    """Return the actions open to an actor now, in the flow's order; guards that read inputs count as open."""
    flow = world.flows[case.flow]
    found = {}
    for code, action in flow.actions.items():
        if not starts_from(flow, action, case.state) or _authority(action, case, actor) is None:
            continue
        if "input." in (action.when or "") or guards.holds(action.when, values(case, actor, now)):
            found[code] = action
    return found


def authorise(world: World, case: CaseFacts, code: str, actor: Actor) -> tuple[Action, Post | None]:
    """Return the action and the post it is taken with. Raises Refused where it is not possible."""
    flow = world.flows[case.flow]
    action = flow.actions.get(code)
    if action is None:
        raise Refused("unknown-action", "action", value=code, allowed=list(flow.actions))
    if not starts_from(flow, action, case.state):
        allowed = [other.name for other in flow.actions.values() if starts_from(flow, other, case.state)]
        state = flow.states[case.state].name
        raise Refused("wrong-state", "action", state=state, action=action.name, allowed=allowed)
    authority = _authority(action, case, actor)
    if authority is None:
        raise Refused("not-yours", "action", action=action.name, needed=list(_needed(world, action)))
    return action, authority[0]


def guard(action: Action, values: guards.Values) -> None:
    """Raise Refused with the flow's own words where the action's guard does not hold."""
    if not guards.holds(action.when, values):
        raise Refused("guard", "action", reason=action.otherwise or action.when)


def starts_from(flow: Flow, action: Action, state: str) -> bool:
    """Tell whether an action begins in a state; "open" stands for every state that is not ended."""
    return state in action.from_ or ("open" in action.from_ and not flow.states[state].ended)


def values(case: CaseFacts, actor: Actor, now: dt.datetime) -> guards.Values:
    """Return what expressions may read (docs/flows.md lists it)."""
    ended_days = (now - case.ended_at).days if case.ended_at else 0
    return {
        "case": {
            "state": case.state,
            "organisation": case.organisation,
            "area": case.area,
            "category": case.category,
            "channel": case.channel,
            "urgency": case.urgency,
            "rating": case.rating or 0,
            "open_parts": case.open_parts,
            "merged": case.merged,
            "ended_days": ended_days,
            "facts": case.facts,
        },
        "actor": {"kind": actor.kind, "roles": [post.role for post in actor.posts]},
        "input": {},
        "route": {},
    }


def _authority(action: Action, case: CaseFacts, actor: Actor) -> tuple[Post | None] | None:
    """Return a 1-tuple with the post that gives the right (None for parties), or None."""
    for who in action.who:
        if isinstance(who, Who):
            post = next((post for post in actor.posts if relates(who, case, post)), None)
            if post is not None:
                return (post,)
        elif _is_party(who, case, actor):
            return (None,)
    return None


def _is_party(party: str, case: CaseFacts, actor: Actor) -> bool:
    if party == "system":
        return actor.kind == "system"
    return actor.kind == "citizen" and bool(actor.tracking) and actor.tracking == case.tracking


def relates(who: Who, case: CaseFacts, post: Post) -> bool:
    """Tell whether a post stands in the relation to the case that an action asks for."""
    if post.role != who.role:
        return False
    if who.of == "holder":
        return post.organisation == case.organisation
    if who.of == "lead":
        return bool(case.lead_organisation) and post.organisation == case.lead_organisation
    return who.of == "anywhere" or post.covers(case.area)


def _needed(world: World, action: Action) -> Iterator[object]:
    for who in action.who:
        if isinstance(who, Who):
            role = world.roles.get(who.role)
            yield role.name if role else who.role
        elif who == "reporter":
            yield REPORTER
