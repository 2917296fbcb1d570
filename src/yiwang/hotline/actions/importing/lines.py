"""Lines of a text file that can be gone back over: a CSV record without an end must not swallow the file."""

import collections
import csv
import io
from collections.abc import Iterator
from pathlib import Path

LONGEST = 1024 * 1024
"""Characters of a line; of a longer one only the beginning is kept in memory."""
KEPT = 2000
"""Characters of a refused line's raw text that go into the file of refused rows."""


class Lines(Iterator[str]):
    """Gives lines to a parser and remembers those of the record it is in.

    Bytes that are not in the encoding become half surrogates, so that their rows can be refused alone.
    """

    def __init__(self, path: Path, encoding: str) -> None:
        self._bytes = path.open("rb")
        self._file = io.TextIOWrapper(self._bytes, encoding=encoding, errors="surrogateescape", newline="")
        self._waiting: collections.deque[str] = collections.deque()
        self._record: list[str] = []
        self.size = path.stat().st_size

    def done(self) -> int:
        """Return how many bytes were read."""
        return self.size if self._file.closed else self._bytes.tell()

    def peek(self) -> str:
        """Return the first line that says something, without taking it."""
        for line in iter(self._read, ""):
            self._waiting.append(line)
            if line.strip():
                return line
        return ""

    def accept(self) -> None:
        """Forget the lines of the record just read."""
        self._record.clear()

    def retreat(self) -> str:
        """Give the record up: return its first line, and put the others back to be read again."""
        first, *others = self._record
        self._waiting.extendleft(reversed(others))
        self._record.clear()
        return first

    def close(self) -> None:
        self._file.close()

    def __next__(self) -> str:
        line = self._waiting.popleft() if self._waiting else self._read()
        if not line:
            self._file.close()
            raise StopIteration
        self._record.append(line)
        if len(line) >= LONGEST:
            raise csv.Error("a line is too long")
        return line

    def _read(self) -> str:
        if self._file.closed:
            return ""
        line = self._file.readline(LONGEST)
        if len(line) == LONGEST and not line.endswith(("\n", "\r")):
            while len(rest := self._file.readline(LONGEST)) == LONGEST and not rest.endswith(("\n", "\r")):
                pass
        return line
