"""Write decisions: turn them into the rows of one statement, and let waiting writers share it.

Before: logic decides. After: the outbox tells. A decision made on a case that has moved since is not
written at all; its caller gets a Conflict.
"""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import orjson
from django.db import connection, transaction

from yiwang.cases.actions import statements
from yiwang.cases.actions.coalescing import Coalescer
from yiwang.cases.definitions import events
from yiwang.cases.definitions.facts import CaseFacts, ClockFacts, Decision, Opening, Step
from yiwang.cases.logic import history
from yiwang.cases.queries import prepared
from yiwang.kernel.ledger import logic as ledger
from yiwang.kernel.outbox import actions as outbox

Written = dict[uuid.UUID, str]
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


def open_together(writings: Sequence[Writing]) -> Written:
    """Write new cases in one statement; return their numbers by id. Raises IntegrityError for a used key."""
    return _run(statements.OPEN, writings, [_new(n, one) for n, one in enumerate(writings)])


def move_together(writings: Sequence[Writing]) -> Written:
    """Write steps on cases in one statement; return those that were still as the decision saw them."""
    return _run(statements.MOVE, writings, [_changed(one.decision) for one in writings])


opened = Coalescer(open_together, lambda one: one.key)
moved = Coalescer(move_together, lambda one: one.case)


def write_opening(writing: Writing) -> Written:
    """Write one new case, together with whatever other threads are writing."""
    return open_together([writing]) if connection.in_atomic_block else opened.submit(writing)


def write_move(writing: Writing) -> Written:
    """Write one step, together with whatever other threads are writing."""
    return move_together([writing]) if connection.in_atomic_block else moved.submit(writing)


def _run(statement: str, writings: Sequence[Writing], cases: list[dict[str, Any]]) -> Written:
    """Send one statement. `head` is known only once the steps are hashed, so cases are completed here."""
    steps = [step for writing in writings for step in _steps(writing)]
    heads = {step["case_id"]: step["hash_hex"] for step in steps}
    for case in cases:
        case["head"] = heads[case["id"]]
    clocks = [row for one in writings for row in _clocks(one.decision)]
    files = [row for one in writings for row in _files(one.decision)]
    messages = [row for one in writings for row in _messages(one)]
    given = [orjson.dumps(rows).decode() for rows in (cases, steps, clocks, files, messages)]
    if connection.in_atomic_block:
        with transaction.atomic():
            return _execute(statement, given)
    return _execute(statement, given)


def _execute(statement: str, given: list[str]) -> Written:
    written: Written = dict(prepared.run(statement, given))
    outbox.wake()
    return written


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


def _new(n: int, writing: Writing) -> dict[str, Any]:
    opening, after = writing.opening, writing.decision.after
    assert opening is not None
    return _state(after) | {
        "n": n,
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


def _clocks(decision: Decision) -> Iterable[dict[str, Any]]:
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


def now() -> dt.datetime:
    """Return this moment in UTC: the one place where the engine looks at the clock."""
    return dt.datetime.now(dt.UTC)
