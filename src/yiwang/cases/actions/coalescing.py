"""Group commit: writers that wait at the same moment share one statement and one fsync.

The first writer to get the turn takes everything that waits and writes it; the others find their result.
No thread of its own, no timer: alone, a writer writes at once. A batch that fails is written one by one,
so that each writer meets only its own fault.
"""

import threading
from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
MOST = 200


class _Ticket(Generic[Item, Result]):
    def __init__(self, item: Item) -> None:
        self.item = item
        self.done = False
        self.result: Result | None = None
        self.fault: BaseException | None = None


class Coalescer(Generic[Item, Result]):
    """`write` takes many items and returns what all of them share; `apart` tells items that must not share."""

    def __init__(self, write: Callable[[Sequence[Item]], Result], apart: Callable[[Item], Hashable]) -> None:
        self._write, self._apart = write, apart
        self._turn, self._lock = threading.Lock(), threading.Lock()
        self._waiting: list[_Ticket[Item, Result]] = []

    def submit(self, item: Item) -> Result:
        """Write an item, alone or with others; return the result of its batch or raise its own fault."""
        ticket: _Ticket[Item, Result] = _Ticket(item)
        with self._lock:
            self._waiting.append(ticket)
        while not ticket.done:
            with self._turn:
                if not ticket.done:
                    self._serve(self._taken())
        if ticket.fault is not None:
            raise ticket.fault
        return ticket.result  # type: ignore[return-value]

    def _taken(self) -> list[_Ticket[Item, Result]]:
        """Take the oldest tickets that may share a statement, and leave the rest waiting."""
        with self._lock:
            seen: set[Hashable] = set()
            batch, rest = [], []
            for ticket in self._waiting:
                mark = self._apart(ticket.item)
                (rest if mark in seen or len(batch) >= MOST else batch).append(ticket)
                seen.add(mark)
            self._waiting = rest
            return batch

    def _serve(self, batch: list[_Ticket[Item, Result]]) -> None:
        try:
            result = self._write([ticket.item for ticket in batch])
        except Exception as fault:  # noqa: BLE001 - handed to its owner
            self._one_by_one(batch, fault)
            return
        except BaseException as fault:
            for ticket in batch:
                ticket.fault, ticket.done = fault, True
            raise
        for ticket in batch:
            ticket.result, ticket.done = result, True

    def _one_by_one(self, batch: list[_Ticket[Item, Result]], fault: Exception) -> None:
        if len(batch) == 1:
            batch[0].fault, batch[0].done = fault, True
            return
        for ticket in batch:
            self._serve([ticket])
