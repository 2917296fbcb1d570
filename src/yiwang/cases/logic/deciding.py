"""Decide: a case, a verb, an actor, a moment → the case after it, the steps, the clocks, the notices.

Nothing is written here. `actions` stores a Decision in one statement; `examples` replays it in memory.
A case that comes to rest where the flow names automatic actions is carried on by the system in the same
decision, so no case waits for a machine.
"""

import dataclasses
import datetime as dt
import re
import uuid
from collections.abc import Mapping
from typing import Any

from yiwang.cases.definitions.facts import CaseFacts, ClockFacts, Decision, Notice, Opening, Step
from yiwang.cases.definitions.flows import Action, ClockChange, Flow, Tell
from yiwang.cases.definitions.refusals import Refused
from yiwang.cases.logic import clocks, effects, guards, inputs, moves
from yiwang.cases.logic.world import World
from yiwang.kernel.access.logic import SYSTEM, Actor, Post
from yiwang.kernel.calendar.logic import WorkCalendar

IMPOSSIBLE = re.compile("[\x00\ud800-\udfff]")  # NUL and half surrogates: no database keeps them
FIELDS = frozenset({"organisation", "category", "area", "urgency", "rating"})


def decide(
    world: World,
    case: CaseFacts,
    code: str,
    actor: Actor,
    given: Mapping[str, Any],
    key: str,
    now: dt.datetime,
) -> Decision:
    """Return what an action does. Raises Refused, with nothing decided, where it may not be taken."""
    action, post = moves.authorise(world, case, code, actor)
    asked = inputs.checked(world, action, given)
    values = moves.values(case, actor, now)
    values["input"] = {name: _readable(value) for name, value in asked.items()}
    moves.guard(action, values)
    first = _take(world, case, code, action, actor, post, asked, values, key, now)
    return _carry_on(world, first, key, now)


def open_case(world: World, opening: Opening, identity: uuid.UUID, tracking: str) -> Decision:
    """Return how a case begins. Raises Refused where the request names something unknown."""
    flow = _checked_flow(world, opening)
    organisation = (
        opening.organisation
        or world.router.desk(opening.category, opening.area, opening.at.date()).organisation
    )
    running: dict[str, ClockFacts] = {}
    _enter(flow, running, flow.opening.to, world.calendar(organisation), opening.at)
    light, due = clocks.light(running.values(), flow)
    case = CaseFacts(
        identity, "", world.release, flow.code, flow.opening.to, 1, bytes(32), organisation, opening.area,
        opening.category, opening.urgency, opening.at, facts=dict(flow.facts), channel=opening.channel,
        title=opening.title, lead=opening.lead, tracking=tracking, reporter_mobile=opening.reporter_mobile,
        number_prefix=flow.prefix, clocks=tuple(running.values()), light=light, due_at=due,
    )  # fmt: skip
    post = next((one.id for one in opening.actor.posts), None)
    step = Step(
        "open", opening.actor, post, organisation, opening.at, "", case.state,
        data=_opening_data(opening), public=True,
        notices=_notices(flow.opening.tells, case, moves.values(case, opening.actor, opening.at)),
    )  # fmt: skip
    return _carry_on(world, Decision(None, case, (step,), files=opening.files), opening.key, opening.at)


def fire(world: World, case: CaseFacts, clock_code: str, now: dt.datetime) -> Decision:
    """Return what the next alert of a clock does: a colour, notices, and perhaps an action by the system."""
    flow = world.flows[case.flow]
    facts = next(one for one in case.clocks if one.code == clock_code)
    alert = clocks.next_alert(facts, flow)
    if alert is None:
        raise LookupError(f"clock {clock_code} of {case.id} has no alert left")
    calendar = world.calendar(case.organisation)
    rung = clocks.fired(facts, flow, calendar)
    missed = alert.level == "overdue" and flow.clocks[clock_code].leads
    kept = case.facts | {"late": True} if missed else case.facts
    after = _shown(flow, case, _replaced(case, rung), seq=case.seq + 1, facts=kept)
    step = Step(
        "alert", SYSTEM, None, case.organisation, now, case.state, case.state,
        data={"clock": clock_code, "level": alert.level, "due": facts.due_at.isoformat()},
        notices=_notices(alert.tells, case, moves.values(case, SYSTEM, now)),
    )  # fmt: skip
    decision = Decision(case, after, (step,))
    return (
        _perform(world, decision, alert.perform, f"{clock_code}:{after.seq}", now)
        if alert.perform
        else decision
    )


