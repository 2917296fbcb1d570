"""Functions and modules stay small enough to be read in one go."""

import ast

import pytest

from tests.house import sources

MODULE_LINES, FUNCTION_LINES, DOOR_LINES = 400, 40, 20
DOORS = {"views", "api", "handlers", "tasks"}


def functions():
    for file, tree in sources.modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield file, node, node.end_lineno - node.lineno + 1


def test_no_module_is_too_long():
    long = {
        str(file): text
        for file in sources.modules()
        if (text := len(file.read_text().splitlines())) > MODULE_LINES
    }
    assert not long


@pytest.mark.parametrize(("where", "limit"), [("anywhere", FUNCTION_LINES), ("doors", DOOR_LINES)])
def test_no_function_is_too_long(where: str, limit: int):
    long = [
        f"{file.relative_to(sources.ROOT)}:{node.lineno} {node.name} ({lines})"
        for file, node, lines in functions()
        if lines > limit and (where == "anywhere" or DOORS & {file.stem, file.parent.name})
    ]
    assert not long
