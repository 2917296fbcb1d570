"""Play the examples of flows in memory: given a request, when these actions are taken, then the case is so.

    given: {flow: request, category: road, area: "510107", at: 2026-09-30 16:00}
    when:  [{do: sign_in, by: {role: handler, of: holder}, at: 2026-10-08 09:30}, …]
    then:  {state: handling, organisation: wuhou-urban, due: 2026-10-16 17:30, refused: …}

Between two moments the clocks fire as a worker would fire them. Moments without a zone are China's time.
"""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from yiwang.cases.definitions.facts import CaseFacts, Decision, Opening
from yiwang.cases.definitions.refusals import Refused
from yiwang.cases.logic import deciding, world
from yiwang.kernel.access.logic import SYSTEM, Actor, Post, citizen
from yiwang.packs.pack import Example, Pack

ZONE = ZoneInfo("Asia/Shanghai")
TRACKING = "EXAMPLE"


@dataclasses.dataclass
class Play:
    """A case on the stage, and what was refused or told on the way."""

    world: world.World
    case: CaseFacts
    refused: str = ""
    told: list[str] = dataclasses.field(default_factory=list)
    parts: int = 0


def run(pack: Pack, example: Example) -> list[str]:
    """Return what differs from the example's `then`, one sentence each."""
    play = _opened(world.build(0, pack), example.given)
    for action in example.when or ():
        _act(play, action)
    return _differences(play, example.then)


def _opened(stage: world.World, given: Mapping[str, Any]) -> Play:
    opening = Opening(
        key="example", flow=given.get("flow", "request"), title=given.get("title", "例"), text=given.get("text", ""),
        category=str(given["category"]), area=str(given["area"]), channel=given.get("channel", "web"),
        actor=citizen(TRACKING), at=moment(given["at"]), organisation=given.get("organisation", ""),
    )  # fmt: skip
    decision = deciding.open_case(stage, opening, uuid.UUID(int=1), TRACKING)
    play = Play(stage, decision.after)
    _take(play, decision)
    return play


def _act(play: Play, action: Mapping[str, Any]) -> None:
    now = moment(action["at"])
    _fire_until(play, now)
    if "do" not in action:
        return
    actor = _actor(play.case, action.get("by", "system"))
    try:
        given = action.get("with", {})
        _take(play, deciding.decide(play.world, play.case, action["do"], actor, given, "example", now))
        play.refused = ""
    except Refused as refusal:
        play.refused = refusal.code


def _fire_until(play: Play, now: dt.datetime) -> None:
    """Fire every alert due by `now`, in the order of their times."""
    while due := [one for one in play.case.clocks if one.next_at and one.next_at <= now]:
        first = min(due, key=lambda one: (one.next_at, one.code))
        assert first.next_at is not None
        _take(play, deciding.fire(play.world, play.case, first.code, first.next_at))


def _take(play: Play, decision: Decision) -> None:
    play.case = decision.after
    play.parts += len(decision.parts)
    play.told += [f"{notice.to}: {notice.text_zh}" for step in decision.steps for notice in step.notices]


def _actor(case: CaseFacts, by: Any) -> Actor:
    """Return the actor an example names: "system", "reporter", or a role in relation to the case."""
    if by == "system":
        return SYSTEM
    if by == "reporter":
        return citizen(case.tracking)
    organisation = by.get("organisation") or (case.organisation if by.get("of", "holder") == "holder" else "")
    return Actor("person", 1, "例", (Post(1, by["role"], organisation, str(by.get("area", case.area))),))


def moment(value: Any) -> dt.datetime:
    """Return a moment from YAML: a time, a date (its midnight) or ISO text; China's time unless it says so."""
    if isinstance(value, str):
        value = dt.datetime.fromisoformat(value)
    elif isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        value = dt.datetime.combine(value, dt.time())
    return value if value.tzinfo else value.replace(tzinfo=ZONE)


def _differences(play: Play, then: Mapping[str, Any]) -> list[str]:
    seen: dict[str, Any] = {
        "state": play.case.state,
        "organisation": play.case.organisation,
        "light": play.case.light,
        "due": play.case.due_at,
        "rating": play.case.rating,
        "refused": play.refused,
        "parts": play.parts,
        "facts": play.case.facts,
        "told": play.told,
    }
    return [
        f"{name}: {_shown(seen[name])} ≠ {_shown(wanted)}"
        for name, wanted in then.items()
        if not _same(name, seen[name], wanted)
    ]


def _same(name: str, value: Any, wanted: Any) -> bool:
    if name == "due":
        return value == moment(wanted)
    if name == "facts":
        return all(value.get(key) == one for key, one in wanted.items())
    if name == "told":
        return any(wanted in one for one in value)
    return bool(value == wanted)


def _shown(value: Any) -> str:
    return f"{value.astimezone(ZONE):%Y-%m-%d %H:%M}" if isinstance(value, dt.datetime) else str(value)
