"""Declared places: levels, datums, outlines that are none."""

import pytest
from pydantic import ValidationError

from tests.kernel.places import make
from yiwang.kernel.places.definitions import Area, Datum, Level, Outlines
from yiwang.packs import wrong


def test_a_level_is_the_length_of_a_code():
    assert [
        Level.of(code) for code in ("51", "5101", "510104", "510104017", "510104017001", "510104017001001")
    ] == [*Level]
    assert [level.length for level in Level] == [2, 4, 6, 9, 12, 15]
    assert Area(code="510104000000", name="锦江区").level is Level.DISTRICT
    assert (Level.STREET.text.zh, Level.STREET.text.en) == ("镇街", "street")


@pytest.mark.parametrize(
    ("name", "datum"),
    [
        ("WGS-84", Datum.WGS84),
        ("wgs84", Datum.WGS84),
        ("EPSG:4326", Datum.WGS84),
        ("EPSG:4490", Datum.CGCS2000),
        ("cgcs_2000", Datum.CGCS2000),
        ("GCJ02", Datum.GCJ02),
        ("gcj-02", Datum.GCJ02),
        ("bd09ll", Datum.BD09),
    ],
)
def test_a_datum_is_known_by_its_usual_names(name, datum):
    assert Datum.parse(name) is datum


@pytest.mark.parametrize("name", ["", None, "EPSG:3857", "mars", 4490])
def test_an_unknown_datum_is_refused_and_never_guessed(name):
    with pytest.raises(wrong.Wrong) as caught:
        Datum.parse(name)
    assert caught.value.allowed == ("WGS-84", "CGCS2000", "GCJ-02", "BD-09")


def test_outlines_survive_storage():
    entry = make.outlines(make.square("51", 104, 30, 1), datum="EPSG:4490")
    assert Outlines.model_validate(entry.model_dump(mode="json", by_alias=True)) == entry


@pytest.mark.parametrize(
    ("geojson", "complaint"),
    [
        ({"type": "Feature"}, "FeatureCollection"),
        ({"features": ["51"]}, "FeatureCollection"),
        ({"features": [make.feature(None, {"type": "Polygon"})]}, "code of feature 1"),
        ({"features": [make.feature("51", {"type": "Polygon"}), {"properties": {}}]}, "code of feature 2"),
        ({"features": [make.feature("510000", {"type": "Polygon"})]}, "shortest form"),
        ({"features": [make.feature("51", {"type": "Point"})]}, "a polygon"),
        ({"features": [make.feature("51", None)]}, "a polygon"),
    ],
)
def test_what_is_no_outline_is_refused(geojson, complaint):
    with pytest.raises(ValidationError, match=complaint):
        Outlines(code="x", name="图", source="示意", datum="WGS-84", geojson=geojson)
