"""Canonical form and hash chains."""

import datetime as dt
import enum
import hashlib
import json
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.kernel.ledger import definitions, logic

SUBJECT = uuid.UUID("01936f2a-0000-7000-8000-000000000001")
AT = dt.datetime(2026, 11, 22, 17, 30, tzinfo=dt.timezone(dt.timedelta(hours=8)))
safe = st.integers(-(2**53) + 1, 2**53 - 1)
words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))
values = st.recursive(
    st.none() | st.booleans() | safe | words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=12,
)


def test_canonical_form_is_sorted_tight_utf8():
    assert (
        logic.canonical({"乙": [1, True, None], "a": "“é”\n"}) == '{"a":"“é”\\n","乙":[1,true,null]}'.encode()
    )


@given(values)
def test_canonical_form_survives_json_and_key_order(value):
    body = logic.canonical(value)
    assert logic.canonical(json.loads(body)) == body
    assert json.loads(body) == value


@given(values, values)
def test_different_values_have_different_forms(one, other):
    same = json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
    assert (logic.canonical(one) == logic.canonical(other)) == same


def test_ids_and_times_become_text():
    body = logic.canonical({"id": SUBJECT, "at": AT, "day": AT.date(), "pair": (1, 2)})
    assert json.loads(body) == {
        "id": str(SUBJECT),
        "at": "2026-11-22T09:30:00.000000Z",
        "day": "2026-11-22",
        "pair": [1, 2],
    }


class Odd(enum.Enum):
    ONE = 1


@pytest.mark.parametrize(
    ("value", "path", "reason"),
    [
        (1.0, "$", "float"),
        ({"a": [1, {"b": 0.5}]}, "$.a[1].b", "float"),
        ({1: 2}, "$", "key 1"),
        (2**53, "$", "as text"),
        ("a\x00b", "$", "NUL"),
        ("\ud800", "$", "surrogate"),
        (dt.datetime(2026, 1, 1), "$", "time zone"),
        ({"x": b"raw"}, "$.x", "bytes"),
        (Odd.ONE, "$", "Odd"),
        ({1, 2}, "$", "set"),
    ],
)
def test_what_has_no_canonical_form_is_named(value, path, reason):
    with pytest.raises(definitions.Refused) as refused:
        logic.canonical(value)
    assert f"at {path} " in str(refused.value)
    assert reason in str(refused.value)
    assert "没有规范形式" in refused.value.message("zh-hans")


def test_the_hash_covers_previous_hash_and_everything_about_the_step():
    body = (
        b'{"at":"2026-11-22T09:30:00.000000Z","content":{"n":1},"kind":"note","seq":1,"subject":"'
        + str(SUBJECT).encode()
        + b'"}'
    )
    entry = logic.link(logic.GENESIS, "note", SUBJECT, 1, AT, {"n": 1})
    assert entry.hash == hashlib.sha256(bytes(32) + body).digest()
    others = [
        logic.link(b"\x01" * 32, "note", SUBJECT, 1, AT, {"n": 1}),
        logic.link(logic.GENESIS, "case", SUBJECT, 1, AT, {"n": 1}),
        logic.link(logic.GENESIS, "note", uuid.UUID(int=1), 1, AT, {"n": 1}),
        logic.link(logic.GENESIS, "note", SUBJECT, 2, AT, {"n": 1}),
        logic.link(logic.GENESIS, "note", SUBJECT, 1, AT + dt.timedelta(microseconds=1), {"n": 1}),
        logic.link(logic.GENESIS, "note", SUBJECT, 1, AT, {"n": 2}),
    ]
    assert len({entry.hash, *(one.hash for one in others)}) == 7


def test_a_chain_names_each_step_before():
    chain = logic.link_all("note", SUBJECT, [(AT, 1), (AT, 2), (AT, 3)])
    assert [one.seq for one in chain] == [1, 2, 3]
    assert [one.prev for one in chain] == [logic.GENESIS, chain[0].hash, chain[1].hash]
    again = logic.link_all("note", SUBJECT, [(AT, 3)], after=(2, chain[1].hash))
    assert again == chain[2:]
