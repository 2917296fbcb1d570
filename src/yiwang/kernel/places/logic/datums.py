"""Datum conversion, for one point and for millions: GCJ-02 and BD-09 from and to WGS-84.

CGCS2000 (EPSG:4490) and WGS-84 differ by centimetres, less than any position we are given, and count as one here.
GCJ-02 is not published; these are the formulas everybody uses, as written down and checked in PRCoords
(Mingye Wang, CC0), the inverse by iteration. Outside China nothing is shifted.
Before: a declared `Datum`. After: everything stored and located is WGS-84.
"""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from yiwang.kernel.places.definitions import Datum

Degrees: TypeAlias = NDArray[np.float64]
Point: TypeAlias = tuple[Degrees, Degrees]

_A, _EE = 6378245.0, 0.00669342162296594323  # Krasovsky 1940: half axis in metres, squared eccentricity
_PI = np.pi


def to_wgs84(lons: ArrayLike, lats: ArrayLike, datum: Datum) -> Point:
    """Return longitudes and latitudes in WGS-84, exact to a millimetre as far as the formulas are."""
    return _within_china(lons, lats, {Datum.GCJ02: _gcj_wgs, Datum.BD09: _bd_wgs}.get(datum))


def from_wgs84(lons: ArrayLike, lats: ArrayLike, datum: Datum) -> Point:
    """Return WGS-84 longitudes and latitudes in another datum, for maps that are drawn in it."""
    return _within_china(lons, lats, {Datum.GCJ02: _wgs_gcj, Datum.BD09: _wgs_bd}.get(datum))


def _within_china(lons: ArrayLike, lats: ArrayLike, convert: Any) -> Point:
    lon, lat = np.asarray(lons, np.float64), np.asarray(lats, np.float64)
    if convert is None:
        return lon, lat
    inside = (lon >= 72.004) & (lon <= 137.8347) & (lat >= 0.8293) & (lat <= 55.8271)
    # Elsewhere the formulas may not even be defined, so they are fed a point of China and their answer dropped.
    moved_lon, moved_lat = convert(np.where(inside, lon, 105.0), np.where(inside, lat, 35.0))
    return np.where(inside, moved_lon, lon), np.where(inside, moved_lat, lat)


def _wgs_gcj(lon: Degrees, lat: Degrees) -> Point:
    east, north = _shift(lon - 105, lat - 35)
    curve = 1 - _EE * np.sin(np.radians(lat)) ** 2
    degree_north = np.radians(_A * (1 - _EE) / curve**1.5)
    degree_east = np.radians(_A * np.cos(np.radians(lat)) / np.sqrt(curve))
    return lon + east / degree_east, lat + north / degree_north


def _shift(x: Degrees, y: Degrees) -> Point:
    """Return the deviation in metres at x degrees east and y north of 105° E, 35° N."""
    waves = 2 * np.sin(6 * _PI * x) + 2 * np.sin(2 * _PI * x)
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * np.sqrt(np.abs(x))
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * np.sqrt(np.abs(x))
    east += (waves + 2 * np.sin(_PI * x) + 4 * np.sin(_PI * x / 3)) * 20 / 3
    east += (15 * np.sin(_PI * x / 12) + 30 * np.sin(_PI * x / 30)) * 20 / 3
    north += (waves + 2 * np.sin(_PI * y) + 4 * np.sin(_PI * y / 3)) * 20 / 3
    north += (16 * np.sin(_PI * y / 12) + 32 * np.sin(_PI * y / 30)) * 20 / 3
    return east, north


def _gcj_bd(lon: Degrees, lat: Degrees) -> Point:
    radius = np.hypot(lon, lat) + 0.00002 * np.sin(np.radians(lat) * 3000)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(np.radians(lon) * 3000)
    return radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006


def _wgs_bd(lon: Degrees, lat: Degrees) -> Point:
    return _gcj_bd(*_wgs_gcj(lon, lat))


def _gcj_wgs(lon: Degrees, lat: Degrees) -> Point:
    return _inverse(_wgs_gcj, lon, lat)


def _bd_wgs(lon: Degrees, lat: Degrees) -> Point:
    return _inverse(_wgs_bd, lon, lat)


def _inverse(forward: Any, lon: Degrees, lat: Degrees) -> Point:
    """Walk back by the error of each guess: some 40 m, then a sixtieth of it or less with every step."""
    guess_lon, guess_lat = lon, lat
    for _ in range(5):
        there_lon, there_lat = forward(guess_lon, guess_lat)
        guess_lon, guess_lat = guess_lon + lon - there_lon, guess_lat + lat - there_lat
    return guess_lon, guess_lat
