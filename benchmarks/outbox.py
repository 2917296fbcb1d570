"""The outbox: messages told and delivered a second, against the bare INSERT and DELETE of the same rows.

Delivering is bounded by decoding each message and calling its handler; 500 share a transaction.
"""

import dataclasses
import datetime as dt
import time
import uuid
from collections.abc import Callable
from typing import ClassVar

from django.db import transaction

from benchmarks import figures, stage
from yiwang.kernel.outbox import actions, definitions

SHORT, FULL, BATCH = 50_000, 500_000, 500
INSERT = """
INSERT INTO outbox_message (topic, payload, at)
SELECT topic, payload, at FROM outbox_message LIMIT %s
"""
DELETE = """
DELETE FROM outbox_message WHERE id = ANY (ARRAY(SELECT id FROM outbox_message ORDER BY id LIMIT %s))
"""


@dataclasses.dataclass(frozen=True, slots=True)
class Happened:
    topic: ClassVar[str] = "bench.happened"
    case: uuid.UUID
    number: int
    state: str
    at: dt.datetime


def run(*, full: bool) -> None:
    stage.fresh(stage.EMPTY)
    count, heard = FULL if full else SHORT, []
    registry = definitions.Registry()
    registry.on(Happened, "bench", lambda batch: heard.append(len(batch)))
    now = dt.datetime.now(dt.UTC)
    events = [Happened(uuid.uuid4(), number, "handling", now) for number in range(BATCH)]
    telling = count / _repeat(count // BATCH, lambda: actions.emit(*events, registry=registry))
    delivering = count / _repeat(count // BATCH, lambda: actions.drain(BATCH, registry=registry))
    if sum(heard) != count:
        raise SystemExit(f"{sum(heard)} messages heard of {count}")
    actions.emit(*events, registry=registry)
    inserting = count / _repeat(count // BATCH, lambda: stage.run(INSERT, [BATCH]))
    deleting = count / _repeat(count // BATCH, lambda: stage.run(DELETE, [BATCH]))
    figures.line(f"telling {count:,} messages, {BATCH} at a time", f"{telling:,.0f}/s", telling / inserting)
    figures.line("delivering them", f"{delivering:,.0f}/s", delivering / deleting)


def _repeat(times: int, what: Callable[[], object]) -> float:
    """Do something so many times, each in a transaction; return the seconds it took."""
    begun = time.monotonic()
    for _ in range(times):
        with transaction.atomic():
            what()
    return time.monotonic() - begun
