"""A file of a pack: its text, and where in it a value stands.

Before: a folder. After: `source` and `tables` make values of the text.
"""

import dataclasses
import pathlib
import re
from collections.abc import Mapping

from yiwang.packs import problems, text

Path = tuple[str | int, ...]
INVISIBLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Signs that YAML forbids: no one types them on purpose, and PostgreSQL or UTF-8 cannot hold some."""


@dataclasses.dataclass(frozen=True)
class Origin:
    """Where a value stands: its file, its first line, and the lines of what is inside it."""

    file: str
    line: int | None
    lines: Mapping[Path, int] = dataclasses.field(default_factory=dict)
    path: Path = ()

    def at(self, *path: str | int) -> int | None:
        """Return the line of a part, or of the nearest thing around it that is written down."""
        full = self.path + path
        known = (
            self.lines[full[:end]] for end in range(len(full), len(self.path), -1) if full[:end] in self.lines
        )
        return next(known, self.line)

    def inside(self, *path: str | int) -> "Origin":
        return Origin(self.file, self.at(*path), self.lines, self.path + path)

    def problem(self, *path: str | int, zh: str, en: str, allowed: tuple[str, ...] = ()) -> problems.Problem:
        shown = ".".join(str(part) for part in path)
        return problems.Problem(self.file, self.at(*path), shown, text.Text(zh, en), allowed)


def shown(file: pathlib.Path) -> str:
    """Return a file's name as people would type it: relative to where they stand, if it is below."""
    here = pathlib.Path.cwd()
    return str(file.relative_to(here)) if file.is_relative_to(here) else str(file)


def decode(file: pathlib.Path) -> tuple[str | None, tuple[problems.Problem, ...]]:
    """Return the text of a UTF-8 file (with or without a byte order mark), or the problem it has."""
    origin = Origin(shown(file), None)
    try:
        raw = file.read_bytes()
    except OSError as error:
        return None, (
            origin.problem(zh=f"读不到文件（{error.strerror}）", en=f"cannot be read ({error.strerror})"),
        )
    try:
        return raw.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        trouble = Origin(origin.file, line).problem(
            zh="文件不是 UTF-8 编码；请用编辑器另存为 UTF-8", en="the file is not UTF-8; save it as UTF-8"
        )
        return None, (trouble,)


def invisible(content: str, name: str, line: int = 1) -> tuple[problems.Problem, ...]:
    """Return the problem of the first control character in a text that begins on a line, if there is one."""
    if (bad := INVISIBLE.search(content)) is None:
        return ()
    sign = f"U+{ord(bad[0]):04X}"
    origin = Origin(name, line + content[: bad.start()].count("\n"))
    return (
        origin.problem(
            zh=f"有不可见的控制字符 {sign}；请删去", en=f"has the control character {sign}; remove it"
        ),
    )
