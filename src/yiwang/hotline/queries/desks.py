"""The desk of a release, built once per process."""

import functools

from yiwang.cases.queries import worlds
from yiwang.hotline.definitions.intake import Intake
from yiwang.hotline.logic import desk
from yiwang.kernel.places import queries as places
from yiwang.kernel.releases import queries as releases


def current() -> desk.Desk:
    """Return the desk that takes requests now."""
    return of(releases.current().pk)


@functools.lru_cache(maxsize=4)
def of(release: int) -> desk.Desk:
    """Return the desk of one release."""
    declared = releases.pack(release).entries(Intake).values()
    return desk.build(worlds.of(release), declared, places.locator(release))
