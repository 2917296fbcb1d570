"""Two packs → what differs, entry by entry: what a publisher reads before and after publishing."""

import dataclasses
from collections.abc import Iterator
from typing import Any, Literal

from yiwang.packs import pack


@dataclasses.dataclass(frozen=True)
class Difference:
    """A field of an entry before and after; None where it was or is not there."""

    path: str
    before: Any
    after: Any


@dataclasses.dataclass(frozen=True)
class Change:
    """What happened to one entry between two packs."""

    kind: str
    code: str
    what: Literal["added", "removed", "changed"]
    differences: tuple[Difference, ...] = ()


def compare(before: pack.Pack, after: pack.Pack) -> list[Change]:
    """Return the changes that lead from one pack to the other, by kind and in the order declared."""
    old, new = _values(before), _values(after)
    changes = [Change(*key, "removed") for key in old if key not in new]
    for key, value in new.items():
        if key not in old:
            changes.append(Change(*key, "added"))
        elif differences := tuple(_differences("", old[key], value)):
            changes.append(Change(*key, "changed", differences))
    return sorted(changes, key=lambda change: change.kind)


def _values(made: pack.Pack) -> dict[tuple[str, str], Any]:
    return {
        (kind, value["code"]): value for kind, values in made.content()["entries"].items() for value in values
    }


def _differences(path: str, before: Any, after: Any) -> Iterator[Difference]:
    if isinstance(before, dict) and isinstance(after, dict):
        if [name for name in before if name in after] != [name for name in after if name in before]:
            yield Difference(path, list(before), list(after))
        for name in dict.fromkeys((*before, *after)):
            inner = f"{path}.{name}" if path else name
            yield from _differences(inner, before.get(name), after.get(name))
    elif before != after:
        yield Difference(path, before, after)
