"""Writing batches: two threads, so that while the database stores one batch the next is being decided.

Before: batches of openings. After: their results, in the same order. Each batch is one transaction.
"""

import collections
import threading
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Protocol, TypeVar

from django.db import connection, connections, transaction

from yiwang.cases import actions as cases
from yiwang.cases.actions.opening import Opened
from yiwang.cases.definitions.facts import Opening
from yiwang.cases.definitions.refusals import Refused

THREADS = 2
Results = list[Opened | Refused]


class Batch(Protocol):
    @property
    def openings(self) -> Sequence[Opening]: ...


B = TypeVar("B", bound=Batch)


def in_order(batches: Iterable[B], *, dry: bool) -> Iterator[tuple[B, Results]]:
    """Yield each batch with its results. Inside a transaction everything is written in the caller's thread."""
    if connection.in_atomic_block:
        yield from ((batch, _write(batch.openings, dry)) for batch in batches)
        return
    with ThreadPoolExecutor(THREADS, thread_name_prefix="import") as pool:
        try:
            yield from _pipelined(pool, batches, dry)
        finally:
            _disconnect(pool)


def _pipelined(pool: ThreadPoolExecutor, batches: Iterable[B], dry: bool) -> Iterator[tuple[B, Results]]:
    waiting: collections.deque[tuple[B, set[str], Future[Results]]] = collections.deque()
    for batch in batches:
        keys = {one.key for one in batch.openings}
        # Two transactions inserting the same keys would wait for each other.
        while len(waiting) >= THREADS or any(keys & others for _, others, _ in waiting):
            first, _, results = waiting.popleft()
            yield first, results.result()
        waiting.append((batch, keys, pool.submit(_write, batch.openings, dry)))
    for last, _, results in waiting:
        yield last, results.result()


def _write(openings: Sequence[Opening], dry: bool) -> Results:
    with transaction.atomic():
        results = cases.open_many(openings)
        if dry:
            transaction.set_rollback(True)
    return results


def _disconnect(pool: ThreadPoolExecutor) -> None:
    """Close the connection of each thread: the barrier gives every thread exactly one of the calls."""
    together = threading.Barrier(THREADS)

    def close() -> None:
        together.wait()
        connections.close_all()

    for one in [pool.submit(close) for _ in range(THREADS)]:
        one.result()
