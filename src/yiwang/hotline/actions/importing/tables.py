"""Files as rows: CSV, XLSX and JSON lines, read one row at a time.

Before: the operator's file. After: `run` maps each row. A row that cannot be split is yielded with its fault and
its raw text; it never takes its neighbours along.
"""

import contextlib
import csv
import dataclasses
import datetime as dt
import itertools
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import orjson
import python_calamine

from yiwang.hotline.actions.importing import lines
from yiwang.hotline.definitions.faults import Fault, fault
from yiwang.hotline.logic import columns, encodings, words
from yiwang.kernel.files import definitions as files
from yiwang.kernel.files.logic import sniffing
from yiwang.packs.text import Text
from yiwang.packs.wrong import Wrong

SAMPLE = 16 * 1024 * 1024
FORMULA = ("=", "+", "-", "@", "\t")


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as a spreadsheet counts (headers are row 1), its cells, or what is wrong with it."""

    number: int
    cells: tuple[str, ...]
    faults: tuple[Fault, ...] = ()
    raw: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Table:
    """An opened file. `done()` is how far it is read, from 0 to `size`."""

    headers: tuple[str, ...]
    rows: Iterator[Row]
    kind: str
    encoding: str
    size: int
    done: Callable[[], int]
    close: Callable[[], None] = lambda: None


def read(path: Path, encoding: str = "") -> Table:
    """Return a file as a table, to be closed. Raises Wrong where it is none, OSError where it cannot be opened."""
    with contextlib.ExitStack() as opened:
        table = _read(path, encoding, opened)
        return dataclasses.replace(table, close=opened.pop_all().close)


def _read(path: Path, encoding: str, opened: contextlib.ExitStack) -> Table:
    with path.open("rb") as stream:
        sample = stream.read(SAMPLE)
    if not sample.strip():
        raise Wrong("文件是空的", "the file is empty")
    if sample.startswith(b"PK"):
        return _sheet(path)
    known = encoding or encodings.guess(sample)
    if known is None:
        raise Wrong(
            "看不出文件的编码（不是 UTF-8 也不是 GB18030）；请用 --encoding 指明",
            "the encoding is neither UTF-8 nor GB18030; name it with --encoding",
        )
    try:
        start = sample[:4096].decode(known, "ignore").lstrip("\ufeff \t\r\n")
    except LookupError:
        raise Wrong(f"没有编码“{known}”", f'there is no encoding "{known}"') from None
    source = opened.enter_context(contextlib.closing(lines.Lines(path, known)))
    if start.startswith("{"):
        return _json_lines(source, path, known)
    return _csv(source, known)


def _csv(source: lines.Lines, encoding: str) -> Table:
    rows = _csv_rows(source, _delimiter(source.peek()))
    first = next(rows, None)
    if first is None or first.faults:
        raise Wrong("第一行不是表头", "the first row is no header")
    headers = named(first.cells)
    ours = any(header in columns.REJECTED for header in headers)
    checked = (_fitted(row, len(headers), unguard=ours) for row in rows)
    return Table(headers, checked, "CSV", encoding, source.size, source.done)


def _delimiter(header: str) -> str:
    return max(",\t;", key=header.count)


def _csv_rows(source: lines.Lines, delimiter: str) -> Iterator[Row]:
    """Yield rows; of one that has no end, only the first line is refused and reading goes on with the next."""
    number = 0
    reader = csv.reader(source, delimiter=delimiter, strict=True)
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raw = source.retreat()
            wrong = fault("", "unsplit" if len(raw) < lines.LONGEST else "too-big")
            yield Row(number, (), (wrong,), raw[: lines.KEPT])
            reader = csv.reader(source, delimiter=delimiter, strict=True)
            continue
        source.accept()
        if any(cell.strip() for cell in cells):
            yield Row(number, tuple(cells))


def _fitted(row: Row, width: int, *, unguard: bool = False) -> Row:
    """Return a row with as many cells as there are headers, or with the fault that it has not."""
    if row.faults:
        return row
    cells = row.cells
    if unguard:
        cells = tuple(cell[1:] if cell[:1] == "'" and cell[1:2] in FORMULA else cell for cell in cells)
    while len(cells) > width and not cells[-1].strip():
        cells = cells[:-1]
    if len(cells) != width:
        wrong = fault("", "ragged", count=len(cells), width=width)
        return Row(row.number, (*cells, *[""] * width)[:width], (wrong,), "\t".join(row.cells)[: lines.KEPT])
    return Row(row.number, cells, _unreadable(cells))


def _unreadable(cells: tuple[str, ...]) -> tuple[Fault, ...]:
    try:
        "".join(cells).encode()
    except UnicodeEncodeError as error:
        return (fault("", "bad-bytes", place=error.start + 1),)
    return ()


def _sheet(path: Path) -> Table:
    with path.open("rb") as stream:
        try:
            sniffing.check(stream, files.TABLE)
            book = python_calamine.CalamineWorkbook.from_path(str(path))
            sheet = book.get_sheet_by_index(0)
        except files.Refused as refused:
            raise Wrong(refused.message("zh-hans"), refused.message("en")) from refused
        except (python_calamine.CalamineError, zipfile.BadZipFile, IndexError, OSError) as error:
            raise Wrong(f"表格无法打开：{error}", f"the sheet cannot be opened: {error}") from error
    rows = ((number, cells) for number, cells in enumerate(sheet.iter_rows(), 1) if any(cells))
    number, first = next(rows, (0, []))
    if not first:
        raise Wrong("第一张工作表是空的", "the first sheet is empty")
    position = [number]
    headers = named(tuple(map(_cell, first)))
    return Table(
        headers, _sheet_rows(rows, len(headers), position), "XLSX", "", sheet.height, lambda: position[0]
    )


def _sheet_rows(rows: Iterator[tuple[int, list[Any]]], width: int, position: list[int]) -> Iterator[Row]:
    for number, values in rows:
        position[0] = number
        cells = tuple(map(_cell, values))
        yield _fitted(Row(number, cells), width)


def _cell(value: Any) -> str:
    """Return a spreadsheet's value as people would type it."""
    match value:
        case bool():
            return "1" if value else "0"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case dt.datetime():
            return value.isoformat(" ", "seconds")
        case None:
            return ""
    return str(value)


