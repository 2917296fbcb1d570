"""Signed heads, and subtree hashes read from as few rows as possible."""

from collections.abc import Iterable, Sequence

from django.db import connection

from yiwang.kernel.ledger import definitions
from yiwang.kernel.ledger.logic import tree
from yiwang.kernel.ledger.models import TreeHead

ROWS = """
SELECT wanted.level, stored.index, stored.hash
  FROM unnest(%s::int[], %s::bigint[], %s::bigint[]) AS wanted (level, low, high)
 CROSS JOIN LATERAL (
       SELECT index, hash FROM ledger_node
        WHERE wanted.level > 0 AND level = wanted.level AND index >= wanted.low AND index < wanted.high
       UNION ALL
       SELECT leaf, hash FROM ledger_entry
        WHERE wanted.level = 0 AND leaf >= wanted.low AND leaf < wanted.high
       ) AS stored
"""


def latest_head() -> definitions.Head | None:
    """Return the newest signed head, or None while nothing is sealed."""
    row = TreeHead.objects.order_by("-size").first()
    return head(row) if row else None


def head(row: TreeHead) -> definitions.Head:
    return definitions.Head(row.size, bytes(row.root), row.at, row.key_id, bytes(row.signature))


def consistency(old: int, new: int) -> list[bytes]:
    """Return the RFC 6962 proof that the tree of size `old` is a prefix of the one of size `new`."""
    ranges = tree.consistency_ranges(old, new)
    hashes = range_hashes(ranges)
    return [hashes[one] for one in ranges]


def range_hashes(ranges: Iterable[tree.Range]) -> dict[tree.Range, bytes]:
    """Return the tree hash over each range of leaves [low, high), in one query for all of them."""
    parts = {one: tree.perfect_parts(*one) for one in ranges}
    rows = _rows({tree.stored_rows(*part) for several in parts.values() for part in several})
    return {one: tree.fold([_perfect(part, rows) for part in several]) for one, several in parts.items()}


def _rows(wanted: set[tuple[int, int, int]]) -> dict[tuple[int, int], bytes]:
    columns: Sequence[Sequence[int]] = list(zip(*sorted(wanted), strict=True)) or [(), (), ()]
    with connection.cursor() as cursor:
        cursor.execute(ROWS, [list(column) for column in columns])
        return {(level, index): _hashed(level, bytes(row)) for level, index, row in cursor.fetchall()}


def _hashed(level: int, stored: bytes) -> bytes:
    return stored if level else tree.leaf_hash(stored)


def _perfect(part: tuple[int, int], rows: dict[tuple[int, int], bytes]) -> bytes:
    level, low, high = tree.stored_rows(*part)
    try:
        return tree.root([rows[level, index] for index in range(low, high)])
    except KeyError as missing:
        code = "node-missing" if level else "leaf-gap"
        index = missing.args[0][1]
        raise definitions.Refused(code, level=level, index=index, first=index, last=index) from missing
