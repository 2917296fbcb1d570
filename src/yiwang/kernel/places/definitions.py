"""Places as a pack declares them: areas by national codes, their outlines, and the datum of every coordinate.

Before: packs. After: `logic` locates points in the outlines, `actions.install` writes the table of areas.
Coordinates are in degrees, longitude before latitude.
"""

from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema, field_validator

from yiwang.kernel.identifiers import logic as identifiers
from yiwang.packs import wrong
from yiwang.packs.entry import Entry, JsonFile
from yiwang.packs.text import Text


class Level(StrEnum):
    """The levels of an area, by the length of its code."""

    PROVINCE = "province"
    CITY = "city"
    DISTRICT = "district"
    STREET = "street"
    COMMUNITY = "community"
    GRID = "grid"

    @classmethod
    def of(cls, code: str) -> Self:
        """Return the level of an area code; raise ValueError for a length that no level has."""
        return list(cls)[identifiers.area_code.LENGTHS.index(len(code))]

    @property
    def length(self) -> int:
        return identifiers.area_code.LENGTHS[list(type(self)).index(self)]

    @property
    def text(self) -> Text:
        return _LEVELS[self]


_LEVELS = {
    Level.PROVINCE: Text("省", "province"),
    Level.CITY: Text("市", "city"),
    Level.DISTRICT: Text("区（市）县", "district"),
    Level.STREET: Text("镇街", "street"),
    Level.COMMUNITY: Text("村社", "community"),
    Level.GRID: Text("网格", "grid cell"),
}


class Datum(StrEnum):
    """What a pair of coordinates refers to. It is always declared, never guessed: a wrong guess is 500 m off."""

    WGS84 = "WGS-84"
    CGCS2000 = "CGCS2000"
    GCJ02 = "GCJ-02"
    BD09 = "BD-09"

    @classmethod
    def parse(cls, value: Any) -> Self:
        """Return the datum of a name such as "gcj02" or "EPSG:4490"; raise `Wrong` naming those there are."""
        key = str(value).upper().replace("-", "").replace(" ", "").replace("_", "")
        if key not in _DATUMS:
            zh, en = f"不认识坐标系“{value}”", f'unknown datum "{value}"'
            raise wrong.Wrong(zh, en, allowed=tuple(cls))
        return cls(_DATUMS[key])


_DATUMS = {datum.replace("-", ""): datum for datum in Datum}
_DATUMS |= {"EPSG:4326": Datum.WGS84, "EPSG:4490": Datum.CGCS2000, "BD09LL": Datum.BD09}

DatumName = Annotated[
    Datum, BeforeValidator(Datum.parse), PlainSerializer(str), WithJsonSchema({"enum": list(Datum)})
]
Longitude = Annotated[float, Field(ge=-180, le=180)]
Latitude = Annotated[float, Field(ge=-90, le=90)]


class Area(Entry):
    """An area of any level. Its code says what contains it."""

    code: identifiers.AreaCode
    name: Text
    lon: Longitude | None = None
    """Where a map puts its name, WGS-84; from its outline if not given."""
    lat: Latitude | None = None
    illustrative: bool = False
    """Drawn for demonstration (示意), not surveyed."""

    @property
    def level(self) -> Level:
        return Level.of(self.code)


class Outlines(Entry):
    """Outlines of areas: a GeoJSON FeatureCollection whose features carry the area's `code`."""

    name: Text
    source: Text
    datum: DatumName
    """GeoJSON itself means WGS-84; much Chinese data does not, so it is said here."""
    illustrative: bool = False
    geojson: JsonFile
    """The GeoJSON file, beside this one."""

    @field_validator("geojson")
    @classmethod
    def _features(cls, value: Any) -> Any:
        features = value.get("features") if isinstance(value, dict) else None
        if not isinstance(features, list) or not all(isinstance(one, dict) for one in features):
            raise wrong.Wrong("应是 GeoJSON FeatureCollection", "must be a GeoJSON FeatureCollection")
        for number, feature in enumerate(features, 1):
            _check_feature(number, feature)
        return value

    def features(self) -> list[tuple[str, dict[str, Any]]]:
        """Return each area's code with its GeoJSON geometry, in the declared datum."""
        return [(one["properties"]["code"], one["geometry"]) for one in self.geojson["features"]]


def _check_feature(number: int, feature: dict[str, Any]) -> None:
    code = (feature.get("properties") or {}).get("code")
    try:
        normal = identifiers.area_code.parse(code if isinstance(code, str) else "")
    except wrong.Wrong as error:
        zh, en = f"第 {number} 个要素的 code：{error.zh}", f"code of feature {number}: {error.en}"
        raise wrong.Wrong(zh, en) from None
    kind = (feature.get("geometry") or {}).get("type")
    if normal != code or kind not in {"Polygon", "MultiPolygon"}:
        raise wrong.Wrong(
            f"第 {number} 个要素（{code}）应是最短写法的区划代码和多边形",
            f"feature {number} ({code}) must have the shortest form of its code and a polygon",
            allowed=("Polygon", "MultiPolygon"),
        )
