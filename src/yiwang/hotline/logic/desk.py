"""The hotline's desk of one release: its intakes, names and outlines, ready to be asked.

Before: `queries.desks` builds it once for each release and process. After: `understanding`.
"""

import collections
import dataclasses
import operator
from collections.abc import Iterable, Mapping

from yiwang.cases.definitions.categories import Category
from yiwang.cases.logic import keywords
from yiwang.cases.logic.world import World
from yiwang.hotline.definitions.intake import DOORS, Door, Intake
from yiwang.hotline.logic import names
from yiwang.kernel.places.logic.locating import Locator


@dataclasses.dataclass(frozen=True, eq=False)
class Desk:
    """Everything intake asks. `intakes` by channel code."""

    world: World
    intakes: Mapping[str, Intake]
    channels: names.Names
    categories: names.Names
    areas: names.Names
    locator: Locator
    speaking: Mapping[str, tuple[Category, ...]]
    """Categories by the first two characters of their keywords (one, of a keyword that has no second)."""

    def door(self, door: Door) -> Intake | None:
        """Return the intake behind a door, or None where the city has not opened it."""
        return self.intakes.get(door)

    def suggest(self, text: str, most: int = 3) -> list[keywords.Suggestion]:
        """Return the categories whose keywords speak in a text, best first.

        Only those are judged of which some keyword at least begins in the text: a fifth of the work.
        """
        begun = self.speaking.keys() & set(map(operator.add, text, text[1:]))
        begun |= self.speaking.keys() & set(text)
        heard = {one.code: one for begin in begun for one in self.speaking[begin]}
        return keywords.suggest(text, heard.values(), most)


def build(world: World, intakes: Iterable[Intake], locator: Locator) -> Desk:
    """Build the desk of a release."""
    by_channel = {channel: one for one in intakes for channel in one.channels}
    shown = {code: one.channels[code].zh for code, one in by_channel.items()}
    channels = names.plain(shown)
    categories = names.of_categories(world.categories)
    areas = names.of_areas(world.areas)
    return Desk(world, by_channel, channels, categories, areas, locator, _speaking(world.categories.values()))


def _speaking(categories: Iterable[Category]) -> dict[str, tuple[Category, ...]]:
    found: dict[str, list[Category]] = collections.defaultdict(list)
    for one in categories:
        for begin in {keyword[:2] for keyword in one.keywords}:
            found[begin].append(one)
    return {begin: tuple(some) for begin, some in found.items()}


def missing_doors(intakes: Iterable[Intake]) -> list[Door]:
    """Return the doors for which no intake declares a channel."""
    declared = {channel for one in intakes for channel in one.channels}
    return [door for door in DOORS if door not in declared]
