"""`yiwang import requests`: a file of requests becomes cases, batch by batch, safe to be run again.

Before: `tables` reads, `logic.columns` maps. After: `cases.actions.open_many` writes each batch in one
transaction. A row's key comes from its source and id (or content), so a second run, or one after a kill, opens
only what is missing.
"""

import dataclasses
import itertools
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from yiwang.cases import actions as cases
from yiwang.cases.definitions.facts import Opening
from yiwang.cases.definitions.refusals import Refused
from yiwang.cases.logic import effects
from yiwang.hotline.actions import reporting
from yiwang.hotline.actions.importing import rejecting, tables
from yiwang.hotline.definitions import requests
from yiwang.hotline.definitions.faults import Fault, Invalid, of_refusal
from yiwang.hotline.definitions.intake import Intake
from yiwang.hotline.definitions.mapping import Mapping
from yiwang.hotline.logic import columns, understanding
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
    table = tables.read(path, mapping.encoding)
    ready = columns.columns(table.headers, mapping)
    shown = {field: table.headers[place] for field, place in ready.places}
    report = Report(table.encoding, table.kind, shown, _source(path, mapping))
    rejects = rejecting.Rejects(rejecting.beside(path), table.headers)
    try:
        for batch in _batches(table.rows):
            _take(_Taking(desk, intake, ready, report, rejects, dry), batch)
            if observe:
                observe(table.done(), table.size, report)
    finally:
        rejects.close()
    report.rejected = rejects.path if rejects.count else None
    return report


@dataclasses.dataclass(frozen=True, slots=True)
class _Taking:
    desk: Desk
    intake: Intake
    columns: columns.Columns
    report: Report
    rejects: rejecting.Rejects
    dry: bool


def _take(taking: _Taking, batch: Sequence[tables.Row]) -> None:
    """Open the good rows of a batch in one transaction, write the others down."""
    rows: list[tables.Row] = []
    openings: list[Opening] = []
    for row in batch:
        try:
            openings.append(_opening(taking, row))
            rows.append(row)
        except Invalid as invalid:
            _refuse(taking, row, invalid.faults)
    with transaction.atomic():
        results = cases.open_many(openings)
        transaction.set_rollback(taking.dry)
    for row, result in zip(rows, results, strict=True):
        if isinstance(result, Refused):
            _refuse(taking, row, [of_refusal(result)])
        elif result.repeated:
            taking.report.already += 1
        else:
            taking.report.opened += 1


def _opening(taking: _Taking, row: tables.Row) -> Opening:
    if row.faults:
        raise Invalid(row.faults)
    said = taking.columns.said(row.cells)
    understood = understanding.understand(
        taking.desk, taking.intake, said, "import", timezone.now(), text_limit=effects.LIMITS["text"]
    )
    key = taking.columns.key(taking.report.source, row.cells)
    return reporting.opening(understood, key, SYSTEM, source=_origin(taking, row), quiet=True)


def _origin(taking: _Taking, row: tables.Row) -> str:
    """Return what a case remembers of where it came from: the source, and the row's id or number."""
    at = taking.columns.row_id
    named = row.cells[at].strip() if at is not None else ""
    return f"{taking.report.source}#{named or row.number}"[:120]


def _refuse(taking: _Taking, row: tables.Row, faults: Sequence[Fault]) -> None:
    taking.rejects.add(row, faults)
    taking.report.refused += 1


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


def _batches(rows: Iterator[tables.Row]) -> Iterator[list[tables.Row]]:
    while batch := list(itertools.islice(rows, BATCH)):
        yield batch
