"""Sealing: new entries become leaves of the Merkle tree, under a new signed head. Run by the worker's loop."""

import datetime as dt

from django.db import connection, transaction
from django.utils import timezone

from yiwang.kernel.ledger import definitions
from yiwang.kernel.ledger.actions import keys
from yiwang.kernel.ledger.logic import heads, tree
from yiwang.kernel.ledger.models import TreeHead

LOCK = 0x1ED6E5
"""Advisory lock: one sealer at a time."""

NUMBER = """
WITH picked AS MATERIALIZED (
    SELECT id, row_number() OVER (ORDER BY id) - 1 + %(size)s AS leaf
      FROM (SELECT id FROM ledger_entry WHERE leaf IS NULL ORDER BY id LIMIT %(limit)s) AS unsealed
)
UPDATE ledger_entry AS entry SET leaf = picked.leaf FROM picked WHERE entry.id = picked.id
RETURNING entry.leaf, entry.hash
"""


def seal(limit: int = 5_000) -> int:
    """Give up to `limit` unsealed entries their leaf numbers and sign a head over them; return how many.

    Entries are taken in the order of their ids. One that commits late simply gets a later leaf.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        frontier = _frontier()
        leaves = _number(frontier.size, limit)
        if leaves:
            _store(frontier.append(leaves))
            _sign(frontier, timezone.now())
        return len(leaves)


def _frontier() -> tree.Frontier:
    row = TreeHead.objects.order_by("-size").values_list("size", "frontier").first()
    return tree.Frontier.unpack(row[0], bytes(row[1])) if row else tree.Frontier()


def _number(size: int, limit: int) -> list[bytes]:
    with connection.cursor() as cursor:
        # The planner knows nothing of the limit's rows; by index is right whatever the table's size.
        cursor.execute("SET LOCAL enable_hashjoin = off")
        cursor.execute("SET LOCAL enable_mergejoin = off")
        cursor.execute(NUMBER, {"size": size, "limit": limit})
        rows = sorted(cursor.fetchall())
        cursor.execute("SET LOCAL enable_hashjoin = on")
        cursor.execute("SET LOCAL enable_mergejoin = on")
    return [tree.leaf_hash(bytes(hashed)) for _leaf, hashed in rows]


def _store(nodes: list[tuple[int, int, bytes]]) -> None:
    if not nodes:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_node (level, index, hash) SELECT * FROM unnest(%s::int[], %s::bigint[], %s::bytea[])",
            [list(column) for column in zip(*nodes, strict=True)],
        )


def _sign(frontier: tree.Frontier, at: dt.datetime) -> definitions.Head:
    head = heads.sign(keys.ensure_key(), frontier.size, frontier.root(), at)
    TreeHead.objects.create(
        size=head.size,
        root=head.root,
        at=head.at,
        signature=head.signature,
        key_id=head.key_id,
        frontier=frontier.pack(),
    )
    return head
