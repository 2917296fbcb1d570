"""The file of refused rows: each with its number, fields and reasons, and its own cells, ready to be corrected."""

import csv
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from yiwang.hotline.actions.importing.tables import FORMULA, Row
from yiwang.hotline.definitions.faults import Fault
from yiwang.hotline.logic import columns


def beside(path: Path) -> Path:
    """Return where the refused rows of a file go: beside it, or here where its folder cannot be written to."""
    folder = path.parent if os.access(path.parent, os.W_OK) else Path.cwd()
    return folder / f"{path.name}.rejected.csv"


class Rejects:
    """Written as rows are refused; without any, no file is left from this run or a former one."""

    def __init__(self, path: Path, headers: Sequence[str]) -> None:
        self.path, self.count = path, 0
        self._own = [at for at, header in enumerate(headers) if header not in columns.REJECTED]
        self._headers = [headers[at] for at in self._own]
        self._file: TextIO | None = None
        path.unlink(missing_ok=True)

    def add(self, row: Row, faults: Sequence[Fault]) -> None:
        """Write one refused row."""
        if self._file is None:
            self._file = self.path.open("w", encoding="utf-8-sig", newline="", errors="backslashreplace")
            csv.writer(self._file).writerow([*columns.REJECTED, *self._headers])
        told = (
            row.number,
            "；".join(dict.fromkeys(one.field for one in faults if one.field)),
            "；".join(one.message.zh for one in faults),
            "; ".join(one.message.in_language("en") for one in faults),
            row.raw,
        )
        cells = [row.cells[at] if at < len(row.cells) else "" for at in self._own]
        csv.writer(self._file).writerow([*told[:1], *map(_guarded, (*told[1:], *cells))])
        self.count += 1

    def close(self) -> None:
        if self._file:
            self._file.close()


def _guarded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; reading the file again takes the mark off."""
    plain = cell.replace("\x00", "␀")
    return f"'{plain}" if plain.startswith(FORMULA) else plain
