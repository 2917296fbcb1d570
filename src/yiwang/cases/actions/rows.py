"""Decisions as the rows of one statement: JSON made by whoever decided, before it waits for its turn.

Before: logic decides. After: writing puts the rows of many decisions together and sends them.
"""

import dataclasses
import uuid
from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from yiwang.cases.definitions import events
from yiwang.cases.definitions.facts import CaseFacts, ClockFacts, Decision, Opening, Step
from yiwang.cases.logic import history
from yiwang.kernel.ledger import logic as ledger

Told = tuple[events.NoticeTold, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Writing:
    """A decision on its way to the database; `opening` is set for a new case."""

    decision: Decision
    key: str
    opening: Opening | None = None

    @property
    def case(self) -> uuid.UUID:
        return self.decision.after.id


@dataclasses.dataclass(frozen=True, slots=True)
class Rows:
    """What a statement takes of one decision: JSON lists of cases, steps, clocks, files and messages."""

    case: uuid.UUID
    key: str
    lists: tuple[bytes, ...]


def of(writing: Writing) -> Rows:
    """Return the rows of a decision. `head` is known only once the steps are hashed, so the case comes last."""
    steps = list(_steps(writing))
    case = _new(writing) if writing.opening else _changed(writing.decision)
    case["head"] = steps[-1]["hash_hex"]
    lists = ([case], steps, _clocks(writing.decision), _files(writing.decision), list(_messages(writing)))
    return Rows(writing.case, writing.key, tuple(orjson.dumps(one) for one in lists))


def together(many: Iterable[Rows]) -> list[str]:
    """Return the five JSON lists of many decisions, each joined into one."""
    columns = zip(*(one.lists for one in many), strict=True)
    return [f"[{b','.join(one[1:-1] for one in column if len(one) > 2).decode()}]" for column in columns]


def _steps(writing: Writing) -> Iterator[dict[str, Any]]:
    """Yield the rows of a decision's steps, each chained to the one before it."""
    decision = writing.decision
    prev = decision.before.head if decision.before else ledger.GENESIS
    first = (decision.before.seq if decision.before else 0) + 1
    for seq, step in enumerate(decision.steps, first):
        content = history.content_of(step)
        sealed = ledger.entry_hash(prev, history.KIND, decision.after.id, seq, step.at, content)
        yield _step(decision.after.id, seq, step) | {
            "key": writing.key if seq == first else None,
            "prev_hex": prev.hex(),
            "hash_hex": sealed.hex(),
        }
        prev = sealed


def _step(case: uuid.UUID, seq: int, step: Step) -> dict[str, Any]:
    return {
        "case_id": case,
        "seq": seq,
        "action": step.action,
        "actor_kind": step.actor.kind,
        "person_id": step.actor.person,
        "post_id": step.post,
        "organisation_id": step.organisation,
        "at": step.at,
        "from_state": step.from_state,
        "to_state": step.to_state,
        "note": step.note,
        "data": step.data,
        "public": step.public,
    }


def _new(writing: Writing) -> dict[str, Any]:
    opening, after = writing.opening, writing.decision.after
    assert opening is not None
    return _state(after) | {
        "prefix": after.number_prefix,
        "tracking": after.tracking,
        "release_id": after.release,
        "flow": after.flow,
        "channel": opening.channel,
        "title": opening.title.strip(),
        "text": opening.text,
        "address": opening.address,
        "lon": opening.lon,
        "lat": opening.lat,
        "reporter_name": opening.reporter_name,
        "reporter_mobile": opening.reporter_mobile,
        "opened_by_id": opening.actor.person,
        "source": opening.source,
        "lead_id": opening.lead,
        "opened_at": opening.at,
    }


def _changed(decision: Decision) -> dict[str, Any]:
    assert decision.before is not None
    after = decision.after
    return _state(after) | {
        "was": decision.before.seq,
        "rating": after.rating,
        "merged_into_id": after.merged_into,
    }


def _state(after: CaseFacts) -> dict[str, Any]:
    """Return the columns every step may change."""
    return {
        "id": after.id,
        "seq": after.seq,
        "state": after.state,
        "organisation_id": after.organisation,
        "area": after.area,
        "category": after.category,
        "urgency": after.urgency,
        "facts": after.facts,
        "light": after.light,
        "due_at": after.due_at,
        "ended_at": after.ended_at,
    }


def _clocks(decision: Decision) -> list[dict[str, Any]]:
    """Return the clocks a decision changed."""
    before = set(decision.before.clocks) if decision.before else set()
    return [_clock(decision.after.id, one) for one in decision.after.clocks if one not in before]


def _clock(case: uuid.UUID, clock: ClockFacts) -> dict[str, Any]:
    return {
        "case_id": case,
        "code": clock.code,
        "started_at": clock.started_at,
        "due_at": clock.due_at,
        "alerts_fired": clock.alerts_fired,
        "next_at": clock.next_at,
        "paused_at": clock.paused_at,
        "remaining": clock.remaining,
        "stopped_at": clock.stopped_at,
    }


def _files(decision: Decision) -> list[dict[str, Any]]:
    seq = (decision.before.seq if decision.before else 0) + 1
    return [
        {"case_id": decision.after.id, "file_id": one, "seq": seq} for one in dict.fromkeys(decision.files)
    ]


def _messages(writing: Writing) -> Iterator[dict[str, Any]]:
    """Yield what is told after the commit: one message for the opening and one for each later step."""
    decision, quiet = writing.decision, bool(writing.opening and writing.opening.quiet)
    first = (decision.before.seq if decision.before else 0) + 1
    for seq, step in enumerate(decision.steps, first):
        before = decision.before if decision.before and seq == first else decision.after
        opening = step.action == "open"
        told = () if quiet else _told(step)
        event: Any = (
            _opened(decision.after, step, told) if opening else _moved(before, decision, seq, step, told)
        )
        yield {"case_id": decision.after.id, "topic": event.topic, "payload": event, "at": step.at}


def _opened(case: CaseFacts, step: Step, told: Told) -> events.CaseOpened:
    return events.CaseOpened(
        case.id,
        case.flow,
        case.category,
        case.area,
        case.organisation,
        case.channel,
        case.state,
        case.light,
        step.at,
        told,
    )


def _moved(before: CaseFacts, decision: Decision, seq: int, step: Step, told: Told) -> events.CaseMoved:
    after = decision.after
    return events.CaseMoved(
        case=after.id, seq=seq, action=step.action, from_state=step.from_state, to_state=step.to_state,
        flow=after.flow, channel=after.channel, category=after.category, area=after.area, was_area=before.area,
        organisation=after.organisation, was_organisation=before.organisation,
        light=after.light, was_light=before.light,
        was_ended=before.ended_at is not None, ended=after.ended_at is not None, late=bool(after.facts.get("late")),
        rating=after.rating, was_rating=before.rating, opened_at=after.opened_at, at=step.at,
        answers_merged=decision.answer_merged,
        notices=told,
    )  # fmt: skip


def _told(step: Step) -> Told:
    return tuple(events.NoticeTold(one.to, one.roles, one.text_zh, one.text_en) for one in step.notices)
