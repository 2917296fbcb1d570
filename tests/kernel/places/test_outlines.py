"""Outlines for maps, and what the checker finds in them."""

import json

import pytest
import shapely
import shapely.geometry

from tests.kernel.places import make
from yiwang.kernel.places import logic
from yiwang.kernel.places.definitions import Area, Level

BOWTIE = {"type": "Polygon", "coordinates": [[[104, 30], [105, 31], [105, 30], [104, 31], [104, 30]]]}


def drawn(level):
    chosen = [one for one in make.locator().outlines if len(one.code) == level.length]
    return logic.outlines.feature_collection(chosen, make.city().entries(Area))


def test_the_map_of_the_districts_is_small_and_whole():
    collection = json.loads(json.dumps(drawn(Level.DISTRICT)))
    assert len(collection["features"]) == 20
    assert len(json.dumps(collection)) < 60_000
    shapes = [shapely.geometry.shape(feature["geometry"]) for feature in collection["features"]]
    assert shapely.coverage_is_valid(shapes)
    named = {feature["id"]: feature["properties"] for feature in collection["features"]}
    assert named["510104"] | {"lon": 0, "lat": 0} == {
        "code": "510104",
        "name": "锦江区",
        "name_en": "Jinjiang",
        "level": "district",
        "lon": 0,
        "lat": 0,
        "illustrative": False,
    }
    for shape, feature in zip(shapes, collection["features"], strict=True):
        assert shape.contains(shapely.Point(feature["properties"]["lon"], feature["properties"]["lat"]))


def test_a_map_says_what_is_illustrative_and_may_be_empty():
    assert all(feature["properties"]["illustrative"] for feature in drawn(Level.GRID)["features"])
    assert drawn(Level.STREET) == {"type": "FeatureCollection", "features": []}


def test_overlapping_outlines_are_drawn_one_by_one():
    entry = make.outlines(make.square("510104", 104, 30, 1), make.square("510105", 104.5, 30, 1))
    areas = {area.code: area for area in make.areas("510104", "510105")}
    assert len(logic.outlines.feature_collection(logic.outlines.shapes([entry]), areas)["features"]) == 2


def test_the_city_has_all_its_areas_each_inside_another():
    levels = [area.level for area in make.city().entries(Area).values()]
    counts = {level: levels.count(level) for level in Level}
    assert counts == {"province": 1, "city": 1, "district": 20, "street": 261, "community": 3047, "grid": 6}


@pytest.mark.parametrize(
    ("entries", "complaint"),
    [
        (make.areas("510104"), "the area 5101 above it is missing"),
        ([Area(code="51", name="省", lon=104.0)], "lon and lat come together"),
        ([*make.areas("51"), make.outlines(make.square("52", 104, 30, 1))], "there is no area 52"),
        (
            [*make.areas("51"), make.outlines(make.square("51", 104, 30, 1), make.square("51", 105, 30, 1))],
            "51 has two outlines",
        ),
        ([*make.areas("51"), make.outlines(make.square("51", 30, 104, 1))], "longitude, then latitude"),
        ([*make.areas("51"), make.outlines(make.square("51", 30, 50, 1))], "51 lies outside China"),
        ([*make.areas("51"), make.outlines(make.feature("51", BOWTIE))], "Self-intersection"),
        (
            [
                *make.areas("51"),
                make.outlines(make.feature("51", {"type": "Polygon", "coordinates": [["x"]]})),
            ],
            "broken coordinates",
        ),
        (
            [*make.areas("51"), make.outlines(make.feature("51", {"type": "Polygon", "coordinates": []}))],
            "51: ",
        ),
    ],
)
def test_what_does_not_fit_together_is_found(entries, complaint):
    pack = make.pack(*entries)
    found = [*logic.check_areas(pack), *logic.check_outlines(pack)]
    assert [complaint in problem.message.en for problem in found] == [True]
    assert found[0].message.zh != found[0].message.en
