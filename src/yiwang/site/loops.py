"""Run small repeated steps in threads: each on its own pace, woken early by a PostgreSQL notification.

A fault in one loop is logged and retried with growing pauses; it never stops the others, and a lost database
is waited for. When told to stop, a loop finishes the step it is in.
Before: work (which says what is repeated). After: the rooms' actions.
"""

import contextlib
import dataclasses
import logging
import threading
from collections.abc import Callable, Iterator, Sequence

from django.db import DatabaseError, InterfaceError, connection

logger = logging.getLogger(__name__)
LONGEST_PAUSE = 30.0


@dataclasses.dataclass(frozen=True)
class Loop:
    """One repeated step. A step that returns a true value had work and is run again at once.

    `interval` is the pause in seconds after a step without work; a notification on `channel` ends it early.
    """

    name: str
    step: Callable[[], object]
    interval: float
    channel: str | None = None


@contextlib.contextmanager
def running(loops: Sequence[Loop], stop: threading.Event) -> Iterator[None]:
    """Run the loops until the block ends, then set `stop` and wait for their current steps."""
    wakes = {loop.name: threading.Event() for loop in loops}
    if len(wakes) != len(loops):
        raise ValueError("two loops have one name")
    threads = [_thread(loop.name, repeat, loop, wakes[loop.name], stop) for loop in loops]
    threads.append(_thread("listener", listen, loops, wakes, stop))
    try:
        yield
    finally:
        stop.set()
        for wake in wakes.values():
            wake.set()
        for thread in threads:
            thread.join()


def repeat(loop: Loop, wake: threading.Event, stop: threading.Event) -> None:
    """Run one loop's step until `stop` is set."""
    faults = 0
    while not stop.is_set():
        wake.clear()
        try:
            if loop.step():
                faults = 0
                continue
            faults = 0
        except Exception as fault:  # noqa: BLE001 - whatever a room raises, the loop goes on
            faults += 1
            _report(loop.name, fault)
            connection.close()
            stop.wait(min(loop.interval * 2**faults, LONGEST_PAUSE))
            continue
        wake.wait(loop.interval)
    connection.close()


def listen(loops: Sequence[Loop], wakes: dict[str, threading.Event], stop: threading.Event) -> None:
    """Turn notifications into wake-ups until `stop` is set; without them the intervals still hold."""
    channels = sorted({loop.channel for loop in loops if loop.channel})
    while channels and not stop.is_set():
        try:
            _listen_once(channels, loops, wakes, stop)
        except Exception as fault:  # noqa: BLE001 - the loops live on without their wake-ups
            _report("listener", fault)
            connection.close()
            stop.wait(1)
    connection.close()


def _listen_once(
    channels: list[str], loops: Sequence[Loop], wakes: dict[str, threading.Event], stop: threading.Event
) -> None:
    with connection.cursor() as cursor:
        for channel in channels:
            cursor.execute(f'LISTEN "{channel}"')
    while not stop.is_set():
        for note in connection.connection.notifies(timeout=0.5):
            for loop in loops:
                if loop.channel == note.channel:
                    wakes[loop.name].set()


def _thread(name: str, function: Callable[..., None], *arguments: object) -> threading.Thread:
    thread = threading.Thread(target=function, name=name, args=arguments)
    thread.start()
    return thread


def _report(name: str, fault: Exception) -> None:
    if isinstance(fault, DatabaseError | InterfaceError) and connection.connection is None:
        logger.warning("%s: no database: %s", name, str(fault).strip())
    else:
        logger.error("%s failed and will be tried again", name, exc_info=fault)
