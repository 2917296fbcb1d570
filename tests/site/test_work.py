"""The queue worker: runs what was enqueued, and comes back when its connections are cut."""

import threading
import time
from collections.abc import Iterator

import pytest
from django.db import connection
from procrastinate.contrib.django import app as queue

from yiwang.site import work

pytestmark = pytest.mark.django_db(transaction=True)
seen: list[str] = []


@queue.task(name="tests.note")
def note(word: str) -> None:
    seen.append(word)


@pytest.fixture(autouse=True)
def empty_queue() -> None:
    """Start without jobs: Django's flush leaves the queue's own tables alone."""
    seen.clear()
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")


@pytest.fixture
def worker() -> Iterator[None]:
    stop = threading.Event()
    thread = threading.Thread(target=work.serve_queue, args=[stop])
    thread.start()
    yield
    stop.set()
    thread.join(20)
    assert not thread.is_alive()


def arrives(word: str) -> bool:
    give_up = time.monotonic() + 15
    while word not in seen and time.monotonic() < give_up:
        time.sleep(0.01)
    return word in seen


def test_a_job_enqueued_is_run_and_forgotten(worker: None):
    note.defer(word="first")
    assert arrives("first")
    assert done()


def test_the_worker_outlives_its_connections(worker: None):
    note.defer(word="before")
    assert arrives("before")
    assert done()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    note.defer(word="after")
    assert arrives("after")


@pytest.mark.parametrize(
    ("worker_seen", "started", "attempts", "revived"),
    [
        ("now()", "now()", 0, 0),  # its worker lives and it has just begun
        ("now() - interval '2 min'", "now()", 0, 1),  # its worker was killed
        ("now()", "now() - interval '2 h'", 0, 1),  # its end was never reported
        ("now() - interval '2 min'", "now()", 10, 0),  # it has killed ten workers
    ],
)
def test_a_job_left_behind_is_given_back(worker_seen: str, started: str, attempts: int, revived: int):
    note.defer(word="left")
    sql(f"INSERT INTO procrastinate_workers (last_heartbeat) VALUES ({worker_seen})")
    sql(
        "UPDATE procrastinate_jobs SET status = 'doing', attempts = %s,"
        " worker_id = (SELECT max(id) FROM procrastinate_workers)",
        attempts,
    )
    sql(f"UPDATE procrastinate_events SET at = {started} WHERE type = 'started'")
    assert work.revive() == revived
    assert sql("SELECT status = 'todo' FROM procrastinate_jobs") is bool(revived)


def done() -> bool:
    give_up = time.monotonic() + 5
    while sql("SELECT count(*) FROM procrastinate_jobs") and time.monotonic() < give_up:
        time.sleep(0.01)
    return not sql("SELECT count(*) FROM procrastinate_jobs")


def sql(text: str, *values: object) -> object:
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        return cursor.fetchone()[0] if cursor.description else None