def _take(
    world: World, case: CaseFacts, code: str, action: Action, actor: Actor, post: Post | None,
    asked: dict[str, Any], values: guards.Values, key: str, now: dt.datetime,
) -> Decision:  # fmt: skip
    flow = world.flows[case.flow]
    outcome = effects.applied(world, flow, case, action, asked, values, key, now)
    changed = _set(outcome.case, action, values)
    target = outcome.state or _target(action, case, values)
    moved = _moved(world, flow, changed, action.clocks, target, values, now)
    tells = action.tells + (flow.states[target].tells if target != case.state else ())
    step = Step(
        code, actor, post.id if post else None, post.organisation if post else case.organisation, now,
        case.state, target, note=_note(asked), data=outcome.data | _kept(action, asked),
        public=action.public, notices=_notices(tells, moved, values),
    )  # fmt: skip
    return Decision(
        case, moved, (step,), outcome.parts, tuple(asked.get("files") or ()),
        answer_merged="answer-merged" in action.effects, stands_on=outcome.stands_on,
    )  # fmt: skip


def _carry_on(world: World, decision: Decision, key: str, now: dt.datetime) -> Decision:
    """Let the system take the first automatic action whose guard holds in a state just entered."""
    flow, last = world.flows[decision.after.flow], decision.steps[-1]
    if last.from_state == last.to_state:
        return decision
    for code in flow.states[decision.after.state].automatic:
        if guards.holds(flow.actions[code].when, moves.values(decision.after, SYSTEM, now)):
            return _perform(world, decision, code, key, now)
    return decision


def _perform(world: World, decision: Decision, code: str, key: str, now: dt.datetime) -> Decision:
    """Return the decision followed by one action of the system; a refused one changes nothing."""
    try:
        further = decide(world, decision.after, code, SYSTEM, {}, key, now)
    except Refused:
        return decision
    return dataclasses.replace(
        decision,
        after=further.after,
        steps=decision.steps + further.steps,
        parts=decision.parts + further.parts,
        answer_merged=decision.answer_merged or further.answer_merged,
    )


def _set(case: CaseFacts, action: Action, values: guards.Values) -> CaseFacts:
    """Return the case with the fields and facts an action sets."""
    if not action.sets:
        return case
    new = {name: guards.evaluate(expression, values) for name, expression in action.sets.items()}
    fields = {name: value for name, value in new.items() if name in FIELDS}
    facts = case.facts | {name: value for name, value in new.items() if name not in FIELDS}
    return dataclasses.replace(case, facts=facts, **fields)


def _target(action: Action, case: CaseFacts, values: guards.Values) -> str:
    if action.to is None:
        return case.state
    if isinstance(action.to, str):
        return action.to
    for way in action.to:
        if guards.holds(way.when, values):
            return way.to
    return case.state


def _moved(
    world: World, flow: Flow, case: CaseFacts, change: ClockChange, target: str, values: guards.Values,
    now: dt.datetime,
) -> CaseFacts:  # fmt: skip
    """Return the case in its new state, with the clocks that run there; `case` still has the old state."""
    kept = _changed_clocks(world, flow, case, change, values, now)
    if target != case.state:
        ended = flow.states[target].ended
        for code in kept if ended else flow.states[case.state].clocks:
            if code in kept and code not in change.pause and (ended or kept[code].running):
                kept[code] = clocks.stop(kept[code], now)
        _enter(flow, kept, target, world.calendar(case.organisation), now)
    ended_at = (case.ended_at or now) if flow.states[target].ended else None
    return _shown(flow, case, tuple(kept.values()), seq=case.seq + 1, state=target, ended_at=ended_at)


