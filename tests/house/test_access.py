"""Rows are seen through access: doors never reach for rows themselves, and only a room's own inside does."""

import ast
import pathlib

import pytest

SOURCE = pathlib.Path(__file__).parents[2] / "src" / "yiwang"
DOORS = ("views", "api", "urls")
CASES = ("Case", "Event", "Clock", "CaseFile", "Searchable", "Notice")


def modules() -> list[pathlib.Path]:
    return [file for file in SOURCE.rglob("*.py") if "migrations" not in file.parts]


def uses_of_objects(file: pathlib.Path) -> list[str]:
    """Return what stands before `.objects` in a module."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return [
        ast.unparse(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "objects"
    ]


@pytest.mark.parametrize(
    "file",
    [one for one in modules() if any(part.removesuffix(".py") in DOORS for part in one.parts)],
    ids=str,
)
def test_doors_reach_for_no_rows(file):
    assert uses_of_objects(file) == []


def test_rows_of_cases_are_read_inside_cases_only():
    strangers = {
        str(file.relative_to(SOURCE)): found
        for file in modules()
        if "cases" not in file.relative_to(SOURCE).parts[:1]
        and (found := [one for one in uses_of_objects(file) if one.split(".")[-1] in CASES])
    }
    assert strangers == {}
