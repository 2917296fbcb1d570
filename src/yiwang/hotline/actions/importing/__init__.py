"""`yiwang import requests`: a file of requests becomes cases, batch by batch, safe to be run again.

Before: `tables` reads, `logic.columns` maps. After: `cases.actions.open_many` writes each batch in one
transaction. A row's key comes from its source and id (or content), so a second run, or one after a kill, opens
only what is missing.
"""

import contextlib
import dataclasses
import itertools
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from django.utils import timezone

from yiwang.cases.definitions.facts import Opening
from yiwang.cases.definitions.refusals import Refused
from yiwang.cases.logic import effects
from yiwang.hotline.actions import reporting
from yiwang.hotline.actions.importing import rejecting, tables, writing
from yiwang.hotline.definitions import requests
from yiwang.hotline.definitions.faults import Fault, Invalid, fault, of_refusal
from yiwang.hotline.definitions.intake import Intake
from yiwang.hotline.definitions.mapping import Mapping
from yiwang.hotline.logic import columns, understanding, words
from yiwang.hotline.logic.desk import Desk
from yiwang.hotline.queries import desks
from yiwang.kernel.access.logic import SYSTEM
from yiwang.packs.wrong import Wrong

BATCH = 500
SOURCE_LIMIT = 60


@dataclasses.dataclass(slots=True)
class Report:
    """How an import went. `opened + already + refused` is the number of rows that said anything."""

    encoding: str
    kind: str
    columns: dict[str, str]
    source: str
    opened: int = 0
    already: int = 0
    refused: int = 0
    rejected: Path | None = None

    @property
    def rows(self) -> int:
        return self.opened + self.already + self.refused


Observer = Callable[[int, int, Report], None]
"""Called after each batch with how far the file is read, its size, and the report so far."""


def run(
    path: Path, mapping: Mapping, *, area: str = "", dry: bool = False, observe: Observer | None = None
) -> Report:
    """Open one case for each row of a file; refuse bad rows one by one into `FILE.rejected.csv`.

    `area` is taken for rows that name none and have no position. `dry` does everything and keeps nothing.
    Raises Wrong where the file or the mapping cannot be used, OSError where the file cannot be read.
    """
    desk = desks.current()
    intake = desk.door("import")
    if intake is None:
        raise Wrong("本市没有开通批量导入", "this city has not opened imports")
    intake = _placed(desk, intake, area)
    with contextlib.closing(tables.read(path, mapping.encoding)) as table:
        ready = columns.columns(table.headers, mapping)
        shown = {field: table.headers[place] for field, place in ready.places}
        report = Report(table.encoding, table.kind, shown, _source(path, mapping))
        with contextlib.closing(rejecting.Rejects(rejecting.beside(path), table.headers)) as rejects:
            taking = _Taking(desk, intake, ready, report.source)
            for batch, results in writing.in_order(_batches(taking, table.rows), dry=dry):
                _settle(batch, results, report, rejects)
                if observe:
                    observe(table.done(), table.size, report)
            report.rejected = rejects.path if rejects.count else None
    return report


@dataclasses.dataclass(frozen=True, slots=True)
class _Taking:
    desk: Desk
    intake: Intake
    columns: columns.Columns
    source: str


@dataclasses.dataclass(slots=True)
class _Batch:
    """Rows that can be opened, each with its opening, and those that cannot."""

    rows: list[tables.Row] = dataclasses.field(default_factory=list)
    openings: list[Opening] = dataclasses.field(default_factory=list)
    refused: list[tuple[tables.Row, Sequence[Fault]]] = dataclasses.field(default_factory=list)


def _batches(taking: _Taking, rows: Iterator[tables.Row]) -> Iterator[_Batch]:
    while some := list(itertools.islice(rows, BATCH)):
        batch = _Batch()
        for row in some:
            try:
                batch.openings.append(_opening(taking, row))
                batch.rows.append(row)
            except Invalid as invalid:
                batch.refused.append((row, invalid.faults))
        yield batch


def _settle(batch: _Batch, results: writing.Results, report: Report, rejects: rejecting.Rejects) -> None:
    """Count what became of a batch and write down what was refused, in the order of the file."""
    for row, result in zip(batch.rows, results, strict=True):
        if isinstance(result, Refused):
            batch.refused.append((row, [of_refusal(result)]))
        elif result.repeated:
            report.already += 1
        else:
            report.opened += 1
    for row, faults in sorted(batch.refused, key=lambda one: one[0].number):
        rejects.add(row, faults)
    report.refused += len(batch.refused)


def _opening(taking: _Taking, row: tables.Row) -> Opening:
    if row.faults:
        raise Invalid(row.faults)
    origin = _origin(taking, row)
    if place := words.impossible(origin):
        raise Invalid([fault("id", "bad-character", place=place - len(taking.source) - 1)])
    said = taking.columns.said(row.cells)
    understood = understanding.understand(
        taking.desk, taking.intake, said, "import", timezone.now(), text_limit=effects.LIMITS["text"]
    )
    key = taking.columns.key(taking.source, row.cells)
    return reporting.opening(understood, key, SYSTEM, source=origin, quiet=True)


def _origin(taking: _Taking, row: tables.Row) -> str:
    """Return what a case remembers of where it came from: the source, and the row's id or number."""
    at = taking.columns.row_id
    named = row.cells[at].strip() if at is not None else ""
    return f"{taking.source}#{named or row.number}"[:120]


def _placed(desk: Desk, intake: Intake, area: str) -> Intake:
    """Return the intake with the operator's area as its fallback."""
    if not area:
        return intake
    said = requests.Said(text="-", area=area)
    try:
        found = understanding.understand(desk, intake, said, "import", timezone.now())
    except Invalid as invalid:
        message = invalid.faults[0].message
        raise Wrong(message.zh, message.in_language("en")) from invalid
    return intake.model_copy(update={"fallback_area": found.area})


def _source(path: Path, mapping: Mapping) -> str:
    """Return the name rows are known under; a file of refused rows belongs to the file it came from."""
    name = path.name
    while name.endswith(".rejected.csv"):
        name = name.removesuffix(".rejected.csv")
    return mapping.source or name[:SOURCE_LIMIT]
