"""What the engine reads before it decides: one statement per case. For `actions` only; people read `visible`."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

import orjson

from yiwang.cases.definitions.facts import CaseFacts, ClockFacts
from yiwang.cases.definitions.refusals import Refused
from yiwang.cases.queries import prepared

_LOAD = """
SELECT c.number, c.release_id, c.flow, c.state, c.seq, c.head, c.organisation_id, c.area, c.category,
       c.urgency, c.opened_at, c.ended_at, c.rating, c.channel, c.title, c.facts, c.merged_into_id, c.lead_id,
       coalesce(l.organisation_id, ''), c.tracking, c.reporter_mobile, c.due_at, c.light,
       (SELECT count(*) FROM cases_case p WHERE p.lead_id = c.id AND p.ended_at IS NULL),
       (SELECT count(*) FROM cases_case m WHERE m.merged_into_id = c.id),
       (SELECT jsonb_agg(to_jsonb(k) - 'id' - 'case_id' ORDER BY k.id) FROM cases_clock k WHERE k.case_id = c.id)
FROM cases_case c LEFT JOIN cases_case l ON l.id = c.lead_id
WHERE c.id = $1
"""
_USES = """
SELECT e.key, e.case_id, e.action, e.seq, e.to_state, c.number, c.tracking, c.organisation_id, c.state,
       e.data->>'text'
FROM cases_event e JOIN cases_case c ON c.id = e.case_id
WHERE e.key = ANY($1)
"""
_HOLD = "SELECT id, seq FROM cases_case WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE"


@dataclasses.dataclass(frozen=True, slots=True)
class KeyUse:
    """What an idempotency key was used for."""

    case: uuid.UUID
    action: str
    seq: int
    to_state: str
    number: str
    tracking: str
    organisation: str
    state: str
    text: str | None


@dataclasses.dataclass(frozen=True, slots=True)
class Loaded:
    """A case as it stands, and the use of a key if it had one."""

    case: CaseFacts
    use: KeyUse | None = None


def load(case: uuid.UUID, key: str | None = None) -> Loaded:
    """Return the facts of a case. Raises Refused where there is none."""
    rows = prepared.run(_LOAD, [case])
    if not rows:
        raise Refused("unknown-case", "case", value=case)
    return Loaded(_facts(case, rows[0]), opened_by_keys([key]).get(key) if key else None)


def hold(*cases: uuid.UUID) -> dict[uuid.UUID, int]:
    """Lock cases until the end of the transaction, always in the same order; return their last step's numbers."""
    return dict(prepared.run(_HOLD, [list(cases)]))


def opened_by_keys(keys: Sequence[str]) -> dict[str, KeyUse]:
    """Return what keys were used for; keys never used are left out."""
    return {row[0]: KeyUse(*row[1:]) for row in prepared.run(_USES, [list(keys)])}


def _facts(case: uuid.UUID, row: Sequence[Any]) -> CaseFacts:
    (number, release, flow, state, seq, head, organisation, area, category, urgency, opened_at, ended_at, rating,
     channel, title, facts, merged_into, lead, lead_organisation, tracking, mobile, due_at, light, open_parts,
     merged, clocks) = row  # fmt: skip
    return CaseFacts(
        case, number, release, flow, state, seq, bytes(head), organisation, area, category, urgency, opened_at,
        ended_at=ended_at, rating=rating, channel=channel, title=title, facts=_json(facts),
        clocks=tuple(_clock(one) for one in _json(clocks) or ()), open_parts=open_parts, merged=merged,
        merged_into=merged_into, lead=lead, lead_organisation=lead_organisation, tracking=tracking,
        reporter_mobile=mobile, due_at=due_at, light=light,
    )  # fmt: skip


def _clock(row: dict[str, Any]) -> ClockFacts:
    times = ("started_at", "due_at", "next_at", "paused_at", "stopped_at")
    return ClockFacts(**row | {name: row[name] and dt.datetime.fromisoformat(row[name]) for name in times})


def _json(value: Any) -> Any:
    return orjson.loads(value) if isinstance(value, str) else value
