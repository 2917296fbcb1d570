"""A town's real processes in a home of its own, to be killed: embedded PostgreSQL, `yiwang web`, two `yiwang work`."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
STEPS, PATIENCE = 12, 6.0
MEMBERS = ("web", "work", "work again")


class Town:
    """Processes by name. `kill` is SIGKILL for all that a process started; `start` brings it back."""

    def __init__(self, home: Path, port: int) -> None:
        self.home, self.port = home, port
        self.environment = {
            **{
                name: value
                for name, value in os.environ.items()
                if name not in {"DATABASE_URL", "YIWANG_PACKS"}
            },
            "YIWANG_HOME": str(home),
            "DJANGO_SETTINGS_MODULE": "yiwang.site.settings",
            "YIWANG_LOG": "ERROR",
            "YIWANG_LANG": "en",
        }
        self.members: dict[str, subprocess.Popen[bytes]] = {}
        self.log = (home / "log").open("ab")

    def start(self, name: str) -> None:
        arguments = ["web", "--port", str(self.port)] if name == "web" else ["work"]
        self.members[name] = self.run([sys.executable, "-m", "yiwang.site.cli", *arguments])

    def run(self, command: list[str]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            command, env=self.environment, stdout=self.log, stderr=self.log, cwd=ROOT, start_new_session=True
        )

    def kill(self, name: str) -> None:
        process = self.members.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def server(self) -> psutil.Process | None:
        """Return the embedded server's first process, if it runs; its pid file alone is not believed."""
        data = self.home / "postgres" / "data"
        try:
            process = psutil.Process(int((data / "postmaster.pid").read_text().split()[0]))
            return process if str(data) in process.cmdline() else None
        except (OSError, IndexError, ValueError, psutil.Error):
            return None

    def kill_server(self) -> None:
        """Kill the server with all its backends; whoever connects next starts it again."""
        if server := self.server():
            for process in [server, *server.children(recursive=True)]:
                with contextlib.suppress(psutil.Error):
                    process.kill()

    def torment(self, seed: int, kills: int, progress: Callable[[], int]) -> list[str]:
        """Kill so many times at random, each time once the town has done something again; return who was killed."""
        luck, killed = random.Random(seed), ["server", *MEMBERS]
        killed += [luck.choice(killed) for _ in range(kills - len(killed))]
        luck.shuffle(killed)
        for victim in killed:
            self.await_progress(progress)
            time.sleep(luck.uniform(0, 1))
            if victim == "server":
                self.kill_server()
            else:
                self.kill(victim)
                time.sleep(luck.uniform(0, 0.3))
                self.start(victim)
        return killed

    @staticmethod
    def await_progress(progress: Callable[[], int]) -> None:
        before, give_up = progress(), time.monotonic() + PATIENCE
        while progress() < before + STEPS and time.monotonic() < give_up:
            time.sleep(0.05)

    def end(self) -> None:
        for name in list(self.members):
            self.kill(name)
        self.kill_server()
        self.log.close()
