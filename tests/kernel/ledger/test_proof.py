"""Proof files: written from the database, checked without it."""

import copy
import json
import pathlib
import re
import subprocess
import sys

import pytest

from tests.kernel.ledger import make
from yiwang.kernel.ledger import actions, logic, queries
from yiwang.kernel.ledger.logic import heads

GUIDE = pathlib.Path(__file__).parents[3] / "docs" / "ledger.md"


@pytest.fixture
def proof(notes):
    make.many(300)
    of = make.story(3)
    make.many(40)
    actions.seal()
    return json.loads(json.dumps(queries.proof(of)))


def codes(proof, key=None) -> list[str]:
    return [one.code for one in logic.check_proof(proof, key)]


def pem() -> bytes:
    return heads.public_pem(queries.public_key()).encode()


def test_a_proof_holds_with_the_published_key(proof):
    assert codes(proof, pem()) == []
    assert [entry["content"]["text"] for entry in proof["entries"]] == ["第0步", "第1步", "第2步"]
    assert proof["head"]["size"] == 343


def test_without_the_published_key_its_own_is_named(proof):
    assert codes(proof) == ["own-key"]
    assert not any(one.fault for one in logic.check_proof(proof))


def test_every_leaf_of_an_odd_tree_is_provable(notes):
    subjects = make.many(13)
    actions.seal(limit=5)
    actions.seal()
    assert all(codes(queries.proof(one), pem()) == [] for one in subjects)


def test_unsealed_steps_are_a_note(notes):
    of = make.story(2)
    actions.seal()
    make.note(of, {"text": "新"})
    assert codes(queries.proof(of), pem()) == ["unsealed"]


def test_nothing_sealed_yet(notes):
    assert codes(queries.proof(make.story(1))) == ["no-head"]


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        (("entries", 1, "content", "text"), "改", ["altered"]),
        (("entries", 1, "content", "text"), 0.5, ["no-canonical-form"]),
        (("entries", 1, "at"), "2026-11-22T09:31:00.123457Z", ["altered"]),
        (("entries", 0, "kind"), "case", ["altered"]),
        (("entries", 1, "leaf"), 7, ["not-included"]),
        (("entries", 2, "leaf"), None, ["unsealed"]),
        (("entries", 1, "path", 0), "00" * 32, ["not-included"]),
        (("entries", 1, "hash"), "00" * 32, ["altered", "broken-link", "not-included"]),
        (("entries", 1, "seq"), 5, ["gap", "altered"]),
        (("subject",), "01936f2a-0000-7000-8000-000000000001", ["wrong-subject"]),
        (("entries",), [], ["empty"]),
        (("head", "size"), 344, ["signature"]),
        (("head", "root"), "00" * 32, ["signature", "not-included"]),
        (("head", "at"), "2030-01-01T00:00:00Z", ["signature"]),
        (("head", "key_id"), "feed", ["other-key"]),
        (("head", "origin"), "other", ["not-a-head"]),
        (("head", "size"), "x", ["not-a-head"]),
        (("head",), None, ["no-head"]),
        (("format",), "v0", ["not-a-proof"]),
        (("entries", 0, "hash"), 5, ["not-a-proof"]),
        (("entries",), None, ["not-a-proof"]),
    ],
)
def test_any_change_is_found(proof, path, value, expected):
    changed = copy.deepcopy(proof)
    place = changed
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    assert list(dict.fromkeys(codes(changed, pem()))) == expected


@pytest.mark.parametrize("junk", [None, [], 5, "x", {}, {"format": "yiwang-ledger-proof-1"}])
def test_what_is_no_proof_is_said(junk):
    assert codes(junk) == ["not-a-proof"]


def test_a_forged_proof_with_its_own_key_fails_against_the_published_one(proof):
    key = heads.Private.generate()
    head = heads.from_json(proof["head"])
    forged = heads.sign(key, head.size, head.root, head.at)
    other = {**proof, "head": heads.to_json(forged), "public_key": heads.public_pem(key.public_key())}
    assert codes(other) == ["own-key"]
    assert codes(other, pem()) == ["other-key"]


def test_a_bad_key_file_is_said(proof):
    assert codes(proof, b"junk") == ["not-a-key"]


def test_heads_travel_as_json(proof):
    head = heads.from_json(proof["head"])
    assert heads.to_json(head) == proof["head"]
    assert heads.signed_text(head.size, head.root, head.at).decode().split("\n")[:2] == [
        "yiwang-ledger",
        "343",
    ]


def test_proofs_take_few_queries(notes, django_assert_max_num_queries):
    make.many(600)
    of = make.story(8)
    actions.seal()
    with django_assert_max_num_queries(4):
        queries.proof(of)


@pytest.mark.parametrize(("change", "code", "says"), [(False, 0, "holds"), (True, 1, "AssertionError")])
def test_the_stand_alone_check_of_the_guide(proof, tmp_path, change, code, says):
    script = re.search(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)[1]
    if change:
        proof["entries"][0]["content"]["amount"] = 10**6
    (tmp_path / "check.py").write_text(script, encoding="utf-8")
    (tmp_path / "proof.json").write_text(json.dumps(proof), encoding="utf-8")
    (tmp_path / "ledger.pub").write_bytes(pem())
    ran = subprocess.run(
        [sys.executable, "-I", "check.py", "proof.json", "ledger.pub"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == code, ran.stderr
    assert says in ran.stdout + ran.stderr
