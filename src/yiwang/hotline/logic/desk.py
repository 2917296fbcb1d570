"""The hotline's desk of one release: its intakes, names and outlines, ready to be asked.

Before: `queries.desks` builds it once for each release and process. After: `understanding`.
"""

import dataclasses
from collections.abc import Iterable, Mapping

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

    def door(self, door: Door) -> Intake | None:
        """Return the intake behind a door, or None where the city has not opened it."""
        return self.intakes.get(door)

    def suggest(self, text: str, most: int = 3) -> list[keywords.Suggestion]:
        """Return the categories whose keywords speak in a text, best first."""
        return keywords.suggest(text, self.world.categories.values(), most)


def build(world: World, intakes: Iterable[Intake], locator: Locator) -> Desk:
    """Build the desk of a release."""
    by_channel = {channel: one for one in intakes for channel in one.channels}
    shown = {code: one.channels[code].zh for code, one in by_channel.items()}
    channels = names.plain(shown)
    return Desk(
        world, by_channel, channels, names.of_categories(world.categories), names.of_areas(world.areas), locator
    )


def missing_doors(intakes: Iterable[Intake]) -> list[Door]:
    """Return the doors for which no intake declares a channel."""
    declared = {channel for one in intakes for channel in one.channels}
    return [door for door in DOORS if door not in declared]
