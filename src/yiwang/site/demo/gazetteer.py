"""Where a case happens: an area, words for a spot in it, and a point inside its outline. Pure.

Before: the pack's areas and outlines. After: `planning` gives each case its place.
"""

import dataclasses
import functools
import random
import re
from collections.abc import Mapping, Sequence

import shapely

from yiwang.kernel.identifiers import logic as identifiers
from yiwang.kernel.places.definitions import Area, Level
from yiwang.kernel.places.logic.outlines import Outline

COMMITTEE = re.compile(r"(村民委员会|居民委员会|居委会|村委会|（示意）)$")
STREETLIKE = ("路", "街", "巷", "道", "桥", "里")
SPOTS = ("place", "home")
TRIES = 200


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """One spot: the area code a case carries, the point in WGS-84, and words for texts."""

    area: str
    lon: float | None
    lat: float | None
    words: Mapping[str, str]

    def address(self, template: str) -> str:
        """Return the address a text with this title would give: as exact as the title is; "" for no place."""
        if self.lon is None:
            return ""
        spot = next((word for word in SPOTS if f"{{{word}}}" in template), "community")
        return self.words["district"] + self.words["street"] + self.words[spot]


class Gazetteer:
    """The areas and outlines of a pack, ready to be drawn from."""

    def __init__(
        self, areas: Mapping[str, Area], outlines: Sequence[Outline], spots: Mapping[str, tuple[str, ...]]
    ) -> None:
        self._areas, self._spots = areas, spots
        self._shapes = {one.code: one.shape for one in outlines}
        self._communities = sorted(code for code in areas if Level.of(code) is Level.COMMUNITY)

    def draw(self, rng: random.Random, prefix: str) -> Place:
        """Return a place inside an area: in one of its communities where it has any."""
        inside = self._inside(prefix)
        code = rng.choice(inside)
        lon, lat = self._point(rng, code)
        words = self._words(rng, code)
        # Not every report says which community it is about.
        area = code if len(code) > Level.COMMUNITY.length or rng.random() < 0.6 else code[:9]
        return Place(area, lon, lat, words)

    def near(self, rng: random.Random, place: Place) -> Place:
        """Return the same place as another person on the spot would give it, some metres away."""
        if place.lon is None or place.lat is None:
            return place
        lon, lat = place.lon + rng.gauss(0, 0.0004), place.lat + rng.gauss(0, 0.0004)
        inside = shapely.contains_xy(self._outline(place.area), lon, lat)
        return dataclasses.replace(place, lon=round(lon, 6), lat=round(lat, 6)) if inside else place

    @functools.cache  # noqa: B019 - one gazetteer lives as long as one planning
    def _inside(self, prefix: str) -> Sequence[str]:
        return [code for code in self._communities if code.startswith(prefix)] or [prefix]

    def _words(self, rng: random.Random, code: str) -> dict[str, str]:
        community = self._name(code[: Level.COMMUNITY.length])
        road = community.removesuffix("社区")
        short = road if road.endswith(STREETLIKE) else community
        spots = next((found for end, found in self._spots.items() if community.endswith(end)), ())
        number, group = rng.randint(1, 168), rng.randint(1, 9)
        village = community.endswith("村")
        spot = rng.choice(spots).format(n=group if village else number) if spots else ""
        return {
            "district": self._name(code[:6]),
            "street": self._name(code[:9]),
            "community": community,
            "home": f"{community}{group}组" if village else f"{short}{number}号院",
            "place": f"{short}{spot}",
        }

    def _name(self, code: str) -> str:
        area = self._areas.get(code)
        return COMMITTEE.sub("", area.name.zh) if area else ""

    def _outline(self, code: str) -> shapely.Geometry:
        """Return the deepest outline known around an area."""
        known = [one for one in reversed(identifiers.area_code.lineage(code)) if one in self._shapes]
        return self._shapes[known[0]] if known else shapely.Point(0, 0)

    def _point(self, rng: random.Random, code: str) -> tuple[float, float]:
        """Return a point inside the outline, more often near its middle: that is where people live."""
        shape = self._outline(code)
        middle, (west, south, east, north) = shapely.point_on_surface(shape), shape.bounds
        for _ in range(TRIES):
            lon = rng.gauss(middle.x, (east - west) / 6)
            lat = rng.gauss(middle.y, (north - south) / 6)
            if shapely.contains_xy(shape, lon, lat):
                return round(lon, 6), round(lat, 6)
        return round(middle.x, 6), round(middle.y, 6)