def _json_lines(source: lines.Lines, path: Path, encoding: str) -> Table:
    """Return JSON lines as a table; its columns are the names in the first thousand objects."""
    seen: dict[str, None] = {}
    with contextlib.closing(lines.Lines(path, encoding)) as probe:
        for row in itertools.islice(_json_rows(probe, None), 1000):
            seen |= dict.fromkeys(row.cells)
    headers = tuple(seen)
    if not headers:
        raise Wrong("没有一行是 JSON 对象", "no line is a JSON object")
    return Table(headers, _json_rows(source, headers), "JSON", encoding, source.size, source.done)


def _json_rows(source: lines.Lines, headers: tuple[str, ...] | None) -> Iterator[Row]:
    """Yield the values of each object under the headers, or the object's own names without any."""
    number = 0
    while True:
        number += 1
        try:
            line = next(source)
        except StopIteration:
            return
        except csv.Error:
            yield Row(number, (), (fault("", "too-big"),), source.retreat()[: lines.KEPT])
            continue
        source.accept()
        if line.strip():
            found, wrong = _object(line)
            cells = tuple(found) if headers is None else tuple(found.get(one, "") for one in headers)
            yield Row(number, cells, wrong, line[: lines.KEPT] if wrong else "")


def _object(line: str) -> tuple[dict[str, str], tuple[Fault, ...]]:
    """Return a line's values as texts. Lists and objects inside stay JSON."""
    try:
        found = orjson.loads(line.encode())
    except (ValueError, UnicodeEncodeError) as error:
        return {}, (Fault("", "not-json", Text(f"不是 JSON：{error}", f"not JSON: {error}")),)
    if not isinstance(found, dict):
        return {}, (fault("", "not-an-object"),)
    return {key: _json_text(value) for key, value in found.items()}, ()


def _json_text(value: Any) -> str:
    return orjson.dumps(value).decode() if isinstance(value, dict | list) else _cell(value)


def named(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Return header cells cleaned; an empty one is named after its place."""
    return tuple(words.one_line(cell) or f"#{place}" for place, cell in enumerate(cells, 1))
