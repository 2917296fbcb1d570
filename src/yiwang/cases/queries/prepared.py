"""Run a hot statement prepared on the server: parsed and planned once for each connection, not each time.

Statements carry PostgreSQL's own placeholders ($1, $2, …), so that nothing has to be rewritten on the way.
"""

import sys
from collections.abc import Sequence
from typing import Any

import psycopg
from django.db import connection


def run(statement: str, given: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Return the rows of a statement. Faults come as Django's, as from any other query."""
    connection.ensure_connection()
    server = connection.connection
    if server.prepare_threshold is None:  # Django's way to say never; we say: only where asked for
        server.prepare_threshold = sys.maxsize
    with connection.wrap_database_errors, psycopg.RawCursor(server) as cursor:
        cursor.execute(statement, given, prepare=True)
        return cursor.fetchall()