def _changed_clocks(
    world: World, flow: Flow, case: CaseFacts, change: ClockChange, values: guards.Values, now: dt.datetime
) -> dict[str, ClockFacts]:
    """Return the case's clocks after an action paused, resumed or extended some of them."""
    calendar = world.calendar(case.organisation)
    kept = {one.code: one for one in case.clocks}
    for code in kept.keys() & set(change.pause):
        kept[code] = clocks.pause(kept[code], flow, calendar, now)
    for code in kept.keys() & set(change.resume):
        kept[code] = clocks.resume(kept[code], flow, calendar, now)
    for code in kept.keys() & set(change.extend):
        days = guards.evaluate(change.extend[code], values)
        kept[code] = clocks.extend(kept[code], flow, calendar, days)
    return kept


def _enter(
    flow: Flow, kept: dict[str, ClockFacts], target: str, calendar: WorkCalendar, now: dt.datetime
) -> None:
    """Start the clocks of a state just entered; a paused one goes on where it stood."""
    for code in flow.states[target].clocks:
        clock = kept.get(code)
        if clock and clock.paused_at and not clock.stopped_at:
            kept[code] = clocks.resume(clock, flow, calendar, now)
        else:
            kept[code] = clocks.start(code, flow, calendar, now)


def _shown(flow: Flow, case: CaseFacts, held: tuple[ClockFacts, ...], **changes: Any) -> CaseFacts:
    """Return the case changed, holding these clocks and showing the light and due time they give it."""
    light, due = clocks.light(held, flow)
    return dataclasses.replace(case, clocks=held, light=light, due_at=due, **changes)


def _replaced(case: CaseFacts, clock: ClockFacts) -> tuple[ClockFacts, ...]:
    return tuple(clock if one.code == clock.code else one for one in case.clocks)


def _notices(tells: tuple[Tell, ...], case: CaseFacts, values: guards.Values) -> tuple[Notice, ...]:
    asked = values["input"]
    words = {"title": case.title, "reply": str(asked.get("reply", "")), "note": str(asked.get("note", ""))}
    return tuple(
        Notice(tell.to, tell.roles, _fill(tell.text.zh, words), _fill(tell.text.in_language("en"), words))
        for tell in tells
        if guards.holds(tell.when, values)
    )


def _fill(template: str, words: Mapping[str, str]) -> str:
    for name, word in words.items():
        template = template.replace("{" + name + "}", word)
    return template


def _note(asked: Mapping[str, Any]) -> str:
    return str(asked.get("reply") or asked.get("note") or "")


def _kept(action: Action, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Return the inputs a step keeps beside its note."""
    return {
        name: _readable(value)
        for name, value in asked.items()
        if value not in ("", [], None) and not (action.asks[name].kind == "text" and value == _note(asked))
    }


def _readable(value: Any) -> Any:
    return value.number if isinstance(value, CaseFacts) else value


def _checked_flow(world: World, opening: Opening) -> Flow:
    if opening.flow not in world.flows:
        raise Refused("unknown-flow", "flow", value=opening.flow, allowed=sorted(world.flows))
    if opening.category not in world.categories:
        raise Refused("unknown-category", "category", value=opening.category)
    if opening.area not in world.areas:
        raise Refused("unknown-area", "area", value=opening.area)
    if opening.organisation and opening.organisation not in world.organisations:
        raise Refused("unknown-organisation", "organisation", value=opening.organisation)
    _check_words(opening)
    if not opening.title.strip():
        raise Refused("required", "title", name=effects.NAMES["title"])
    return world.flows[opening.flow]


def _check_words(opening: Opening) -> None:
    for name, limit in effects.LIMITS.items():
        words = getattr(opening, name)
        if len(words) > limit:
            raise Refused("too-long", name, name=effects.NAMES[name], limit=limit)
        if found := IMPOSSIBLE.search(words):
            raise Refused("impossible-character", name, name=effects.NAMES[name], place=found.start() + 1)


def _opening_data(opening: Opening) -> dict[str, Any]:
    """Return what the first step seals of the citizen's word: a digest, so that the text may be erased by law."""
    data: dict[str, Any] = {"channel": opening.channel, "text": effects.digest(opening.title, opening.text)}
    if opening.lon is not None and opening.lat is not None:
        data["position"] = f"{opening.lon:.6f},{opening.lat:.6f}"
    if opening.files:
        data["files"] = list(opening.files)
    if opening.found:
        data["found"] = opening.found
    return data
