"""Telling an event inside the transaction that makes it true. `deliver` takes it from there."""

import threading
import time

from django.db import connection, transaction

from yiwang.kernel.outbox import definitions

CHANNEL = "yiwang_outbox"
WAKE_EVERY = 0.05

EMIT = """
INSERT INTO outbox_message (topic, payload, at) SELECT topic, payload, at FROM {rows}
"""
"""The outbox's INSERT, to stand in another room's WITH: `EMIT.format(rows="messages")`.

`{rows}` names a CTE or sub-select (with its alias) that has topic text, payload jsonb (as `registry.encode`
or orjson write the event), at timestamptz; messages are numbered in the order of its rows. Call `wake()` after the statement.
"""

ROWS = """
(SELECT given.topic, given.payload, now() AS at
   FROM unnest(%s::text[], %s::jsonb[]) WITH ORDINALITY AS given (topic, payload, n) ORDER BY n) AS rows
"""


def emit(*events: definitions.Event, registry: definitions.Registry = definitions.registry) -> None:
    """Write events to the outbox, in order; they leave if the surrounding transaction commits."""
    if not events:
        return
    topics, payloads = zip(*(registry.encode(event) for event in events), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(EMIT.format(rows=ROWS), [list(topics), list(payloads)])
    wake()


def wake() -> None:
    """Wake a listening worker once the transaction has committed, at most 20 times a second a process.

    Not part of EMIT: a transaction that has notified holds a database-wide lock until its commit is on disk,
    which makes all writers queue up (measured: a third of the throughput). The worker's short poll finds
    what a swallowed or lost wake-up would have announced.
    """
    transaction.on_commit(_notify, robust=True)


def _notify() -> None:
    if _throttle.passes():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])


class _Throttle:
    def __init__(self) -> None:
        self._lock, self._next = threading.Lock(), 0.0

    def passes(self) -> bool:
        with self._lock:
            now = time.monotonic()
            due = now >= self._next
            if due:
                self._next = now + WAKE_EVERY
            return due


_throttle = _Throttle()
