"""The area around a point: deepest first, borders decided, a bulk like single points, fast."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kernel.places import make
from yiwang.kernel.places import logic
from yiwang.kernel.places.definitions import Datum, Level
from yiwang.kernel.places.logic.locating import Located, Reason

AROUND = st.tuples(st.floats(102.9, 105.0), st.floats(30.0, 31.5))


def squares():
    """Two districts side by side, a street in the first, declared in an order that must not matter."""
    return logic.locating.Locator(
        logic.outlines.shapes(
            [
                make.outlines(make.square("510105", 105, 30, 1), make.square("510104", 104, 30, 1)),
                make.outlines(make.square("510104017", 104.5, 30.5, 0.1), code="inner", illustrative=True),
            ]
        )
    )


@pytest.mark.parametrize(
    ("lon", "lat", "code", "reason"),
    [
        (104.2, 30.2, "510104", Reason.INSIDE),
        (105.2, 30.2, "510105", Reason.INSIDE),
        (104.55, 30.55, "510104017", Reason.INSIDE),
        (104.5, 30.55, "510104017", Reason.INSIDE),  # on its own border only
        (105.0, 30.2, "510104", Reason.BORDER),
        (104.0, 30.0, "510104", Reason.INSIDE),
        (103.9, 30.2, None, Reason.OUTSIDE),
        (float("nan"), 30.2, None, Reason.NOWHERE),
        (30.2, 104.2, None, Reason.NOWHERE),  # latitude first
    ],
)
def test_the_deepest_outline_that_holds_a_point(lon, lat, code, reason):
    found = squares().locate(lon, lat, Datum.WGS84)
    assert (found.code, found.reason) == (code, reason)
    assert squares().locate_many([lon], [lat], Datum.WGS84).tolist() == [code or ""]


def test_the_answer_says_why():
    found = squares().locate(104.55, 30.55, Datum.CGCS2000)
    assert found == Located("510104017", Level.STREET, Reason.INSIDE, 104.55, 30.55, illustrative=True)
    assert found.reason.text.in_language("en") == "inside the outline of the area"


def test_the_declared_datum_decides():
    lon, lat = (float(degree) for degree in logic.datums.from_wgs84(104.001, 30.5, Datum.BD09))
    assert squares().locate(lon, lat, Datum.BD09).code == "510104"
    assert squares().locate(103.998, 30.5, Datum.WGS84).code is None
    assert squares().locate(lon, lat, Datum.BD09).lon == pytest.approx(104.001)


def test_outlines_in_another_datum_are_converted():
    entry = make.outlines(make.square("510104", 104, 30, 1), datum="BD-09")
    shape = logic.outlines.shapes([entry])[0].shape
    assert shape.bounds[0] == pytest.approx(104 - 0.009, abs=0.001)


def test_no_outlines_hold_no_point():
    empty = logic.locating.Locator([])
    assert empty.locate(104, 30, Datum.WGS84).reason is Reason.OUTSIDE
    assert empty.locate_many([104.0], [30.0], Datum.WGS84).tolist() == [""]


@given(st.lists(AROUND, max_size=30), st.sampled_from(Datum))
def test_a_bulk_is_located_like_its_points(points, datum):
    lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
    single = [make.locator().locate(lon, lat, datum).code or "" for lon, lat in points]
    assert make.locator().locate_many(lons, lats, datum).tolist() == single


def test_known_places_of_the_city():
    places = {"天府广场": (104.0665, 30.6598, "510105"), "都江堰": (103.6190, 30.9985, "510181")}
    for name, (lon, lat, code) in places.items():
        assert make.locator().locate(lon, lat, Datum.GCJ02).code == code, name
    assert make.locator().locate(104.083, 30.649, Datum.WGS84).illustrative


def test_every_corner_of_the_city_belongs_to_an_area():
    corners = np.concatenate(
        [np.array(one.shape.geoms[0].exterior.coords) for one in make.locator().outlines[6:]]
    )
    assert (make.locator().locate_many(corners[:, 0], corners[:, 1], Datum.WGS84) != "").all()


def test_a_bulk_is_fast():
    generator = np.random.default_rng(1)
    lons, lats = generator.uniform(102.9, 104.9, 100_000), generator.uniform(30, 31.5, 100_000)
    seconds = []
    for _ in range(3):
        began = time.process_time()
        make.locator().locate_many(lons, lats, Datum.WGS84)
        seconds.append(time.process_time() - began)
    assert 100_000 / min(seconds) > 300_000
