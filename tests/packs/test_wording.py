"""The complaints that people read, word for word: every file of data/broken has its line in broken.*.txt."""

from typing import Literal

import pytest

from tests.packs import make
from yiwang.packs import entry, files, problems, text, validating


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_fault_is_told_with_its_line_and_what_to_write(monkeypatch, language):
    monkeypatch.chdir(make.DATA)
    with pytest.raises(problems.PackInvalid) as caught:
        make.load("broken")
    expected = (make.DATA / f"broken.{language}.txt").read_text().splitlines()
    assert caught.value.render(language).splitlines() == expected


def flow(tmp_path, line: str) -> list[str]:
    content = f"kind: flow\ncode: a\nname: n\nstates: {{}}\n{line}\n"
    make.write(tmp_path, {"city/flow.yaml": content})
    return [f"{found.line}: {found.path}: {found.message.en}" for found in make.faults(tmp_path)]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("days: soon", '5: days: "soon" is wrong; must be a whole number'),
        ("days: 1.5", '5: days: "1.5" is wrong; must be a whole number'),
        ("days:", "5: days: has no content; must be a whole number"),
        ("days: [1]", "5: days: must be a whole number"),
        ("states2: 1", '5: states2: unknown field "states2"; did you mean "states"?'),
        ("who: {a: b}", '5: who: "{…}" is not allowed'),
        ("who: [1, [2]]", "5: who.1: must be text"),
        ("since: 2026-02-30", '5: since: "2026-02-30" is wrong; must be a date such as 2026-01-31'),
        ("effects: [{do: wait, hours: .inf}]", '5: effects.0.hours: ".inf" is wrong; must be a number'),
        ("effects: [{do: wait, hours: 0}]", "5: effects.0.hours: 0 must be greater than 0"),
        ("effects: 7", '5: effects: "7" is wrong; must be a list (one item a line, each with "- ")'),
    ],
)
def test_one_fault_is_one_problem(tmp_path, line, told):
    assert flow(tmp_path, line) == [told]


def test_a_number_where_a_quoted_word_is_meant(tmp_path):
    class Grade(entry.Entry):
        grade: Literal["1", "2"]

    _, found = validating.validate(Grade, {"code": "a", "grade": 1}, files.Origin("x", 1))
    assert found[0].message.en == "must be written in quotes as '1'"


def test_many_choices_are_counted_not_listed():
    found = problems.Problem("x", 1, "a", text.Text("错", "wrong"), tuple(str(n) for n in range(300)))
    assert found.render("zh").endswith("18, 19……（共 300 个）")
    assert found.render("en").endswith("18, 19, … (300 in all)")
