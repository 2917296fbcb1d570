"""What must fit together in a pack's places. Before: the loader has typed entries. After: it reports what is wrong."""

from collections.abc import Iterator

import shapely
import shapely.errors

from yiwang.kernel.identifiers import logic as identifiers
from yiwang.kernel.places.definitions import Area, Outlines
from yiwang.kernel.places.logic import outlines
from yiwang.packs.pack import Pack
from yiwang.packs.problems import Problem

CHINA = (73.0, 3.0, 136.0, 54.0)


def check_areas(pack: Pack) -> Iterator[Problem]:
    """Find areas whose containing area is missing, and half a pair of coordinates."""
    areas = pack.entries(Area)
    for area in areas.values():
        above = identifiers.area_code.parent(area.code)
        if above and above not in areas:
            yield pack.problem(
                area, "code", zh=f"缺上级区域 {above}", en=f"the area {above} above it is missing"
            )
        if (area.lon is None) != (area.lat is None):
            yield pack.problem(area, "lon", zh="经纬度须成对", en="lon and lat come together")


def check_outlines(pack: Pack) -> Iterator[Problem]:
    """Find outlines of unknown areas, outlines given twice, broken shapes and places far from China."""
    areas, seen = pack.entries(Area), set[str]()
    for entry in pack.entries(Outlines).values():
        for code, _ in entry.features():
            if code not in areas:
                yield pack.problem(entry, "geojson", zh=f"没有区域 {code}", en=f"there is no area {code}")
            if code in seen:
                yield pack.problem(entry, "geojson", zh=f"{code} 有两个轮廓", en=f"{code} has two outlines")
            seen.add(code)
        yield from _check_shapes(pack, entry)


def _check_shapes(pack: Pack, entry: Outlines) -> Iterator[Problem]:
    try:
        shapes = outlines.shapes([entry])
    except (ValueError, TypeError, KeyError, IndexError, shapely.errors.ShapelyError) as error:
        yield pack.problem(entry, "geojson", zh=f"坐标有误：{error}", en=f"broken coordinates: {error}")
        return
    for one in shapes:
        if not shapely.is_valid(one.shape) or shapely.is_empty(one.shape):
            why = shapely.is_valid_reason(one.shape)
            yield pack.problem(entry, "geojson", zh=f"{one.code} 的轮廓无效：{why}", en=f"{one.code}: {why}")
        elif not shapely.box(*CHINA).contains(one.shape):
            zh = f"{one.code} 的轮廓不在中国范围内；坐标应先经度后纬度"
            en = f"{one.code} lies outside China; coordinates are longitude, then latitude"
            yield pack.problem(entry, "geojson", zh=zh, en=en)
