"""Events and effects for the outbox tests: an effect is a row, so that it commits with its delivery."""

import dataclasses
import datetime as dt
import uuid
from typing import ClassVar

from django.db import connection

from yiwang.kernel.outbox.definitions import Registry


@dataclasses.dataclass(frozen=True, slots=True)
class Item:
    name: str
    count: int = 1


@dataclasses.dataclass(frozen=True, slots=True)
class Opened:
    """Something was opened."""

    topic: ClassVar[str] = "test.opened"
    n: int
    case: uuid.UUID | None = None
    at: dt.datetime | None = None
    items: tuple[Item, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Closed:
    """Something was closed."""

    topic: ClassVar[str] = "test.closed"
    n: int


def run(sql: str, params=()) -> list:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall() if cursor.description else []


def table() -> None:
    run("CREATE TABLE IF NOT EXISTS test_effect (id bigserial, who text, n int)")


def effects(who: str = "taker") -> list[int]:
    return [n for (n,) in run("SELECT n FROM test_effect WHERE who = %s ORDER BY id", [who])]


def effect(n: int, who: str = "taker") -> None:
    run("INSERT INTO test_effect (who, n) VALUES (%s, %s)", [who, n])


def taker(who: str = "taker"):
    """Return a handler that records what it was given."""

    def handle(batch):
        for one in batch:
            effect(one.event.n, who)

    return handle


def picky(bad: set[int], who: str = "picky"):
    """Return a handler that breaks on some numbers, after it has already written."""

    def handle(batch):
        for one in batch:
            effect(one.event.n, who)
            if one.event.n in bad:
                raise ValueError(f"cannot take {one.event.n}")

    return handle


def registry(*handlers) -> Registry:
    """Return a registry with both event types, and (name, handle) pairs that hear `Opened`."""
    made = Registry()
    made.declare(Opened, Closed)
    for name, handle in handlers:
        made.on(Opened, name, handle)
    return made
