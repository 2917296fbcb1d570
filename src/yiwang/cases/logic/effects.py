"""Effects an action may name: route, spawn, merge, unmerge. Each returns what it changes, and why."""

import dataclasses
import datetime as dt
import hashlib
import uuid
from collections.abc import Mapping
from typing import Any

from yiwang.cases.definitions.facts import CaseFacts, Opening
from yiwang.cases.definitions.flows import Action, Flow
from yiwang.cases.definitions.refusals import Refused
from yiwang.cases.logic import guards
from yiwang.cases.logic.world import World
from yiwang.kernel.access.logic import SYSTEM
from yiwang.packs.text import Text

LIMITS = {
    "title": 120,
    "text": 20_000,
    "address": 200,
    "reporter_name": 60,
    "reporter_mobile": 20,
    "source": 120,
    "key": 120,
}
NAMES = {
    "title": Text(zh="标题", en="title"),
    "text": Text(zh="内容", en="text"),
    "address": Text(zh="地址", en="address"),
    "reporter_name": Text(zh="姓名", en="name"),
    "reporter_mobile": Text(zh="手机号", en="mobile number"),
    "source": Text(zh="来源", en="source"),
    "key": Text(zh="幂等键", en="idempotency key"),
}


@dataclasses.dataclass(frozen=True, slots=True)
class Outcome:
    """A case after an action's effects, what they add to the step's data, and cases to open or to rely on."""

    case: CaseFacts
    data: dict[str, Any] = dataclasses.field(default_factory=dict)
    parts: tuple[Opening, ...] = ()
    state: str = ""
    stands_on: CaseFacts | None = None


def applied(
    world: World, flow: Flow, case: CaseFacts, action: Action, asked: Mapping[str, Any],
    values: guards.Values, key: str, now: dt.datetime,
) -> Outcome:  # fmt: skip
    """Return the outcome of an action's effects, in the order the flow names them."""
    outcome = Outcome(case)
    for effect in action.effects:
        if effect == "route":
            outcome = _routed(world, outcome, values, now)
        elif effect == "desk":
            outcome = _to_desk(world, outcome, now)
        elif effect == "spawn":
            outcome = dataclasses.replace(outcome, parts=_parts(flow, case, asked, key, now))
        elif effect == "merge":
            outcome = _merged(outcome, asked["case"])
        elif effect == "unmerge":
            outcome = _unmerged(outcome)
    return outcome


def _routed(world: World, outcome: Outcome, values: guards.Values, now: dt.datetime) -> Outcome:
    """Give the case to the organisation responsible, and let expressions read how sure that is."""
    case = outcome.case
    routing = world.router.route(case.category, case.area, now.date())
    values["route"] = {"certain": routing.certain, "organisation": routing.organisation}
    routed = dataclasses.replace(case, organisation=routing.organisation)
    return dataclasses.replace(outcome, case=routed, data=outcome.data | {"why": routing.reasons()})


def _to_desk(world: World, outcome: Outcome, now: dt.datetime) -> Outcome:
    """Give the case back to the desk that dispatches it anew."""
    case = outcome.case
    desk = world.router.desk(case.category, case.area, now.date())
    back = dataclasses.replace(case, organisation=desk.organisation)
    return dataclasses.replace(outcome, case=back, data=outcome.data | {"why": desk.reasons()})


def _parts(
    flow: Flow, case: CaseFacts, asked: Mapping[str, Any], key: str, now: dt.datetime
) -> tuple[Opening, ...]:
    """Return one co-handling case for each organisation asked (主办/协办)."""
    return tuple(
        Opening(
            key=part_key(key, case.id, organisation), flow=flow.co_handling or "", title=case.title,
            text=str(asked.get("note") or ""), category=case.category, area=case.area, channel="co-handling",
            actor=SYSTEM, at=now, urgency=case.urgency, organisation=organisation, lead=case.id,
        )
        for organisation in asked["organisations"]
    )  # fmt: skip


def part_key(key: str, lead: uuid.UUID, organisation: str) -> str:
    """Return the idempotency key of one co-handling case, from the key of the action that asked for it."""
    return f"part:{digest(key, str(lead), organisation)}"


def _merged(outcome: Outcome, parent: CaseFacts) -> Outcome:
    case = outcome.case
    if parent.id == case.id:
        raise Refused("merge-self", "case")
    if parent.flow != case.flow:
        raise Refused("merge-flow", "case")
    if parent.merged_into:
        raise Refused("merge-chain", "case")
    if case.merged:
        raise Refused("merge-parent", "case")
    if parent.ended_at:
        raise Refused("merge-ended", "case")
    kept = case.facts | {"before_merge": case.state}
    merged = dataclasses.replace(case, merged_into=parent.id, facts=kept)
    data = outcome.data | {"parent": parent.number}
    return dataclasses.replace(outcome, case=merged, data=data, stands_on=parent)


def _unmerged(outcome: Outcome) -> Outcome:
    case = outcome.case
    facts = {name: value for name, value in case.facts.items() if name != "before_merge"}
    apart = dataclasses.replace(case, merged_into=None, facts=facts)
    return dataclasses.replace(outcome, case=apart, state=str(case.facts["before_merge"]))


def digest(*texts: str) -> str:
    """Return the SHA-256 hex digest of texts, each ended by a zero byte."""
    return hashlib.sha256(b"".join(text.encode() + b"\0" for text in texts)).hexdigest()
