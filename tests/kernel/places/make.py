"""Packs of places: the city that ships with the product, and a small square one to break."""

import functools
import shutil
import tempfile
from pathlib import Path

from yiwang.kernel.places import definitions, logic
from yiwang.packs import kinds, loading
from yiwang.packs.pack import Header, Pack

CITY = Path(__file__).parents[3] / "packs" / "chengdu" / "areas"


def registry():
    made = kinds.Registry()
    made.register(kinds.Kind("areas", definitions.Area, check=logic.check_areas))
    made.register(kinds.Kind("outlines", definitions.Outlines, check=logic.check_outlines))
    return made


@functools.cache
def city():
    """Return the areas and outlines of Chengdu, loaded as any pack is, without the rest of the pack."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(CITY, Path(folder) / "city" / "areas")
        (Path(folder) / "city" / "pack.yaml").write_text("pack: city\nname: 市\n", encoding="utf-8")
        return loading.load(Path(folder) / "city", registry=registry())


@functools.cache
def locator():
    return logic.locating.Locator(logic.outlines.shapes(city().entries(definitions.Outlines).values()))


def square(code, lon, lat, size):
    ring = [[lon, lat], [lon + size, lat], [lon + size, lat + size], [lon, lat + size], [lon, lat]]
    return feature(code, {"type": "Polygon", "coordinates": [ring]})


def feature(code, geometry):
    return {"type": "Feature", "properties": {"code": code}, "geometry": geometry}


def outlines(*features, code="squares", datum="WGS-84", illustrative=False):
    geojson = {"type": "FeatureCollection", "features": list(features)}
    return definitions.Outlines(
        code=code, name="图", source="示意", datum=datum, geojson=geojson, illustrative=illustrative
    )


def areas(*codes, **names):
    return [definitions.Area(code=code, name=names.get(f"n{code}", f"区{code}")) for code in codes]


def pack(*entries, kinds_known=None):
    declared = {"areas": {}, "outlines": {}}
    for entry in entries:
        declared["outlines" if isinstance(entry, definitions.Outlines) else "areas"][entry.code] = entry
    return Pack((Header(pack="squares", name="方城"),), kinds_known or registry(), declared)
