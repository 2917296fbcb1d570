"""By leaf: the leaves have to give every stored subtree and every signed root.

Where they do not, the walk goes on from the frontier kept with the signed head, so that one altered entry is
reported once, between the two heads around it, and the next fault is found as well.
"""

import itertools
from collections.abc import Iterator, Mapping

from yiwang.kernel.ledger.definitions import Finding
from yiwang.kernel.ledger.logic import heads, tree
from yiwang.kernel.ledger.models import LedgerEntry, TreeHead, TreeNode
from yiwang.kernel.ledger.queries import heads as head_queries

PAGE = 20_000
Leaf = tuple[int, bytes]


def check(trusted: Mapping[str, heads.Public]) -> Iterator[Finding]:
    """Yield every leaf gap, wrong subtree, wrong root and wrong signature, in the order of the leaves."""
    walk, stream = _Walk(), _Stream()
    for row in TreeHead.objects.order_by("size").iterator(chunk_size=1_000):
        for leaves in stream.below(row.size):
            yield from walk.feed(leaves)
        yield from _check_signature(row, trusted)
        yield from walk.meet(row)
    if stream.next:
        yield Finding("leaf-beyond", {"leaf": stream.next[0]})


def _check_signature(row: TreeHead, trusted: Mapping[str, heads.Public]) -> Iterator[Finding]:
    key = trusted.get(row.key_id)
    if key is None:
        yield Finding("unknown-key", {"size": row.size, "key": row.key_id})
    elif not heads.signature_holds(head_queries.head(row), key):
        yield Finding("signature", {"size": row.size})


class _Stream:
    """All leaves in order, asked for in pieces that end below a given leaf."""

    def __init__(self) -> None:
        rows = LedgerEntry.objects.filter(leaf__isnull=False).order_by("leaf").values_list("leaf", "hash")
        self._rows: Iterator[Leaf] = ((leaf or 0, bytes(hashed)) for leaf, hashed in rows.iterator(PAGE))
        self.next = next(self._rows, None)

    def below(self, size: int) -> Iterator[list[Leaf]]:
        while piece := list(itertools.islice(self._take(size), PAGE)):
            yield piece

    def _take(self, size: int) -> Iterator[Leaf]:
        while self.next and self.next[0] < size:
            current, self.next = self.next, next(self._rows, None)
            yield current


class _Walk:
    """The tree as the leaves give it so far; `frontier` is None after a gap, until the next signed head."""

    def __init__(self) -> None:
        self.expected = self.met = 0
        self.frontier: tree.Frontier | None = tree.Frontier()

    def feed(self, leaves: list[Leaf]) -> Iterator[Finding]:
        for leaf, _hash in leaves if leaves[-1][0] != self.expected + len(leaves) - 1 else ():
            yield from self._skip_to(leaf)
            self.expected = leaf + 1
        self.expected = leaves[-1][0] + 1
        if self.frontier:
            hashes = (tree.leaf_hash(hashed) for _leaf, hashed in leaves)
            yield from _check_nodes(self.frontier.append(hashes))

    def _skip_to(self, leaf: int) -> Iterator[Finding]:
        if leaf > self.expected:
            self.frontier = None
            yield Finding("leaf-gap", {"first": self.expected, "last": leaf - 1})

    def meet(self, row: TreeHead) -> Iterator[Finding]:
        """Compare with a signed head, then go on from there."""
        yield from self._skip_to(row.size)
        signed, stored = bytes(row.root), bytes(row.frontier)
        matches = self.frontier is not None and self.frontier.root() == signed
        if self.frontier and not matches:
            yield Finding("root", {"size": row.size, "first": self.met, "last": row.size - 1})
        whole = len(stored) == 32 * row.size.bit_count()
        kept = tree.Frontier.unpack(row.size, stored) if whole else None
        if kept is None or kept.root() != signed:
            yield Finding("frontier", {"size": row.size})
            kept = None
        if not matches:
            self.frontier = kept
        self.expected = self.met = row.size


def _check_nodes(whole: list[tuple[int, int, bytes]]) -> Iterator[Finding]:
    for level, several in itertools.groupby(sorted(whole), key=lambda node: node[0]):
        nodes = list(several)
        rows = TreeNode.objects.filter(level=level, index__gte=nodes[0][1], index__lte=nodes[-1][1])
        stored = {index: bytes(hashed) for index, hashed in rows.values_list("index", "hash")}
        for _level, index, expected in nodes:
            if index not in stored:
                yield Finding("node-missing", {"level": level, "index": index})
            elif stored[index] != expected:
                yield Finding("node", {"level": level, "index": index})
