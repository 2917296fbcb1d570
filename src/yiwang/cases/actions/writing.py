"""Write decisions: one statement for one of them or for many, and writers who wait share it.

Before: rows. After: the outbox tells. A decision made on a case that has moved since is not written at
all; its caller gets a Conflict.
"""

import contextlib
import datetime as dt
import uuid
from collections.abc import Sequence

from django.db import connection, transaction

from yiwang.cases.actions import rows, statements
from yiwang.cases.actions.coalescing import Coalescer
from yiwang.cases.queries import prepared
from yiwang.kernel.outbox import actions as outbox

Written = dict[uuid.UUID, str]
Writing = rows.Writing


def open_together(writings: Sequence[Writing]) -> Written:
    """Write new cases in one statement; return their numbers by id. Raises IntegrityError for a used key."""
    return _open([rows.of(one) for one in writings])


def write_opening(writing: Writing) -> Written:
    """Write one new case, together with whatever other threads are writing."""
    ready = rows.of(writing)
    return _open([ready]) if connection.in_atomic_block else opened.submit(ready)


def write_move(writing: Writing) -> Written:
    """Write one step on a case still as the decision saw it, together with whatever other threads are writing."""
    ready = rows.of(writing)
    return _move([ready]) if connection.in_atomic_block else moved.submit(ready)


def _open(ready: Sequence[rows.Rows]) -> Written:
    return _send(statements.OPEN, ready)


def _move(ready: Sequence[rows.Rows]) -> Written:
    """Rows are locked in the order of their ids, so that two statements never wait for each other."""
    return _send(statements.MOVE, sorted(ready, key=lambda one: one.case))


opened = Coalescer(_open, lambda one: one.key)
moved = Coalescer(_move, lambda one: one.case)


def _send(statement: str, ready: Sequence[rows.Rows]) -> Written:
    given = rows.together(ready)
    with transaction.atomic() if connection.in_atomic_block else contextlib.nullcontext():
        written: Written = dict(prepared.run(statement, given))
        outbox.wake()
    return written


def now() -> dt.datetime:
    """Return this moment in UTC: the one place where the engine looks at the clock."""
    return dt.datetime.now(dt.UTC)
