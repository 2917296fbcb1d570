"""Fire deadlines: clocks whose next alert is due. Several workers may run this; each alert is given once."""

import datetime as dt
import logging
import uuid

from django.db import DatabaseError, IntegrityError

from yiwang.cases.actions import writing
from yiwang.cases.logic import deciding
from yiwang.cases.queries import facts, prepared, worlds

log = logging.getLogger(__name__)

DUE = """
SELECT case_id, code, alerts_fired, started_at FROM cases_clock
WHERE next_at <= $1 ORDER BY next_at LIMIT $2
"""


def fire_due(limit: int = 200, at: dt.datetime | None = None) -> int:
    """Give the alerts that are due now, or were at a moment played back; return how many were given.

    An alert is written under the condition that the case has not moved since it was read, and its step
    carries a key of its own, so of two workers one writes and the other finds nothing to do.
    """
    now = at or writing.now()
    return sum(_tried(now, *one) for one in prepared.run(DUE, [now, limit]))


def _tried(now: dt.datetime, case: uuid.UUID, code: str, alerts_fired: int, started_at: dt.datetime) -> bool:
    """Give one alert; one that cannot be given is reported and does not hold up the others."""
    try:
        return _fire(now, case, code, alerts_fired, started_at)
    except DatabaseError:
        raise
    except Exception:
        log.exception("alert %s of case %s cannot be given", code, case)
        return False


def _fire(now: dt.datetime, case: uuid.UUID, code: str, alerts_fired: int, started_at: dt.datetime) -> bool:
    key = f"alert:{case}:{code}:{started_at:%Y%m%d%H%M%S%f}"
    loaded = facts.load(case)
    clock = next(one for one in loaded.case.clocks if one.code == code)
    if clock.next_at is None or clock.next_at > now or clock.alerts_fired != alerts_fired:
        return False
    decision = deciding.fire(worlds.of(loaded.case.release), loaded.case, code, now)
    try:
        return case in writing.write_move(
            writing.Writing(decision, f"{key}:{clock.due_at:%Y%m%d%H%M}:{alerts_fired}")
        )
    except IntegrityError:
        log.info("alert %s of case %s was given by another worker", code, case)
        return False
