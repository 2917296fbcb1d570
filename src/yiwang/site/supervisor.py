"""Keep child processes running: restart what dies, stop everything in order when told to.

Before: launch (which prepares the database). After: `yiwang web` and `yiwang work` as processes of their own.
"""

import contextlib
import dataclasses
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence

from yiwang.site.language import gettext as _

STEADY_SECONDS = 30.0  # a child that lived this long starts its backoff anew
LONGEST_PAUSE = 30.0
STOP_SECONDS = 12.0
Say = Callable[[str], None]


@dataclasses.dataclass
class Child:
    """One process to keep alive: its name, its command line, and what became of it so far."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    faults: int = 0
    since: float = 0.0
    due: float = 0.0

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None


def yiwang(*arguments: str) -> list[str]:
    """Return the command line of one of our own commands."""
    return [sys.executable, "-m", "yiwang.site.cli", *arguments]


@contextlib.contextmanager
def interrupts(children: Sequence[Child]) -> Iterator[threading.Event]:
    """Yield an event that SIGINT and SIGTERM set; a second signal kills the children at once."""
    stop = threading.Event()

    def handle(_number: int, _frame: object) -> None:
        if stop.is_set():
            kill(children)
        stop.set()

    before = {number: signal.signal(number, handle) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def start(child: Child) -> None:
    """Start a child in its own session, so that Ctrl-C reaches only us and we stop it in order."""
    environment = {**os.environ, "YIWANG_SUPERVISED": "1"}
    child.process = subprocess.Popen(
        child.command, env=environment, stdin=subprocess.DEVNULL, start_new_session=True
    )
    child.since = time.monotonic()


def watch(children: Sequence[Child], stop: threading.Event, say: Say, tend: Callable[[], None]) -> None:
    """Restart dead children with growing pauses until `stop` is set; `tend` is called in every round."""
    while not stop.wait(0.2):
        tend()
        for child in children:
            if not child.alive:
                _revive(child, say)


def finish(children: Sequence[Child], say: Say) -> None:
    """Ask the children to end, wait, and kill those that do not."""
    for child in children:
        if child.process and child.alive:
            child.process.terminate()
    give_up = time.monotonic() + STOP_SECONDS
    for child in children:
        if child.process and not _ended(child.process, give_up - time.monotonic()):
            say(_("{name} does not stop and is killed").format(name=child.name))
            kill([child])


def kill(children: Sequence[Child]) -> None:
    """End the children at once, with everything they started."""
    for child in children:
        if child.process and child.alive:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.process.pid, signal.SIGKILL)
            child.process.wait()


def _revive(child: Child, say: Say) -> None:
    now = time.monotonic()
    if child.process is not None:
        child.faults = 0 if now - child.since > STEADY_SECONDS else child.faults + 1
        child.due = now + min(2.0**child.faults / 2, LONGEST_PAUSE)
        text = _("{name} ended unexpectedly (exit code {code}) and starts again in {seconds:.1f} s")
        say(text.format(name=child.name, code=child.process.returncode, seconds=child.due - now))
        child.process = None
    elif now >= child.due:
        start(child)


def _ended(process: subprocess.Popen[bytes], seconds: float) -> bool:
    try:
        process.wait(max(seconds, 0.01))
    except subprocess.TimeoutExpired:
        return False
    return True
