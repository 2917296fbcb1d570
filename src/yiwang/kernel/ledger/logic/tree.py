"""The Merkle tree of RFC 6962, section 2.1, in a form that needs only the rows a question touches.

`Frontier` grows the tree leaf by leaf and names the perfect subtrees worth storing; proofs are first
planned as ranges of leaves (`inclusion_ranges`, `consistency_ranges`), then answered by hashing those ranges.
"""

import hashlib
from collections.abc import Iterable, Sequence

RADIX_BITS = 8
EMPTY = hashlib.sha256(b"").digest()

Range = tuple[int, int]


def leaf_hash(data: bytes) -> bytes:
    """Return SHA-256(0x00 ‖ data)."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return SHA-256(0x01 ‖ left ‖ right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def fold(subtrees: Sequence[bytes]) -> bytes:
    """Return the root over perfect subtrees given from left (largest) to right; EMPTY for none."""
    if not subtrees:
        return EMPTY
    root = subtrees[-1]
    for left in reversed(subtrees[:-1]):
        root = node_hash(left, root)
    return root


class Frontier:
    """The right edge of a growing tree: one hash for each bit of `size`, largest subtree first."""

    def __init__(self, size: int = 0, hashes: Sequence[bytes] = ()) -> None:
        if len(hashes) != size.bit_count():
            raise ValueError(f"a frontier of size {size} has {size.bit_count()} hashes, not {len(hashes)}")
        self.size, self.hashes = size, list(hashes)

    def append(self, leaves: Iterable[bytes]) -> list[tuple[int, int, bytes]]:
        """Add leaf hashes; return the subtrees of 256**level leaves that became whole: (level, index, hash)."""
        whole = []
        for leaf in leaves:
            self.size += 1
            current, height = leaf, 0
            while not (self.size >> height) & 1:
                current = node_hash(self.hashes.pop(), current)
                height += 1
                if height % RADIX_BITS == 0:
                    whole.append((height // RADIX_BITS, (self.size >> height) - 1, current))
            self.hashes.append(current)
        return whole

    def root(self) -> bytes:
        return fold(self.hashes)

    def pack(self) -> bytes:
        return b"".join(self.hashes)

    @classmethod
    def unpack(cls, size: int, packed: bytes) -> "Frontier":
        return cls(size, [packed[at : at + 32] for at in range(0, len(packed), 32)])


def root(leaves: Sequence[bytes]) -> bytes:
    """Return the tree hash over leaf hashes."""
    frontier = Frontier()
    frontier.append(leaves)
    return frontier.root()


def _split(count: int) -> int:
    return 1 << ((count - 1).bit_length() - 1)


def inclusion_ranges(leaf: int, size: int) -> list[Range]:
    """Return the leaf ranges [low, high) whose hashes are the audit path of a leaf, from the leaf upwards."""
    if not 0 <= leaf < size:
        raise ValueError(f"leaf {leaf} is not in a tree of size {size}")
    low, high, ranges = 0, size, []
    while high - low > 1:
        middle = low + _split(high - low)
        if leaf < middle:
            ranges.append((middle, high))
            high = middle
        else:
            ranges.append((low, middle))
            low = middle
    return ranges[::-1]


def consistency_ranges(old: int, new: int) -> list[Range]:
    """Return the leaf ranges whose hashes prove that the tree of size `old` is a prefix of size `new`."""
    if not 0 < old <= new:
        raise ValueError(f"no consistency proof from size {old} to {new}")
    low, high, ranges, whole = 0, new, [], True
    while old != high:
        middle = low + _split(high - low)
        if old <= middle:
            ranges.append((middle, high))
            high = middle
        else:
            ranges.append((low, middle))
            low, whole = middle, False
    return ([] if whole else [(low, high)]) + ranges[::-1]


def perfect_parts(low: int, high: int) -> list[tuple[int, int]]:
    """Return a range as perfect aligned subtrees (height, index), left to right."""
    parts = []
    while low < high:
        height = (high - low).bit_length() - 1
        if low:
            height = min(height, (low & -low).bit_length() - 1)
        parts.append((height, low >> height))
        low += 1 << height
    return parts


def stored_rows(height: int, index: int) -> tuple[int, int, int]:
    """Return where a perfect subtree is read from: (stored level, first index, end index)."""
    level, rest = divmod(height, RADIX_BITS)
    return level, index << rest, (index + 1) << rest


def verify_inclusion(leaf: int, size: int, hashed: bytes, path: Sequence[bytes], expected: bytes) -> bool:
    """Tell whether the path leads from a leaf hash to the root (RFC 9162, 2.1.3.2)."""
    if not 0 <= leaf < size:
        return False
    index, last, current = leaf, size - 1, hashed
    for step in path:
        if last == 0:
            return False
        if index & 1 or index == last:
            current = node_hash(step, current)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            current = node_hash(current, step)
        index, last = index >> 1, last >> 1
    return last == 0 and current == expected


def verify_consistency(old: int, new: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]) -> bool:
    """Tell whether the path proves that the old tree is a prefix of the new one (RFC 9162, 2.1.4.2)."""
    if old == new:
        return not path and old_root == new_root
    if not 0 < old < new or not path:
        return False
    steps = [old_root, *path] if old & (old - 1) == 0 else list(path)
    index, last = old - 1, new - 1
    while index & 1:
        index, last = index >> 1, last >> 1
    left = right = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if index & 1 or index == last:
            left, right = node_hash(step, left), node_hash(step, right)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            right = node_hash(right, step)
        index, last = index >> 1, last >> 1
    return last == 0 and left == old_root and right == new_root
