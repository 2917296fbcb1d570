"""`yiwang demo` and `yiwang up`: prepare the database, then keep web and work running until told to stop.

Before: the commands. After: postgres, database, supervisor. PostgreSQL is started first and stopped last.
"""

import contextlib
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence

from yiwang.site import database, postgres, progress, supervisor, web
from yiwang.site.language import gettext as _

READY_SECONDS = 60.0


def run(host: str, port: int, fill: Callable[[], Sequence[str]]) -> None:
    """Start everything, keep it running until SIGINT or SIGTERM, stop everything.

    `fill` puts the first content into a migrated database and returns lines to show with the address.
    """
    children: list[supervisor.Child] = []
    with supervisor.interrupts(children) as stop, _database():
        lines = _prepare(fill)
        if stop.is_set():
            return
        taken, port = port, web.free_port(host, port)
        if port != taken:
            progress.note(_("Port {taken} is taken; using {port}").format(taken=taken, port=port))
        children += [
            supervisor.Child("web", supervisor.yiwang("web", "--host", host, "--port", str(port))),
            supervisor.Child("work", supervisor.yiwang("work")),
        ]
        try:
            with progress.step(_("Start web and worker")):
                for child in children:
                    supervisor.start(child)
                _wait_ready(host, port, stop)
            if not stop.is_set():
                _welcome(host, port, lines)
            supervisor.watch(children, stop, progress.note, _tend)
        finally:
            with progress.step(_("Stop web and worker")):
                supervisor.finish(children, progress.note)


@contextlib.contextmanager
def _database() -> Iterator[None]:
    """Start the embedded PostgreSQL if it is ours to start, and stop it in the end."""
    if not postgres.in_use():
        yield
        return
    with progress.step(_("Start PostgreSQL")):
        postgres.ensure_running()
    try:
        yield
    finally:
        with progress.step(_("Stop PostgreSQL")):
            postgres.stop()


def _prepare(fill: Callable[[], Sequence[str]]) -> Sequence[str]:
    """Migrate and fill, then close this process's own connections."""
    database.setup()
    try:
        database.migrate()
        return fill()
    finally:
        database.disconnect()


def _wait_ready(host: str, port: int, stop: threading.Event) -> None:
    """Wait until the web process answers; children that die meanwhile are the watcher's business."""
    give_up = time.monotonic() + READY_SECONDS
    while not stop.is_set() and time.monotonic() < give_up:
        with contextlib.suppress(urllib.error.URLError, OSError):
            urllib.request.urlopen(f"{_address(host, port)}/healthz", timeout=2).close()  # noqa: S310
            return
        time.sleep(0.1)


def _welcome(host: str, port: int, lines: Sequence[str]) -> None:
    progress.say("")
    progress.say(_("[bold]Open {address}[/]").format(address=_address(host, port)))
    for line in lines:
        progress.say(line)
    progress.say(_("[dim]Ctrl-C stops everything.[/]"))


def _address(host: str, port: int) -> str:
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104
    return f"http://{f'[{shown}]' if ':' in shown and not shown.startswith('[') else shown}:{port}"


_tended = [0.0]


def _tend() -> None:
    """Bring the embedded server back if it was killed."""
    if postgres.in_use() and time.monotonic() - _tended[0] > 1:
        _tended[0] = time.monotonic()
        if not postgres.status().running:
            progress.note(_("PostgreSQL ended unexpectedly and is started again"))
            postgres.ensure_running()
