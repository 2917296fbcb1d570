"""Which search keys are common and which are rare, by the statistics that the server keeps of its own accord.

The planner multiplies the shares of keys as if texts were dice; the keys of one phrase come together, so it would
expect next to nothing, gather every candidate and sort them. It is therefore asked for few keys: the rare ones,
which lead to few texts; or, where all are common, the least common alone, which lets it rather walk through the
newest cases until a page is full.
"""

import time
from collections.abc import Mapping, Sequence

from django.db import connection

FRESH = 600.0  # seconds for which the statistics are remembered
MOST = 12  # rare keys to look for at once
_STATISTICS = """
SELECT most_common_elems::text::int[], most_common_elem_freqs FROM pg_stats
WHERE schemaname = current_schema() AND tablename = 'cases_searchable' AND attname = 'grams'
"""
_known: tuple[float, Mapping[int, float]] = (0.0, {})


def selective(keys: Sequence[int]) -> list[int]:
    """Return the keys of a phrase by which to look it up."""
    shares = _shares()
    rare = [key for key in keys if key not in shares]
    return rare[:MOST] or [min(keys, key=lambda key: shares[key])]


def _shares() -> Mapping[int, float]:
    """Return the share of texts that hold a key, for the keys the server knows as common."""
    global _known  # noqa: PLW0603 - one remembered table for each process
    until, shares = _known
    if until < time.monotonic():
        with connection.cursor() as cursor:
            cursor.execute(_STATISTICS)
            row = cursor.fetchone()
        # Behind the shares of the elements stand their least, greatest and null share: zip leaves them out.
        shares = dict(zip(row[0], row[1], strict=False)) if row and row[0] else {}
        _known = (time.monotonic() + FRESH, shares)
    return shares
