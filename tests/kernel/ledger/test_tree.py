"""The Merkle tree against the published vectors of RFC 6962 implementations and against its own definition."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.kernel.ledger.logic import tree

# Inputs and roots of Certificate Transparency's reference test (trillian, certificate-transparency-go).
INPUTS = [
    bytes.fromhex(one)
    for one in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEAVES = [tree.leaf_hash(one) for one in INPUTS]
PATHS = {
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
CONSISTENCY = {
    (1, 1): [],
    (1, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}


def leaves(count: int) -> list[bytes]:
    return [tree.leaf_hash(number.to_bytes(4)) for number in range(count)]


def reference(hashes: list[bytes]) -> bytes:
    """RFC 6962, section 2.1, word for word."""
    if not hashes:
        return hashlib.sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    return tree.node_hash(reference(hashes[:split]), reference(hashes[split:]))


def of(hashes: list[bytes], ranges) -> list[bytes]:
    return [reference(hashes[low:high]) for low, high in ranges]


@pytest.mark.parametrize("size", range(1, 9))
def test_published_roots(size):
    assert tree.root(LEAVES[:size]).hex() == ROOTS[size - 1]


def test_the_empty_tree():
    assert tree.root([]) == hashlib.sha256(b"").digest() == tree.Frontier().root()


@pytest.mark.parametrize("case", PATHS)
def test_published_inclusion_paths(case):
    leaf, size = case
    assert [one.hex() for one in of(LEAVES, tree.inclusion_ranges(leaf, size))] == PATHS[case]
    path = [bytes.fromhex(one) for one in PATHS[case]]
    assert tree.verify_inclusion(leaf, size, LEAVES[leaf], path, bytes.fromhex(ROOTS[size - 1]))


@pytest.mark.parametrize("case", CONSISTENCY)
def test_published_consistency_paths(case):
    old, new = case
    assert [one.hex() for one in of(LEAVES, tree.consistency_ranges(old, new))] == CONSISTENCY[case]


@given(st.integers(0, 700))
def test_the_frontier_gives_the_root_of_the_definition(size):
    assert tree.root(leaves(size)) == reference(leaves(size))


@given(st.lists(st.integers(0, 300), max_size=6))
def test_growing_in_steps_equals_growing_at_once(steps):
    frontier, hashes, whole = tree.Frontier(), leaves(sum(steps)), []
    done = 0
    for step in steps:
        whole += frontier.append(hashes[done : done + step])
        done += step
        frontier = tree.Frontier.unpack(frontier.size, frontier.pack())
    assert frontier.root() == reference(hashes)
    blocks = [(1, index, reference(hashes[index * 256 :][:256])) for index in range(len(hashes) // 256)]
    assert whole == blocks


def test_second_level_subtrees_are_stored():
    hashes = leaves(65536)
    whole = tree.Frontier().append(hashes)
    assert len(whole) == 257
    assert whole[-1] == (2, 0, reference(hashes))


@given(st.integers(1, 600), st.data())
def test_every_leaf_is_provable_and_nothing_else_is(size, data):
    leaf = data.draw(st.integers(0, size - 1))
    hashes = leaves(size)
    root, path = reference(hashes), of(hashes, tree.inclusion_ranges(leaf, size))
    assert tree.verify_inclusion(leaf, size, hashes[leaf], path, root)
    assert not tree.verify_inclusion(leaf, size, tree.leaf_hash(b"other"), path, root)
    assert not tree.verify_inclusion(leaf, size, hashes[leaf], [*path, root], root)
    assert not tree.verify_inclusion(size, size, hashes[leaf], path, root)
    if path:
        wrong = data.draw(st.integers(0, len(path) - 1))
        bent = [*path[:wrong], tree.leaf_hash(b"bent"), *path[wrong + 1 :]]
        assert not tree.verify_inclusion(leaf, size, hashes[leaf], bent, root)
        assert not tree.verify_inclusion(leaf, size, hashes[leaf], path[:-1], root)
        moved = data.draw(st.integers(0, size - 1).filter(lambda one: one != leaf))
        assert not tree.verify_inclusion(moved, size, hashes[leaf], path, root)


@given(st.integers(1, 600), st.data())
def test_every_prefix_is_provable_and_nothing_else_is(new, data):
    old = data.draw(st.integers(1, new))
    hashes = leaves(new)
    roots = reference(hashes[:old]), reference(hashes)
    path = of(hashes, tree.consistency_ranges(old, new))
    assert tree.verify_consistency(old, new, *roots, path)
    assert not tree.verify_consistency(old, new, tree.leaf_hash(b"x"), roots[1], path)
    assert not tree.verify_consistency(old, new, roots[0], tree.leaf_hash(b"x"), path)
    assert not tree.verify_consistency(old, new, *roots, [*path, roots[0]])
    if path:
        assert not tree.verify_consistency(old, new, *roots, path[:-1])


@given(st.integers(0, 10**7), st.integers(1, 10**6))
def test_a_range_falls_into_few_perfect_parts(low, length):
    parts = tree.perfect_parts(low, low + length)
    spans = [(index << height, (index + 1) << height) for height, index in parts]
    assert [start for start, _end in spans] == [low, *(end for _start, end in spans[:-1])]
    assert spans[-1][1] == low + length
    assert len(parts) <= 2 * length.bit_length()


@pytest.mark.parametrize(("leaf", "size"), [(0, 0), (3, 3), (-1, 3)])
def test_leaves_outside_the_tree_have_no_path(leaf, size):
    with pytest.raises(ValueError, match="not in a tree"):
        tree.inclusion_ranges(leaf, size)


def test_a_frontier_of_the_wrong_length_is_refused():
    with pytest.raises(ValueError, match="has 2 hashes"):
        tree.Frontier(3, [bytes(32)])
