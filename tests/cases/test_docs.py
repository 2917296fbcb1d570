"""docs/flows.md is true: its smallest flow loads, proves and plays, and it names every field there is."""

import datetime as dt
import re
import uuid
from typing import get_args

import pytest
from django.conf import settings

from tests.cases import make
from tests.packs import test_docs as packs
from yiwang.cases.definitions import categories, flows, responsibilities
from yiwang.cases.definitions.facts import CaseFacts
from yiwang.cases.definitions.refusals import REASONS
from yiwang.cases.logic import deciding, examples, guards, moves
from yiwang.kernel.access.logic import SYSTEM
from yiwang.kernel.calendar.definitions.amounts import Amount
from yiwang.packs import entry, loading
from yiwang.packs import examples as played

DOCUMENT = (settings.PACKS_ROOT.parent / "docs" / "flows.md").read_text()
TABLES = re.findall(r"(?:^\|.*\|$\n)+", DOCUMENT, re.MULTILINE)


def column(table: str, number: int = 0) -> list[str]:
    """Return what a column of a table names in code marks, without its heading."""
    cells = [line.split("|")[number + 1] for line in table.splitlines()[2:]]
    return [name for cell in cells for name in re.findall(r"`([^`]+)`", cell)]


def tables(heading: str) -> list[str]:
    return [table for table in TABLES if table.startswith(f"| {heading} |")]


FIELDS = [column(table) for table in tables("field")]
MODELS = (
    flows.Flow, flows.Opening, flows.State, flows.Action, flows.Way, flows.Who, flows.Input, flows.ClockChange,
    flows.Tell, flows.Clock, flows.Alert, categories.Category, responsibilities.Responsibility,
)  # fmt: skip


@pytest.fixture
def park(tmp_path):
    """Return the pack of packs.md with the files of flows.md laid over it."""
    for name, content in [*packs.FILE.findall(packs.DOCUMENT), *packs.FILE.findall(DOCUMENT)]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content)
    return loading.load(tmp_path / "park", roots=[settings.PACKS_ROOT])


def test_the_smallest_flow_is_proved_and_plays(park):
    results = played.run(park)
    assert len(results) == 2
    for result in results:
        assert result.holds, result.failures[0].render()
    assert park.entries(flows.Flow)["bench-repair"].prefix == "GY"


def test_the_fields_of_every_part_are_named_in_one_table():
    assert len(FIELDS) == len(MODELS)
    for model, named in zip(MODELS, FIELDS, strict=True):
        assert sorted(named) == sorted(entry.field_names(model)), model.__name__


@pytest.mark.parametrize(
    ("heading", "known"), [("effect", get_args(flows.Effect)), ("kind", get_args(flows.InputKind))]
)
def test_every_choice_is_named(heading, known):
    (table,) = tables(heading)
    assert sorted(column(table)) == sorted(known)


def test_the_words_within_the_tables_are_the_codes():
    def named(model: type, field: str) -> set[str]:
        table = tables("field")[MODELS.index(model)]
        (line,) = (one for one in table.splitlines() if one.startswith(f"| `{field}` |"))
        return set(re.findall(r"`([^`]+)`", line)) - {field}

    assert named(flows.State, "stage") == set(get_args(flows.Stage))
    assert named(flows.Alert, "level") == set(get_args(flows.Alert.model_fields["level"].annotation))
    assert named(flows.Tell, "to") == set(get_args(flows.Tell.model_fields["to"].annotation))
    assert named(flows.Who, "of") == set(get_args(flows.Who.model_fields["of"].annotation))
    assert named(flows.Action, "tone") == set(get_args(flows.Action.model_fields["tone"].annotation))
    assert named(flows.Action, "who") == set(get_args(flows.Party))
    assert named(flows.Action, "sets") == deciding.FIELDS
    for unit in named(flows.Clock, "limit"):
        assert Amount.parse(f"3 {unit}").value == 3


def test_what_expressions_may_read_is_listed():
    case = CaseFacts(
        uuid.UUID(int=0), "", 0, "request", "filed", 1, b"", "x", "51", "x", 1, dt.datetime.now(dt.UTC)
    )
    values = moves.values(case, SYSTEM, dt.datetime.now(dt.UTC)) | {"input": {}}
    read = {f"{name}.{key}" for name in ("case", "actor") for key in values[name]}
    (table,) = tables("name")
    listed = set(column(table))
    assert listed == read | {"input", "route.certain", "route.organisation"}
    for span in re.findall(r"`([^`\n]+)`", DOCUMENT):
        if re.search(r"==|&&|<=| in ", span) and not span.startswith("to:"):
            guards.compiled(span)


def test_examples_compare_what_is_listed():
    (table,) = tables("then")
    pack = make.pack()
    given = {"category": "lamp", "area": "510107", "at": "2026-09-30 09:30"}
    for name in column(table):
        if name in REASONS:
            continue
        example = examples.Example(name="x", kind="flow", given=given, then={name: "nonsense"})
        if name in ("due", "facts"):
            example = example.model_copy(
                update={"then": {name: {"due": "2026-01-01", "facts": {"x": 1}}[name]}}
            )
        assert examples.run(pack, example), name
    refusals = set(re.findall(r"`([a-z-]+)`", table.partition("`refused`")[2].splitlines()[0]))
    assert refusals <= REASONS.keys()
