"""The server process: start it, wait until it answers, stop it. Callers hold `locks.starting`."""

import contextlib
import signal
import subprocess
import time
from collections.abc import Callable

import psutil
import psycopg
import psycopg.sql

from yiwang.site.language import gettext as _
from yiwang.site.postgres import errors, identity
from yiwang.site.postgres.cluster import Cluster, program

START_SECONDS = 120.0  # crash recovery replays the log first
HELD_SECONDS = 30.0  # after kill -9 the shared memory of the dead server is held for a while
STOP_SECONDS = 15.0
SETTLE_SECONDS = 5.0  # a fast shutdown that meets the start of crash recovery is forgotten by PostgreSQL 18
LOG_BYTES = 10_000_000
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "effective_cache_size": "1GB",
    "random_page_cost": "1.1",
    "synchronous_commit": "on",
    "wal_compression": "on",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "15min",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
_children: list[subprocess.Popen[bytes]] = []


def connect(place: Cluster, database: str = "postgres") -> psycopg.Connection:
    """Open a connection for housekeeping."""
    return psycopg.connect(
        host=str(place.socket), user="postgres", dbname=database, connect_timeout=5, autocommit=True
    )


def accepts(place: Cluster) -> bool:
    """Tell whether the server answers."""
    try:
        connect(place).close()
    except psycopg.OperationalError:
        return False
    return True


def pid(place: Cluster) -> int | None:
    """Return the live server's process id; the pid file alone is not believed."""
    for child in _children:
        child.poll()  # a killed child of ours stays a zombie until it is asked for
    try:
        number = int((place.data / "postmaster.pid").read_text().splitlines()[0])
        process = psutil.Process(number)
        ours = str(place.data) in process.cmdline() and process.status() != psutil.STATUS_ZOMBIE
    except (OSError, ValueError, IndexError, psutil.Error):
        return None
    return number if ours else None


def version(place: Cluster) -> str | None:
    """Return the running server's version, such as 18.6."""
    with contextlib.suppress(psycopg.OperationalError), connect(place) as connection:
        return connection.info.parameter_status("server_version")
    return None


def start(place: Cluster) -> None:
    """Start the server and wait until it answers; retry while a killed one still holds its memory."""
    give_up = time.monotonic() + HELD_SECONDS
    while not _start_once(place):
        if time.monotonic() > give_up:
            raise errors.Fault(_("PostgreSQL does not start:\n{log}").format(log=_log_end(place)))
        time.sleep(0.25)


def create_database(place: Cluster, name: str) -> None:
    """Create the database unless it exists."""
    with connect(place) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(name)))


def stop(place: Cluster) -> None:
    """Stop the server: fast, then at once; a no-op if it does not run."""
    number = pid(place)
    if number is None:
        return
    _wait(lambda: accepts(place), SETTLE_SECONDS)
    for how in (signal.SIGINT, signal.SIGQUIT):
        with contextlib.suppress(psutil.NoSuchProcess):
            psutil.Process(number).send_signal(how)
        if _wait(lambda: pid(place) is None, STOP_SECONDS):
            return
    raise errors.Fault(_("PostgreSQL (process {pid}) does not stop.").format(pid=number))


def _start_once(place: Cluster) -> bool:
    """Start if nothing runs; return True once the server answers, False if it died before."""
    if pid(place) is None:
        (place.data / "postmaster.pid").unlink(missing_ok=True)
        _spawn(place)
    give_up = time.monotonic() + START_SECONDS
    while time.monotonic() < give_up:
        if accepts(place):
            return True
        if pid(place) is None and not any(child.poll() is None for child in _children):
            return False
        time.sleep(0.02)
    raise errors.Fault(_("PostgreSQL does not answer:\n{log}").format(log=_log_end(place)))


def _spawn(place: Cluster) -> None:
    """Run the server in its own session, so that Ctrl-C in our terminal does not reach it."""
    arguments = [str(program("postgres")), "-D", str(place.data), f"--unix_socket_directories={place.socket}"]
    arguments += [f"--{name}={value}" for name, value in SETTINGS.items()]
    oversized = place.log.exists() and place.log.stat().st_size > LOG_BYTES
    with place.log.open("wb" if oversized else "ab") as log:
        child = subprocess.Popen(
            identity.command(arguments),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            cwd="/",
            **identity.options(),
        )
    _children[:] = [one for one in _children if one.poll() is None] + [child]


def _wait(condition: Callable[[], bool], seconds: float) -> bool:
    """Wait for the condition; tell whether it came true in time."""
    give_up = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > give_up:
            return False
        time.sleep(0.02)
    return True


def _log_end(place: Cluster) -> str:
    lines = place.log.read_text(errors="replace").splitlines() if place.log.exists() else []
    return "\n".join(lines[-12:])
