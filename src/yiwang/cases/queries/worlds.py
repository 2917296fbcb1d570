"""The world of a release, built once per process."""

import functools
import threading

from yiwang.cases.logic import routing, world
from yiwang.kernel.releases import queries as releases

_building = threading.Lock()


def current() -> world.World:
    """Return the world new cases begin with."""
    return of(releases.current().pk)


def of(release: int) -> world.World:
    """Return the world a running case is pinned to. Threads that ask at once wait for one building."""
    with _building:
        return _built(release)


def forget() -> None:
    """Build worlds anew: for a process that turns to another database, where releases have other numbers."""
    _built.cache_clear()


@functools.lru_cache(maxsize=16)
def _built(release: int) -> world.World:
    return world.build(release, releases.pack(release))


def lineage(category: str) -> tuple[str, ...]:
    """Return a category and its ancestors in the current release, nearest first."""
    return tuple(routing.lineage(category, current().categories))
