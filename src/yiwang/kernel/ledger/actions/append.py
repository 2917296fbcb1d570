"""One more step on a subject's chain. The owner writes the content itself in the same transaction."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction

from yiwang.kernel.ledger import definitions, queries
from yiwang.kernel.ledger.logic import chain

APPEND = """
INSERT INTO ledger_entry (kind, subject, seq, at, prev, hash)
SELECT kind, subject, seq, at, prev, hash FROM {rows} ORDER BY subject, seq
"""
"""The ledger's INSERT, to stand in another room's WITH: `APPEND.format(rows="entry_rows")`.

`{rows}` names a CTE or sub-select (with its alias) that has the columns of `definitions.Entry`, as `logic.link`
computes them: kind text, subject uuid, seq integer (1, 2, …), at timestamptz, prev bytea, hash bytea.
Two writers of the same step: the second one gets a unique violation of `ledger_entry_step`.
"""

ROWS = """
unnest(%s::text[], %s::uuid[], %s::int[], %s::timestamptz[], %s::bytea[], %s::bytea[])
AS rows (kind, subject, seq, at, prev, hash)
"""


def append(kind: str, subject: uuid.UUID, content: Any, at: dt.datetime) -> definitions.Entry:
    """Chain one step to the subject's last one and return it.

    Keep `content`, the returned `seq` and `at` where your source finds them. Two writers of one subject wait
    for each other until the end of the transaction.
    """
    with transaction.atomic():
        _lock(subject)
        seq, prev = queries.last(subject)
        entry = chain.link(prev, kind, subject, seq + 1, at, content)
        write([entry])
    return entry


def write(entries: Sequence[definitions.Entry]) -> None:
    """Insert links computed by `logic.link`, in one statement."""
    columns = [[getattr(entry, name) for entry in entries] for name in _COLUMNS]
    with connection.cursor() as cursor:
        cursor.execute(APPEND.format(rows=ROWS), columns)


_COLUMNS = ("kind", "subject", "seq", "at", "prev", "hash")


def _lock(subject: uuid.UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"ledger {subject}"])
