"""Declared outlines → shapes in WGS-84, label points, and the simplified GeoJSON of a map.

Before: `definitions.Outlines` and `datums`. After: `locating` searches the shapes, screens draw the GeoJSON.
"""

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import shapely
import shapely.geometry

from yiwang.kernel.places.definitions import Area, Datum, Level, Outlines
from yiwang.kernel.places.logic import datums

TOLERANCE = 0.0005
"""Degrees, some 50 m: what a map of districts may leave out."""


@dataclasses.dataclass(frozen=True, slots=True)
class Outline:
    """The shape of one area in WGS-84."""

    code: str
    shape: shapely.Geometry
    illustrative: bool

    def label(self) -> tuple[float, float]:
        """Return a point well inside, as longitude and latitude rounded to a metre."""
        point = shapely.point_on_surface(self.shape)
        return round(point.x, 5), round(point.y, 5)


def shapes(declared: Iterable[Outlines]) -> list[Outline]:
    """Return every declared outline, the deepest level first, then by code."""
    found = [
        Outline(code, _in_wgs84(shapely.geometry.shape(geometry), entry.datum), entry.illustrative)
        for entry in declared
        for code, geometry in entry.features()
    ]
    return sorted(found, key=lambda one: (-len(one.code), one.code))


def feature_collection(outlines: Iterable[Outline], areas: Mapping[str, Area]) -> dict[str, Any]:
    """Return the outlines as GeoJSON for a map: simplified, borders between neighbours still shared."""
    drawn = list(outlines)
    slim = _simplified(np.array([one.shape for one in drawn], dtype=object))
    features = [_feature(one, shape, areas[one.code]) for one, shape in zip(drawn, slim, strict=True)]
    return {"type": "FeatureCollection", "features": features}


def _feature(outline: Outline, shape: shapely.Geometry, area: Area) -> dict[str, Any]:
    lon, lat = outline.label()
    return {
        "type": "Feature",
        "id": outline.code,
        "properties": {
            "code": outline.code,
            "name": area.name.zh,
            "name_en": area.name.in_language("en"),
            "level": Level.of(outline.code).value,
            "lon": lon if area.lon is None else area.lon,
            "lat": lat if area.lat is None else area.lat,
            "illustrative": outline.illustrative,
        },
        "geometry": shapely.geometry.mapping(shapely.transform(shape, lambda points: points.round(5))),
    }


def _simplified(shapes: Any) -> Any:
    """Overlapping outlines have no shared borders to keep, so they are simplified one by one."""
    if shapely.coverage_is_valid(shapes):
        return shapely.coverage_simplify(shapes, TOLERANCE)
    return shapely.simplify(shapes, TOLERANCE)


def _in_wgs84(shape: shapely.Geometry, datum: Datum) -> shapely.Geometry:
    return shapely.transform(
        shape, lambda points: np.column_stack(datums.to_wgs84(points[:, 0], points[:, 1], datum))
    )
