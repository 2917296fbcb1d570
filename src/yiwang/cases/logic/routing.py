"""Routing: category × area × day → the organisation responsible, with the line that says so.

The most specific valid line wins: the deeper category first, then the longer area prefix. Where no line
answers, the case goes to a desk line, never nowhere. Built once per release from the responsibility list.
"""

import collections
import contextlib
import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from yiwang.cases.definitions.categories import Category
from yiwang.cases.definitions.responsibilities import Responsibility


@dataclasses.dataclass(frozen=True, slots=True)
class Routing:
    """Where a case goes. `certain` is false where only a desk could be found."""

    organisation: str
    certain: bool
    line: str
    category: str
    area: str
    basis: str

    def reasons(self) -> dict[str, str | bool]:
        """Return the structured reason stored with the step."""
        return {
            "rule": "responsibility-list" if self.certain else "desk",
            "line": self.line,
            "category": self.category,
            "area": self.area,
            "basis": self.basis,
        }


REMEMBERED = 50_000
Lines = Mapping[tuple[str, str], tuple[Responsibility, ...]]


@dataclasses.dataclass(frozen=True, slots=True)
class Router:
    """The list, ready to be asked; keys are (category or "", area or ""). It remembers what it was asked."""

    lines: Lines
    desks: Lines
    ancestors: Mapping[str, tuple[str, ...]]
    known: dict[tuple[bool, str, str, dt.date], Responsibility | None] = dataclasses.field(
        default_factory=dict, compare=False, repr=False
    )

    def route(self, category: str, area: str, day: dt.date) -> Routing:
        """Return who answers on `day`. Raises LookupError where the list has no desk at all."""
        found = self._best(self.lines, category, area, day)
        return _routing(found, certain=True) if found else self.desk(category, area, day)

    def desk(self, category: str, area: str, day: dt.date) -> Routing:
        """Return the desk that takes what cannot be routed."""
        found = self._best(self.desks, category, area, day)
        if found is None:
            raise LookupError(f"the responsibility list names no desk for {area}")
        return _routing(found, certain=False)

    def _best(self, lines: Lines, category: str, area: str, day: dt.date) -> Responsibility | None:
        asked = (lines is self.desks, category, area, day)
        if asked in (known := self.known):
            with contextlib.suppress(KeyError):  # another thread may be making room
                return known[asked]
        if len(known) >= REMEMBERED:
            known.clear()
        known[asked] = found = self._sought(lines, category, area, day)
        return found

    def _sought(self, lines: Lines, category: str, area: str, day: dt.date) -> Responsibility | None:
        for name in (*self.ancestors.get(category, (category,)), ""):
            for prefix in prefixes(area):
                for line in lines.get((name, prefix), ()):
                    if valid(line, day):
                        return line
        return None


def router(lines: Iterable[Responsibility], categories: Mapping[str, Category]) -> Router:
    """Build the router of a release."""
    usual: dict[tuple[str, str], list[Responsibility]] = collections.defaultdict(list)
    desks: dict[tuple[str, str], list[Responsibility]] = collections.defaultdict(list)
    for line in lines:
        (desks if line.desk else usual)[line.category or "", line.area or ""].append(line)
    return Router(
        _frozen(usual), _frozen(desks), {code: tuple(lineage(code, categories)) for code in categories}
    )


def lineage(code: str, categories: Mapping[str, Category]) -> Iterator[str]:
    """Yield a category and its ancestors, nearest first; a loop ends the walk."""
    seen: set[str] = set()
    at: str | None = code
    while at and at in categories and at not in seen:
        seen.add(at)
        yield at
        at = categories[at].parent


def prefixes(area: str) -> Iterator[str]:
    """Yield an area code and those that contain it, longest first, and "" last."""
    for length in (15, 12, 9, 6, 4, 2):
        if len(area) >= length:
            yield area[:length]
    yield ""


def valid(line: Responsibility, day: dt.date) -> bool:
    """Tell whether a line is in force on a day, both ends included."""
    return (line.valid_from is None or line.valid_from <= day) and (
        line.valid_to is None or day <= line.valid_to
    )


def _routing(line: Responsibility, *, certain: bool) -> Routing:
    return Routing(line.organisation, certain, line.code, line.category or "", line.area or "", line.basis)


def _frozen(lines: dict[tuple[str, str], list[Responsibility]]) -> Lines:
    return {key: tuple(sorted(group, key=lambda line: line.code)) for key, group in lines.items()}
