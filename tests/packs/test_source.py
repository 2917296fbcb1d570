import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.packs import files, source


def values(content: str):
    document = source.parse(content, "x.yaml")
    assert not document.problems
    return document.value


def troubles(content: str) -> list[str]:
    return [problem.render("en") for problem in source.parse(content, "x.yaml").problems]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("12", 12),
        ("-3", -3),
        ("0101", "0101"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("+5", "+5"),
        ("1.5", 1.5),
        ("1e3", 1000.0),
        ("1e999", "1e999"),
        ("9" * 2000, "9" * 2000),
        ("true", True),
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("null", None),
        ("~", None),
        ("", None),
        ("2026-01-31", "2026-01-31"),
        ("12:30", "12:30"),
        ("'12'", "12"),
        ('"true"', "true"),
        ("|\n  12", "12\n"),
    ],
)
def test_scalars_mean_what_a_reader_expects(written, meant):
    found = values(f"a: {written}\n")["a"]
    assert found == meant
    assert isinstance(found, type(meant))


def test_a_number_remembers_how_it_was_written():
    found = values("a: 1.10")["a"]
    assert found == 1.1
    assert str(found) == "1.10"


def test_every_value_knows_its_line():
    origin = source.parse("a:\n  - x\n  - b: 1\n\n    c: 2\n", "x.yaml").origin
    assert [origin.at(*path) for path in [("a",), ("a", 0), ("a", 1), ("a", 1, "c")]] == [1, 2, 3, 5]
    assert origin.at("a", 1, "absent", "deeper") == 3
    assert origin.inside("a", 1).at("c") == 5


def test_names_are_text_even_where_they_look_like_numbers():
    assert values("2026: x\non: y\n") == {"2026": "x", "on": "y"}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("a: 1\nb:\n  c: 1\n  c: 2\n", "x.yaml:4: b.c: repeats line 3"),
        ("1: a\n'1': b\n", "x.yaml:2: 1: repeats line 1"),
        (
            "a: !!python/name:os.system x\n",
            'x.yaml:1: a: the tag "tag:yaml.org,2002:python/name:os.system" is not',
        ),
        ("a: 1\n---\nb: 1\n", 'x.yaml:2: a file holds one document; remove "---"'),
        ("? [a]\n: 1\n", "x.yaml:1: a field name must be text"),
        ("a: 1\n\tb: 2\n", "x.yaml:2: indented with a tab; use spaces"),
        ("a: 1\nb：2\nc: 3\n", 'x.yaml:2: cannot be understood; write ": " after a field name'),
        ("a: 'open\n", "x.yaml:2: not valid YAML: while scanning a quoted scalar"),
        ("a: [1, 2\n", "x.yaml:2: not valid YAML: while parsing a flow sequence"),
        ("[" * 100_000, "x.yaml:1: nested more than 64 levels deep"),
        ("a: \x85\ufffe\n", "has the control character U+FFFE"),
        ('a: "x\\x07"\n', "has the control character U+0007"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(content, told):
    assert any(told in trouble for trouble in troubles(content)), troubles(content)


def test_references_cannot_blow_up():
    lines = ["a0: &a0 x"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    assert "anchors and aliases" in troubles("\n".join(lines))[0]


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ("kind: x\nname: 成都".encode("gb18030"), ":2: the file is not UTF-8"),
        ("kind: x".encode("utf-16"), ":1: the file is not UTF-8"),
        (b"a: 1\nb: \x00", ":2: has the control character U+0000"),
    ],
)
def test_other_encodings_are_refused(tmp_path, raw, told):
    (tmp_path / "x.yaml").write_bytes(raw)
    document = source.read(tmp_path / "x.yaml")
    assert document.value is None
    assert told in document.problems[0].render("en")


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path):
    (tmp_path / "x.yaml").write_bytes(b"\xef\xbb\xbfa: 1")
    assert source.read(tmp_path / "x.yaml").value == {"a": 1}


def test_a_file_that_is_gone_is_a_problem(tmp_path):
    assert "cannot be read" in files.decode(tmp_path / "x.yaml")[1][0].render("en")


plain = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20)
anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | plain,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(plain, inner, max_size=4),
    max_leaves=12,
)


@given(anything)
def test_json_is_read_as_it_is(value):
    document = source.parse(json.dumps(value), "x.json")
    if not document.problems:
        assert document.value == value


@given(st.text(max_size=80))
def test_no_text_at_all_makes_the_reader_fail(content):
    document = source.parse(content, "x.yaml")
    assert all((problem.line or 0) >= 1 for problem in document.problems)
