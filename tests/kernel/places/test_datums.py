"""Datum conversion against the reference implementation, there and back."""

import warnings

import numpy as np
import prcoords
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.kernel.places.definitions import Datum
from yiwang.kernel.places.logic import datums

METRE = 1e-5
CHINA = st.tuples(st.floats(73.5, 135), st.floats(18, 53.5))
SHIFTED = [(Datum.GCJ02, prcoords.wgs_gcj), (Datum.BD09, prcoords.wgs_bd)]


@pytest.mark.parametrize(("datum", "reference"), SHIFTED)
@given(point=CHINA)
def test_conversion_agrees_with_the_reference(datum, reference, point):
    lon, lat = datums.from_wgs84(*point, datum)
    expected = reference((point[1], point[0]))
    assert (float(lon), float(lat)) == pytest.approx((expected.lon, expected.lat), abs=1e-9)


@pytest.mark.parametrize("datum", list(Datum))
@given(point=CHINA)
def test_there_and_back_is_where_it_began(datum, point):
    lon, lat = datums.to_wgs84(*datums.from_wgs84(*point, datum), datum)
    assert (float(lon), float(lat)) == pytest.approx(point, abs=1e-8)


@pytest.mark.parametrize(("datum", "metres"), [(Datum.GCJ02, 200), (Datum.BD09, 600)])
def test_a_wrong_datum_would_be_hundreds_of_metres_off(datum, metres):
    lon, lat = datums.to_wgs84(104.0657, 30.6595, datum)
    assert np.hypot(lon - 104.0657, lat - 30.6595) > metres * METRE


@pytest.mark.parametrize("datum", list(Datum))
@pytest.mark.parametrize("point", [(2.35, 48.86), (-74.0, 40.7), (151.2, -33.9), (0.0, 0.0)])
def test_outside_china_nothing_is_shifted(datum, point):
    assert tuple(float(degree) for degree in datums.to_wgs84(*point, datum)) == point


def test_cgcs2000_is_wgs84_at_our_precision():
    assert datums.to_wgs84(104.1, 30.6, Datum.CGCS2000) == (104.1, 30.6)


def test_a_bulk_converts_like_single_points_and_keeps_gaps():
    lons, lats = np.array([104.06, np.nan, 2.35, 121.47]), np.array([30.67, 30.0, 48.86, 31.23])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = np.column_stack(datums.to_wgs84(lons, lats, Datum.BD09))
    single = [np.array(datums.to_wgs84(*point, Datum.BD09)) for point in zip(lons, lats, strict=True)]
    np.testing.assert_allclose(found, single, rtol=0, atol=1e-12)
