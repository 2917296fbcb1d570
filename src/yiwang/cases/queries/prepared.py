"""Run a hot statement prepared on the server: parsed and planned once for each connection, not each time.

Statements carry PostgreSQL's own placeholders ($1, $2, …), so that nothing has to be rewritten on the way.
Each bears being sent twice: a read by nature, a write because it carries keys and the numbers it builds on.
"""

import sys
from collections.abc import Sequence
from typing import Any

import psycopg
from django.db import OperationalError, connection

Rows = list[tuple[Any, ...]]


def run(statement: str, given: Sequence[Any]) -> Rows:
    """Return the rows of a statement. Faults come as Django's, as from any other query.

    A connection that was lost (the server was restarted) is made anew once, outside of transactions.
    """
    try:
        return _run(statement, given)
    except OperationalError:
        if connection.in_atomic_block or connection.is_usable():
            raise
        connection.close()
        return _run(statement, given)


def _run(statement: str, given: Sequence[Any]) -> Rows:
    connection.ensure_connection()
    server = connection.connection
    if server.prepare_threshold is None:  # Django's way to say never; we say: only where asked for
        server.prepare_threshold = sys.maxsize
    with connection.wrap_database_errors, psycopg.RawCursor(server) as cursor:
        cursor.execute(statement, given, prepare=True)
        return cursor.fetchall()
