"""What is wrong in a pack: each problem with its file, line and field, and what may be written instead."""

import dataclasses
import difflib
from collections.abc import Iterable

from yiwang.packs import text

MANY = 20
"""Choices shown before the rest is only counted."""


@dataclasses.dataclass(frozen=True)
class Problem:
    """One thing to correct. `path` is the field inside the entry, such as `states.closed.stage`."""

    file: str
    line: int | None
    path: str
    message: text.Text
    allowed: tuple[str, ...] = ()

    def render(self, language: str = "zh") -> str:
        """Return one line for people: `flows.yaml:12: states.closed.stage: …；可写：collect, file`."""
        english = language.startswith("en")
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        parts = [part for part in (place, self.path) if part]
        return ": ".join([*parts, self.message.in_language(language) + self._choices(english=english)])

    def _choices(self, *, english: bool) -> str:
        if not self.allowed:
            return ""
        asked = self.message.zh.endswith("？")
        words = (" allowed: " if asked else "; allowed: ") if english else ("可写：" if asked else "；可写：")
        count = len(self.allowed)
        more = "" if count <= MANY else f", … ({count} in all)" if english else f"……（共 {count} 个）"
        return words + ", ".join(self.allowed[:MANY]) + more


class PackInvalid(Exception):  # noqa: N818 - reads as the fact it reports
    """A pack cannot be used. Carries every problem found, sorted by file and line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(in_order(problems))
        super().__init__(self.render())

    def render(self, language: str = "zh") -> str:
        return "\n".join(problem.render(language) for problem in self.problems)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems without repeats, by file, line and path."""
    return sorted(dict.fromkeys(problems), key=lambda found: (found.file, found.line or 0, found.path))


def meant(word: str, allowed: Iterable[str]) -> str | None:
    """Return the allowed word that a misspelt one probably stands for."""
    return next(iter(difflib.get_close_matches(word, list(allowed), n=1, cutoff=0.6)), None)
