"""Which area lies around a point: the deepest outline that holds it, for one point or for millions.

Before: `outlines.shapes`. After: intake gives a case its area code, imports give theirs in bulk.
"""

import dataclasses
import math
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from yiwang.kernel.places.definitions import Datum, Level
from yiwang.kernel.places.logic import datums
from yiwang.kernel.places.logic.outlines import Outline
from yiwang.packs.text import Text


class Reason(StrEnum):
    """Why a point has this area, or none."""

    INSIDE = "inside"
    BORDER = "border"
    OUTSIDE = "outside"
    NOWHERE = "nowhere"

    @property
    def text(self) -> Text:
        return _SAID[self]


_SAID = {
    Reason.INSIDE: Text("位于该区域轮廓内", "inside the outline of the area"),
    Reason.BORDER: Text(
        "位于几个区域的边界上，取代码最小者", "on a border; of the areas, the lowest code counts"
    ),
    Reason.OUTSIDE: Text("不在任何已知区域轮廓内", "outside every known outline"),
    Reason.NOWHERE: Text("不是有效的经纬度", "not a longitude and latitude"),
}


@dataclasses.dataclass(frozen=True, slots=True)
class Located:
    """The answer for one point: the area's code and level, the point in WGS-84, and why."""

    code: str | None
    level: Level | None
    reason: Reason
    lon: float
    lat: float
    illustrative: bool = False


class Locator:
    """Outlines ready to be searched, by several threads at once. Their order is their precedence."""

    def __init__(self, outlines: Sequence[Outline]) -> None:
        self.outlines = tuple(outlines)
        self._codes = np.array([one.code for one in outlines] + [""], dtype="U15")
        self._shapes = np.array([one.shape for one in outlines], dtype=object)
        self._tree = shapely.STRtree(self._shapes)
        shapely.prepare(self._shapes)
        # GEOS completes its indexes at the first question, which two threads must not ask together.
        for one in self.outlines:
            self._hits(*(np.array([degree]) for degree in one.label()))

    def locate(self, lon: float, lat: float, datum: Datum) -> Located:
        """Return the area around one point given in degrees of a declared datum."""
        if not (math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90):
            return Located(None, None, Reason.NOWHERE, lon, lat)
        lons, lats = datums.to_wgs84([lon], [lat], datum)
        there = float(lons[0]), float(lats[0])
        hits = sorted(self._hits(lons, lats)[1].tolist())
        if not hits:
            return Located(None, None, Reason.OUTSIDE, *there)
        first = self.outlines[hits[0]]
        equals = [hit for hit in hits if len(self.outlines[hit].code) == len(first.code)]
        reason = Reason.BORDER if len(equals) > 1 else Reason.INSIDE
        return Located(first.code, Level.of(first.code), reason, *there, first.illustrative)

    def locate_many(self, lons: ArrayLike, lats: ArrayLike, datum: Datum) -> NDArray[np.str_]:
        """Return the codes of the areas around many points, "" where there is none; as `locate` would."""
        lon, lat = datums.to_wgs84(lons, lats, datum)
        points, hits = self._hits(lon, lat)
        best = np.full(len(lon), len(self.outlines))
        np.minimum.at(best, points, hits)
        return self._codes[best]

    def _hits(self, lons: Any, lats: Any) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Return pairs of point and outline numbers where the outline, its border included, holds the point."""
        points, hits = self._tree.query(shapely.points(lons, lats))
        order = np.argsort(hits, kind="stable")  # one outline after another: its index stays in the cache
        points, hits = points[order], hits[order]
        inside = shapely.intersects_xy(self._shapes[hits], lons[points], lats[points])
        return points[inside], hits[inside]
