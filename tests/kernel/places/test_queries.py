"""The table of areas and the current release: installed, asked, closed, never deleted."""

import pytest
from django.db import IntegrityError, connection

from tests.kernel.places import make
from yiwang.kernel.places import actions, queries
from yiwang.kernel.places.definitions import Area, Datum, Level
from yiwang.kernel.places.models import Area as Row
from yiwang.kernel.releases import actions as releases
from yiwang.kernel.releases import queries as current
from yiwang.packs import kinds
from yiwang.packs.text import Text

pytestmark = pytest.mark.django_db


def publish(*entries):
    current.forget()
    return releases.publish(make.pack(*entries, kinds_known=kinds.registry))


def small():
    return [
        *make.areas("51", "5101", n51="四川省", n5101="成都市"),
        Area(code="510104", name=Text("锦江区", "Jinjiang"), lon=104.08, lat=30.65),
        *make.areas("510105", "510104017", n510105="青羊区", n510104017="锦官驿街道"),
    ]


def test_the_whole_city_is_installed_in_few_queries(django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        actions.install(make.city())
    assert Row.objects.count() == 3336
    row = Row.objects.get(code="510104017001")
    assert (row.level, row.full_name) == ("community", "四川省成都市锦江区锦官驿街道水井坊社区居委会")
    assert Row.objects.get(code="510104").lon == pytest.approx(104.1, abs=0.1)


def test_installing_again_updates_closes_and_opens_again():
    actions.install(make.pack(*small()))
    renamed = [
        area if area.code != "510104" else Area(code="510104", name="新锦江区") for area in small()[:-1]
    ]
    actions.install(make.pack(*renamed))
    assert Row.objects.get(code="510104017").active is False
    assert Row.objects.get(code="510104").full_name == "四川省成都市新锦江区"
    actions.install(make.pack(*small()))
    assert Row.objects.filter(active=True).count() == len(small()) == Row.objects.count()


def test_what_an_area_contains_and_what_contains_it():
    actions.install(make.pack(*small()))
    assert [row.code for row in queries.within("510104")] == ["510104", "510104017"]
    assert [row.code for row in queries.children("5101")] == ["510104", "510105"]
    assert [row.code for row in queries.children("")] == ["51"]
    assert [row.name for row in queries.path("510104017")] == ["四川省", "成都市", "锦江区", "锦官驿街道"]


def test_names_come_in_the_reader_s_language_in_one_query(django_assert_num_queries):
    actions.install(make.pack(*small()))
    with django_assert_num_queries(1):
        assert queries.names(["510104", "510105", "99"], "en") == {"510104": "Jinjiang", "510105": "青羊区"}
    assert queries.names(["510104"]) == {"510104": "锦江区"}


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("锦", ["510104", "510104017"]),
        ("锦江 街道", ["510104017"]),
        ("jinj", ["510104"]),
        ("510104", ["510104", "510104017"]),
        ("100%", []),
        ("  ", []),
    ],
)
def test_areas_are_found_by_name_and_code(text, codes):
    actions.install(make.pack(*small()))
    assert [row.code for row in queries.search(text)] == codes
    assert [row.code for row in queries.search(text, prefix="510105")] == []


def test_a_prefix_is_found_through_the_primary_key():
    actions.install(make.pack(*small()))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "Index Cond" in Row.objects.filter(code__startswith="5101").explain()


@pytest.mark.parametrize(
    "values",
    [{"code": "510"}, {"code": "51x1"}, {"code": "51", "lon": 104}, {"code": "51", "lon": 1, "lat": 99}],
)
def test_the_database_refuses_what_is_no_area(values):
    with pytest.raises(IntegrityError):
        Row.objects.create(**values, level="city", name="x", full_name="x")


def test_a_point_is_located_by_the_current_release():
    publish(*small(), make.outlines(make.square("510104", 104, 30, 1)))
    assert queries.locate(104.5, 30.5, Datum.WGS84).code == "510104"
    assert queries.locate_many([104.5, 103.5], [30.5, 30.5], Datum.WGS84).tolist() == ["510104", ""]
    publish(*small(), make.outlines(make.square("510105", 104, 30, 1)))
    assert queries.locate(104.5, 30.5, Datum.WGS84).code == "510105"


def test_the_map_of_a_level_inside_an_area_is_drawn_once(django_assert_num_queries):
    publish(
        *small(), make.outlines(make.square("510104", 104, 30, 1), make.square("510104017", 104, 30, 0.1))
    )
    drawn = queries.outline_geojson("5101", Level.DISTRICT)
    assert [feature["id"] for feature in drawn["features"]] == ["510104"]
    assert drawn["features"][0]["properties"]["lon"] == 104.08
    with django_assert_num_queries(1):
        assert queries.outline_geojson("5101", Level.DISTRICT) is drawn
