import json

import jsonschema
import pytest

from tests.packs import make
from yiwang.packs import schema, source

SCHEMAS = schema.export(make.kinds_of_tests())


def faults(name: str, value) -> list[str]:
    return [fault.message for fault in jsonschema.Draft202012Validator(SCHEMAS[name]).iter_errors(value)]


def test_there_is_one_for_each_kind_and_they_are_valid():
    assert list(SCHEMAS) == ["flow", "area", "outline", "pack", "examples", "all"]
    for one in SCHEMAS.values():
        jsonschema.Draft202012Validator.check_schema(one)


@pytest.mark.parametrize(
    "file",
    sorted([*(make.DATA / "base").rglob("*.yaml"), *(make.DATA / "city").rglob("*.yaml")]),
    ids=lambda file: file.name,
)
def test_what_the_loader_accepts_the_schema_accepts(file):
    value = json.loads(json.dumps(source.read(file).value))
    special = {"pack.yaml": "pack"}.get(file.name) or ("examples" if file.parent.name == "examples" else None)
    for name in [special] if special else [value["kind"], "all"]:
        assert faults(name, value) == []


@pytest.mark.parametrize(
    "value",
    [
        {"kind": "flow", "code": "a", "name": "n"},
        {"kind": "flow", "code": "a", "name": "n", "states": {}, "statess": {}},
        {"kind": "flow", "code": "a", "name": {"en": "n"}, "states": {}},
        {"kind": "flow", "code": "a", "name": "n", "states": {"x": {"stage": "clos", "name": "n"}}},
        {"kind": "area", "entries": [{"code": 1}]},
        {"kind": "area", "entries": [], "others": 1},
        {"kind": "areas", "code": 1},
        {"code": 1},
        [],
    ],
)
def test_what_is_wrong_is_wrong_in_the_editor_too(value):
    assert faults("all", value)


def test_a_code_needs_no_quotes_in_the_editor():
    assert faults("area", {"kind": "area", "code": 510104, "name": 110}) == []
