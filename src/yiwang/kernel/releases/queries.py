"""Which release is current, and the packs of all releases.

Before: `actions.publish`. After: every room asks here what the city declares.
"""

import functools
import json
import time

from django.db import connection, models
from django.utils.translation import gettext as _

from yiwang.kernel.releases.models import Release
from yiwang.packs import pack as packs

FRESH = 1.0
"""Seconds for which a process may believe that the current release is still the current one."""
_known: tuple[float, Release] | None = None


class NoRelease(LookupError):  # noqa: N818 - reads as the fact it reports
    """Nothing has been published yet, so there is nothing that the platform could do."""

    def __str__(self) -> str:
        return _("No pack has been published yet. Run: yiwang pack publish")


def history() -> models.QuerySet[Release]:
    """Return all releases, newest first, without their content."""
    return Release.objects.defer("content")


def current() -> Release:
    """Return the newest release (without its content); raise `NoRelease` before the first.

    Inside a transaction the answer comes from the transaction; outside it may be a second old.
    """
    global _known  # noqa: PLW0603 - one remembered row for each process
    if connection.in_atomic_block:
        return _newest()
    if _known is None or _known[0] < time.monotonic():
        _known = (time.monotonic() + FRESH, _newest())
    return _known[1]


def current_pack() -> packs.Pack:
    """Return the pack of the current release."""
    return pack(current().pk)


@functools.lru_cache(maxsize=64)
def pack(release: int) -> packs.Pack:
    """Return the pack of a release, read once by each process; raise `Release.DoesNotExist`."""
    content = Release.objects.values_list("content", flat=True).get(pk=release)
    return packs.Pack.from_content(json.loads(content))


def forget() -> None:
    """Ask the database again next time: after publishing, and between tests that empty it."""
    global _known  # noqa: PLW0603 - one remembered row for each process
    _known = None


def _newest() -> Release:
    if (newest := history().first()) is None:
        raise NoRelease
    return newest
