"""Names to codes: people and files name categories and areas, the engine wants their codes.

An area is known by its code, its name, and every full name from the province, city or district down:
四川省成都市武侯区玉林街道, 成都市武侯区玉林街道, 武侯区玉林街道. A name that fits several is refused with all of them.
"""

import collections
import dataclasses
import difflib
import functools
from collections.abc import Iterable, Iterator, Mapping

from yiwang.cases.definitions.categories import Category
from yiwang.hotline.logic import words
from yiwang.kernel.identifiers import logic as identifiers
from yiwang.kernel.places.definitions import Area

NEAR = 3


@dataclasses.dataclass(frozen=True, eq=False)
class Names:
    """Codes by comparable name; `shown` tells how each code is written for people."""

    codes: Mapping[str, tuple[str, ...]]
    shown: Mapping[str, str]

    def find(self, written: str) -> tuple[str, ...]:
        """Return the codes a code or name may mean: none, one, or several."""
        return self._found(written.strip())

    @functools.lru_cache(maxsize=4096)  # noqa: B019 - lives as long as the release it belongs to
    def _found(self, written: str) -> tuple[str, ...]:
        return (written,) if written in self.shown else self.codes.get(words.same(written), ())

    @functools.lru_cache(maxsize=4096)  # noqa: B019 - the same
    def near(self, written: str) -> list[str]:
        """Return a few names that resemble what was written."""
        close = difflib.get_close_matches(words.same(written), self.codes, n=NEAR, cutoff=0.5)
        return list(dict.fromkeys(self.shown[code] for name in close for code in self.codes[name]))[:NEAR]


def plain(shown: Mapping[str, str]) -> Names:
    """Return the names of things that have one name each."""
    return Names(_collected((name, code) for code, name in shown.items()), shown)


def of_categories(categories: Mapping[str, Category]) -> Names:
    """Return the names of categories: each alone, and after its parents' (市容环境/占道经营)."""
    shown = {code: one.name.zh for code, one in categories.items()}
    pairs = [(name, code) for code in categories for name in _category_names(code, categories)]
    return Names(_collected(pairs), shown)


def of_areas(areas: Mapping[str, Area]) -> Names:
    """Return the names of areas."""
    shown, pairs = {}, []
    for code in areas:
        chain = [areas[one] for one in identifiers.area_code.lineage(code) if one in areas]
        shown[code] = "".join(one.name.zh for one in chain[2:] or chain)
        pairs += [(name, code) for name in _area_names(chain)]
    return Names(_collected(pairs), shown)


def _category_names(code: str, categories: Mapping[str, Category]) -> Iterator[str]:
    one = categories[code]
    above = categories.get(one.parent or "")
    yield from filter(None, (one.name.zh, one.name.en))
    if above:
        yield above.name.zh + one.name.zh


def _area_names(chain: list[Area]) -> Iterator[str]:
    last = chain[-1].name
    yield from filter(None, (last.zh, last.en))
    for start in range(len(chain) - 1):
        yield "".join(one.name.zh for one in chain[start:])


def _collected(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = collections.defaultdict(dict)
    for name, code in pairs:
        found[words.same(name)][code] = None
    return {name: tuple(codes) for name, codes in found.items()}
