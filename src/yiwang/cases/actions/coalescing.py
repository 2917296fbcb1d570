"""Group commit: writers that come while others are being written share one statement and one fsync.

A writer who finds few enough statements on their way leads: it takes everything that waits and writes it.
When it has finished, the oldest of those who came meanwhile leads in turn. No thread of its own, no timer:
alone, a writer writes at once. A batch that fails is written one by one, so that each writer meets only its
own fault.
"""

import threading
from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
MOST = 200
ABREAST = (
    2  # statements on their way at once: one is planned and fills pages while the other waits for its fsync
)


class _Ticket(Generic[Item, Result]):
    """One writer's item. Its turn comes when another leader has written it, or when it is to lead itself."""

    __slots__ = ("done", "fault", "item", "result", "turn")

    def __init__(self, item: Item) -> None:
        self.item = item
        self.turn = threading.Lock()
        self.turn.acquire()
        self.done = False
        self.result: Result | None = None
        self.fault: BaseException | None = None


class Coalescer(Generic[Item, Result]):
    """`write` takes many items and returns what all of them share; `apart` tells items that must not share."""

    def __init__(self, write: Callable[[Sequence[Item]], Result], apart: Callable[[Item], Hashable]) -> None:
        self._write, self._apart = write, apart
        self._lock = threading.Lock()
        self._leaders = 0
        self._waiting: list[_Ticket[Item, Result]] = []

    def submit(self, item: Item) -> Result:
        """Write an item, alone or with others; return the result of its batch or raise its own fault."""
        ticket: _Ticket[Item, Result] = _Ticket(item)
        with self._lock:
            leads = self._leaders < ABREAST
            if leads:
                self._leaders += 1
            else:
                self._waiting.append(ticket)
        if not leads:
            ticket.turn.acquire()
        if not ticket.done:
            self._lead(ticket)
        if ticket.fault is not None:
            raise ticket.fault
        return ticket.result  # type: ignore[return-value]

    def _lead(self, own: _Ticket[Item, Result]) -> None:
        """Write what waits, let the next one lead, and only then wake those who were written."""
        batch = self._taken(own)
        try:
            self._serve(batch)
        finally:
            self._pass_on()
            for ticket in batch[1:]:
                ticket.turn.release()

    def _taken(self, own: _Ticket[Item, Result]) -> list[_Ticket[Item, Result]]:
        """Return the leader's ticket and those that may share its statement; leave the rest waiting."""
        with self._lock:
            seen = {self._apart(own.item)}
            batch: list[_Ticket[Item, Result]] = [own]
            rest: list[_Ticket[Item, Result]] = []
            for ticket in self._waiting:
                mark = self._apart(ticket.item)
                (rest if mark in seen or len(batch) >= MOST else batch).append(ticket)
                seen.add(mark)
            self._waiting = rest
            return batch

    def _pass_on(self) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.pop(0).turn.release()
            else:
                self._leaders -= 1

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
