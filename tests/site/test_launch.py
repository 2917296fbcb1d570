"""`yiwang up` from nothing: it starts everything, outlives kills, and leaves nothing behind when it stops."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from yiwang.site import web

pytestmark = pytest.mark.chaos


def eventually(condition: Callable[[], object], seconds: float) -> bool:
    give_up = time.monotonic() + seconds
    while time.monotonic() < give_up:
        if condition():
            return True
        time.sleep(0.1)
    return False


class Platform:
    """A running `yiwang up` with a home of its own."""

    def __init__(self, home: Path) -> None:
        self.home, self.port = home, web.free_port("127.0.0.1", 18000)
        environment = {**os.environ, "YIWANG_HOME": str(home), "YIWANG_LANG": "en"}
        environment.pop("DATABASE_URL", None)
        command = [sys.executable, "-m", "yiwang.site.cli", "up", "--port", str(self.port)]
        self.process = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as answer:
                return json.load(answer)["database"]
        except OSError:
            return False

    def started(self) -> bool:
        return eventually(lambda: self.process.poll() is not None or self.healthy(), 60) and self.healthy()

    def member(self, word: str) -> psutil.Process | None:
        """Return our live child whose command line has the word."""
        for child in psutil.Process(self.process.pid).children():
            with contextlib.suppress(psutil.Error):  # killed, and not yet noticed by its parent
                if word in child.cmdline():
                    return child
        return None

    def kill_and_await_successor(self, word: str) -> None:
        victim = self.member(word)
        victim.kill()
        assert eventually(lambda: (now := self.member(word)) and now.pid != victim.pid, 10)

    def server(self) -> psutil.Process | None:
        try:
            number = (self.home / "postgres" / "data" / "postmaster.pid").read_text().split()[0]
            return psutil.Process(int(number))
        except (OSError, IndexError, psutil.Error):
            return None

    def everything(self) -> list[psutil.Process]:
        own = psutil.Process(self.process.pid)
        return [own, *own.children(recursive=True), *filter(None, [self.server()])]


@pytest.fixture
def platform(tmp_path: Path):
    running = Platform(tmp_path)
    yield running
    if running.process.poll() is None:
        for process in running.everything():
            process.kill()
    running.process.communicate()


def test_it_starts_heals_and_stops_leaving_nothing(platform: Platform):
    assert platform.started(), platform.process.stdout.read()
    assert eventually(lambda: platform.member("work"), 5)
    for word in ("web", "work"):
        platform.kill_and_await_successor(word)
    assert eventually(platform.healthy, 10)
    platform.server().kill()
    assert eventually(platform.healthy, 15)
    everything = platform.everything()
    begun = time.monotonic()
    platform.process.send_signal(signal.SIGINT)
    output, _ = platform.process.communicate(timeout=30)
    assert platform.process.returncode == 0, output
    assert time.monotonic() - begun < 15
    assert not psutil.wait_procs(everything, timeout=5)[1]
    assert f"Open http://127.0.0.1:{platform.port}" in output
    assert "Traceback" not in output, output


def test_when_the_supervisor_is_killed_its_children_end(platform: Platform):
    assert platform.started(), platform.process.stdout.read()
    assert eventually(lambda: platform.member("work"), 5)
    everything = platform.everything()
    platform.process.kill()
    assert not psutil.wait_procs(everything, timeout=25)[1]
