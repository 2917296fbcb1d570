"""CSV tables → plain values, one entry a row: the form for thousands of entries of the same kind.

The first row names the fields. An empty cell means "not given". `name.en` fills a part of a field.
Before: `reading` met `table:` in a YAML file. After: `validating`, as for any other entry.
"""

import csv
import io
import pathlib
from collections.abc import Iterator
from typing import Any

from yiwang.packs import entry, files, problems, wording

Row = tuple[dict[str, Any], files.Origin]


def read(file: pathlib.Path, model: type[entry.Entry]) -> tuple[list[Row], list[problems.Problem]]:
    """Return the rows of a CSV file as field → value, each with its origin, and the problems of its form."""
    content, trouble = files.decode(file)
    name = files.shown(file)
    if content is None or (trouble := files.invisible(content, name)):
        return [], list(trouble)
    rows = csv.reader(io.StringIO(content, newline=""), strict=True)
    try:
        return _rows(rows, model, name)
    except csv.Error as error:
        origin = files.Origin(name, rows.line_num)
        return [], [origin.problem(zh=f"CSV 格式有误：{error}", en=f"not valid CSV: {error}")]


def _rows(rows: Any, model: type[entry.Entry], name: str) -> tuple[list[Row], list[problems.Problem]]:
    columns = [column.strip() for column in next(rows, [])]
    if troubles := list(_header(columns, model, files.Origin(name, 1))):
        return [], troubles
    found: list[Row] = []
    for line, cells in _numbered(rows):
        origin = files.Origin(name, line)
        troubles += _length(columns, cells, origin)
        found.append((_fields(columns, cells), origin))
    return found, troubles


def _numbered(rows: Any) -> Iterator[tuple[int, list[str]]]:
    """Yield each row that says something, with the line it starts on (a quoted cell may hold line breaks)."""
    start = rows.line_num + 1
    for cells in rows:
        if any(cell.strip() for cell in cells):
            yield start, cells
        start = rows.line_num + 1


def _header(columns: list[str], model: type[entry.Entry], origin: files.Origin) -> Iterator[problems.Problem]:
    """Find wrong columns once, not in every row."""
    if not columns:
        yield origin.problem(
            zh="表是空的；第一行应是字段名", en="the table is empty; its first row names the fields"
        )
        return
    names = entry.field_names(model)
    given = [column.split(".")[0] for column in columns]
    for index, column in enumerate(columns):
        if given[index] not in names:
            yield wording.unknown_field(column, names, origin.problem)
        elif any(column == other or column.startswith(f"{other}.") for other in columns[:index]) or any(
            other.startswith(f"{column}.") for other in columns[:index]
        ):
            yield origin.problem(column, zh="这一列写了两次", en="this column appears twice")
    for name, field in zip(names, model.model_fields.values(), strict=True):
        if field.is_required() and name not in given:
            yield origin.problem(name, zh="缺这一列", en="this column is missing")


def _length(columns: list[str], cells: list[str], origin: files.Origin) -> Iterator[problems.Problem]:
    if columns and len(cells) != len(columns):
        yield origin.problem(
            zh=f"这一行有 {len(cells)} 格，表头有 {len(columns)} 列",
            en=f"the row has {len(cells)} cells, the header {len(columns)} columns",
        )


def _fields(columns: list[str], cells: list[str]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for column, cell in zip(columns, cells, strict=False):
        if word := cell.strip():
            *outer, last = column.split(".")
            inside = fields
            for part in outer:
                inside = inside.setdefault(part, {})
            inside[last] = word
    return fields
