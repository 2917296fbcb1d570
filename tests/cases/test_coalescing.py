"""Group commit: every item is written once, in company if there is any, and meets only its own fault."""

import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from yiwang.cases.actions import coalescing

PATIENCE = 10.0


class Book:
    """What was written: batches in their order. A closed gate holds writers inside their statement."""

    def __init__(self, apart=lambda item: item) -> None:
        self.batches: list[list[object]] = []
        self.writing = self.most = 0
        self.gate, self.lock = threading.Event(), threading.Lock()
        self.gate.set()
        self.coalescer = coalescing.Coalescer(self.write, apart)

    def write(self, items: Sequence[object]) -> tuple[object, ...]:
        with self.lock:
            self.writing += 1
            self.most = max(self.most, self.writing)
            self.batches.append(list(items))
        assert self.gate.wait(PATIENCE)
        with self.lock:
            self.writing -= 1
        if "bad" in items:
            raise ValueError("bad")
        return tuple(items)

    def written(self) -> list[object]:
        return [item for batch in self.batches for item in batch]

    def until(self, *, writing: int, waiting: int) -> None:
        """Wait until so many statements are on their way and so many writers wait."""
        end = time.monotonic() + PATIENCE
        while (self.writing, len(self.coalescer._waiting)) != (writing, waiting):
            assert time.monotonic() < end, (self.writing, len(self.coalescer._waiting))
            time.sleep(0.001)


@pytest.fixture
def pool():
    with ThreadPoolExecutor(coalescing.MOST + 20) as pool:
        yield pool


def held(pool: ThreadPoolExecutor, book: Book, items: Sequence[object]) -> list[Future]:
    """Submit as many items as may lead, and then all others while those are still being written."""
    book.gate.clear()
    leading, later = items[: coalescing.ABREAST], items[coalescing.ABREAST :]
    futures = []
    for count, item in enumerate(leading, 1):
        futures.append(pool.submit(book.coalescer.submit, item))
        book.until(writing=count, waiting=0)
    for count, item in enumerate(later, 1):
        futures.append(pool.submit(book.coalescer.submit, item))
        book.until(writing=len(leading), waiting=count)
    return futures


def test_alone_a_writer_writes_at_once():
    book = Book()
    assert book.coalescer.submit("a") == ("a",)
    assert book.coalescer.submit("b") == ("b",)
    assert book.batches == [["a"], ["b"]]


def test_those_who_come_meanwhile_share_a_statement(pool):
    book, items = Book(), list(range(12))
    futures = held(pool, book, items)
    book.gate.set()
    results = [future.result(PATIENCE) for future in futures]
    assert all(item in result for item, result in zip(items, results, strict=True))
    assert book.batches[: coalescing.ABREAST] == [[item] for item in items[: coalescing.ABREAST]]
    assert sorted(book.written()) == items
    assert len(book.batches) <= 2 * coalescing.ABREAST


def test_items_of_one_case_never_share_and_keep_their_order(pool):
    book = Book(apart=lambda item: item[0])
    items = [("x", 0), ("x", 1), ("x", 2), ("y", 3), ("x", 4), ("z", 5)]
    futures = held(pool, book, items)
    book.gate.set()
    for future in futures:
        future.result(PATIENCE)
    for batch in book.batches:
        assert len({case for case, _ in batch}) == len(batch)
    assert sorted(book.written()) == sorted(items)


def test_a_fault_reaches_its_owner_only(pool):
    book, items = Book(), ["a", "b", "c", "bad", "d", "e"]
    futures = held(pool, book, items)
    book.gate.set()
    outcomes = [future.exception(PATIENCE) for future in futures]
    assert [type(one).__name__ for one in outcomes] == ["NoneType"] * 3 + ["ValueError"] + ["NoneType"] * 2
    assert book.coalescer.submit("after") == ("after",)


def test_a_statement_has_an_upper_size(pool):
    book, items = Book(), list(range(coalescing.MOST + coalescing.ABREAST + 10))
    futures = held(pool, book, items)
    book.gate.set()
    for future in futures:
        future.result(PATIENCE)
    assert max(map(len, book.batches)) == coalescing.MOST
    assert sorted(book.written()) == items


def test_under_load_each_is_written_once_and_few_statements_are_on_their_way(pool):
    book, items = Book(apart=lambda item: item % 7), list(range(400))
    results = list(pool.map(book.coalescer.submit, items))
    assert all(item in result for item, result in zip(items, results, strict=True))
    assert sorted(book.written()) == items
    assert book.most <= coalescing.ABREAST
    assert not book.coalescer._waiting


def test_a_writer_that_is_interrupted_leaves_the_others_a_leader(pool):
    """Whoever leads may be stopped; those who waited are told, and the next one writes as ever."""
    book = Book()
    stopped = threading.Event()

    def write(items):
        book.write(items)
        if not stopped.is_set():
            stopped.set()
            raise SystemExit

    book.coalescer = coalescing.Coalescer(write, lambda item: item)
    with pytest.raises(SystemExit):
        book.coalescer.submit("a")
    book.coalescer.submit("b")
    assert book.batches == [["a"], ["b"]]
