"""The world of a release, built once per process."""

import functools

from yiwang.cases.logic import world
from yiwang.kernel.releases import queries as releases


def current() -> world.World:
    """Return the world new cases begin with."""
    return of(releases.current().pk)


@functools.lru_cache(maxsize=16)
def of(release: int) -> world.World:
    """Return the world a running case is pinned to."""
    return world.build(release, releases.pack(release))
