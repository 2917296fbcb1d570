"""A small owner of ledger payloads: notes in a table of their own."""

import datetime as dt
import json
import uuid

import uuid_utils
from django.db import connection

from yiwang.kernel.ledger import actions, definitions, logic

AT = dt.datetime(2026, 11, 22, 9, 30, 0, 123456, tzinfo=dt.UTC)


def table() -> None:
    run(
        "CREATE TABLE IF NOT EXISTS test_note (subject uuid, seq int, content jsonb, PRIMARY KEY (subject, seq))"
    )


def run(sql: str, params=()) -> list:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall() if cursor.description else []


def tamper(sql: str, params=()) -> None:
    """Change rows as someone with the database's password would: past the triggers."""
    run("SET LOCAL session_replication_role = replica")
    run(sql, params)
    run("SET LOCAL session_replication_role = origin")


def subject() -> uuid.UUID:
    return uuid.UUID(bytes=uuid_utils.uuid7().bytes)


def note(of: uuid.UUID, content, at: dt.datetime = AT) -> definitions.Entry:
    """Write a note and its ledger entry, as an owning room does."""
    entry = actions.append("note", of, content, at)
    run("INSERT INTO test_note VALUES (%s, %s, %s)", [of, entry.seq, json.dumps(content)])
    return entry


def story(steps: int = 3) -> uuid.UUID:
    of = subject()
    for number in range(steps):
        note(of, {"text": f"第{number}步", "amount": number}, AT + dt.timedelta(minutes=number))
    return of


def many(count: int) -> list[uuid.UUID]:
    """Write `count` subjects of one step each, in bulk."""
    subjects = [subject() for _ in range(count)]
    entries = [logic.link(logic.GENESIS, "note", one, 1, AT, {"n": n}) for n, one in enumerate(subjects)]
    actions.write(entries)
    rows = [json.dumps({"n": n}) for n in range(count)]
    run(
        "INSERT INTO test_note SELECT s, 1, c FROM unnest(%s::uuid[], %s::jsonb[]) AS t(s, c)",
        [subjects, rows],
    )
    return subjects


def source() -> definitions.Source:
    def payloads(subjects):
        rows = run(
            "SELECT subject, seq, content::text FROM test_note WHERE subject = ANY(%s)", [list(subjects)]
        )
        return [(one, seq, json.loads(content)) for one, seq, content in rows]

    def subjects(after, limit):
        sql = "SELECT subject FROM test_note WHERE subject > %s ORDER BY subject LIMIT %s"
        rows = run(sql, [after, limit])
        return [one for (one,) in rows]

    def find(word):
        rows = run("SELECT subject FROM test_note WHERE content->>'number' = %s", [word])
        return rows[0][0] if rows else None

    return definitions.Source("note", payloads, subjects, find)
