"""Standing loops: work at once while there is some, wake by notification, survive faults and a lost database."""

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from django.db import connection

from yiwang.site import loops
from yiwang.site.loops import Loop

pytestmark = pytest.mark.django_db(transaction=True)


def eventually(condition: Callable[[], bool], seconds: float = 5) -> bool:
    give_up = time.monotonic() + seconds
    while not condition() and time.monotonic() < give_up:
        time.sleep(0.005)
    return condition()


def test_a_step_with_work_is_run_again_at_once():
    left = [3]

    def step() -> int:
        left[0] = max(left[0] - 1, 0)
        return left[0]

    with loops.running([Loop("busy", step, interval=60)], threading.Event()):
        assert eventually(lambda: left[0] == 0)


def test_a_notification_wakes_the_loop_of_its_channel():
    steps: list[float] = []
    quiet = Loop("quiet", lambda: steps.append(time.monotonic()), interval=60, channel="yiwang_test_channel")
    with loops.running([quiet], threading.Event()):
        assert eventually(lambda: len(steps) == 1)
        give_up = time.monotonic() + 5
        while len(steps) < 2 and time.monotonic() < give_up:  # until the listener has begun to listen
            with connection.cursor() as cursor:
                cursor.execute("NOTIFY yiwang_test_channel")
            time.sleep(0.01)
        assert len(steps) >= 2


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Give what the loops log, whatever other tests have made of logging in this process."""
    lines: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(record.getMessage())
    monkeypatch.setattr(loops.logger, "disabled", False)
    loops.logger.addHandler(handler)
    yield lines
    loops.logger.removeHandler(handler)


def test_a_fault_stops_neither_its_own_loop_nor_another(said: list[str]):
    tries, others = [], []

    def broken() -> None:
        tries.append(1)
        raise RuntimeError("broken on purpose")

    standing = [
        Loop("broken", broken, interval=0.001),
        Loop("other", lambda: others.append(1), interval=0.001),
    ]
    with loops.running(standing, threading.Event()):
        assert eventually(lambda: len(tries) >= 3 and len(others) >= 3)
    assert "broken failed and will be tried again" in said


def test_a_lost_connection_is_opened_anew():
    pids: list[int] = []

    def step() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            pids.append(cursor.fetchone()[0])

    with loops.running([Loop("steady", step, interval=0.01)], threading.Event()):
        assert eventually(lambda: bool(pids))
        first = pids[0]
        with connection.cursor() as cursor, contextlib.suppress(Exception):
            cursor.execute("SELECT pg_terminate_backend(%s)", [first])
        assert eventually(lambda: pids[-1] != first)


def test_the_current_step_is_finished_before_the_end():
    begun, done = threading.Event(), []

    def step() -> None:
        begun.set()
        time.sleep(0.1)
        done.append(1)

    with loops.running([Loop("slow", step, interval=60)], threading.Event()):
        begun.wait(5)
    assert done == [1]


def test_two_loops_of_one_name_are_refused():
    with (
        pytest.raises(ValueError),
        loops.running([Loop("a", bool, 1), Loop("a", bool, 1)], threading.Event()),
    ):
        pass
