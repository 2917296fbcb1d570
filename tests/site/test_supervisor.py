"""The supervisor: what dies is restarted, what is asked to stop stops, what refuses is killed."""

import os
import signal
import subprocess
import sys
import threading
import time

import psutil
import pytest

from yiwang.site import orphans, supervisor
from yiwang.site.supervisor import Child

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)",
]


def run_until(children: list[Child], condition) -> list[str]:
    """Watch the children until the condition holds; return what was said."""
    stop, said = threading.Event(), []
    give_up = time.monotonic() + 10

    def tend() -> None:
        if condition() or time.monotonic() > give_up:
            stop.set()

    supervisor.watch(children, stop, said.append, tend)
    supervisor.finish(children, said.append)
    assert condition() or time.monotonic() < give_up
    return said


def test_a_killed_child_is_started_again_and_said_so():
    child = Child("sleeper", SLEEP)
    supervisor.start(child)
    first = child.process.pid
    child.process.kill()
    said = run_until([child], lambda: child.alive and child.process.pid != first)
    assert child.faults == 1
    assert any("sleeper" in line and "-9" in line for line in said)


def test_pauses_grow_while_a_child_keeps_dying():
    child = Child("brief", [sys.executable, "-c", "raise SystemExit(3)"])
    run_until([child], lambda: child.faults == 2)
    assert child.due - time.monotonic() > 1


def test_a_child_that_does_not_stop_is_killed(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture):
    monkeypatch.setattr(supervisor, "STOP_SECONDS", 0.2)
    child, said = Child("stubborn", STUBBORN), []
    supervisor.start(child)
    while "deaf" not in capfd.readouterr().out:
        time.sleep(0.01)
    supervisor.finish([child], said.append)
    assert not child.alive
    assert len(said) == 1


def test_the_first_signal_stops_and_the_second_kills():
    child = Child("sleeper", SLEEP)
    supervisor.start(child)
    with supervisor.interrupts([child]) as stop:
        os.kill(os.getpid(), signal.SIGINT)
        assert stop.wait(5)
        assert child.alive
        os.kill(os.getpid(), signal.SIGTERM)
        assert not child.alive


def test_a_child_ends_with_its_parent():
    child = (
        f"import sys; sys.path[:0] = {sys.path!r}; from yiwang.site import orphans; orphans.end_with_parent()"
    )
    child += "; print('ready', flush=True); import time; time.sleep(60)"
    parent = f"import subprocess, sys; p = subprocess.Popen([sys.executable, '-c', {child!r}]); print(p.pid, flush=True); p.wait()"
    process = subprocess.Popen([sys.executable, "-c", parent], stdout=subprocess.PIPE, text=True)
    grandchild = psutil.Process(int(process.stdout.readline()))
    assert process.stdout.readline() == "ready\n"
    process.kill()
    process.communicate()
    psutil.wait_procs([grandchild], timeout=5)
    assert not grandchild.is_running() or grandchild.status() == psutil.STATUS_ZOMBIE


def test_asking_the_kernel_twice_is_harmless():
    orphans.end_with_parent(signal.SIGCONT)
    orphans.end_with_parent(signal.SIGCONT)
