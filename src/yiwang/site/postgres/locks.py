"""File locks around the embedded server: one starter at a time, and who uses it at all.

The kernel frees a lock when its process dies, however it dies, so neither can go stale.
"""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

_held: dict[Path, int] = {}


@contextlib.contextmanager
def starting(root: Path) -> Iterator[None]:
    """Hold the exclusive right to start or stop the server; waits for another starter."""
    root.mkdir(parents=True, exist_ok=True)
    fd = os.open(root / "start.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX)
        yield
    finally:
        os.close(fd)


def hold(root: Path) -> bool:
    """Mark this process as a user of the server until `release` or its death; tell whether it is new."""
    if root in _held:
        return False
    fd = os.open(root / "users.lock", os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(fd, fcntl.LOCK_SH)
    _held[root] = fd
    return True


def release(root: Path) -> None:
    """End the use that `hold` began, if any."""
    if root in _held:
        os.close(_held.pop(root))


def unused(root: Path) -> bool:
    """Tell whether no process uses the server; ask only while `starting`."""
    fd = os.open(root / "users.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    else:
        return True
    finally:
        os.close(fd)
