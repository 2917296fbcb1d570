"""Areas by code, name and position.

Before: `actions.install` for the table, the current release for the outlines. After: routing, screens and imports.
"""

import functools
from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Length
from django.utils.translation import get_language
from numpy.typing import ArrayLike, NDArray

from yiwang.kernel.identifiers import logic as identifiers
from yiwang.kernel.places import definitions
from yiwang.kernel.places.definitions import Datum, Level
from yiwang.kernel.places.logic import locating, outlines
from yiwang.kernel.places.models import Area
from yiwang.kernel.releases import queries as releases


def within(prefix: str) -> QuerySet[Area]:
    """Return an area and all that it contains, active ones only; everything for ""."""
    return Area.objects.filter(code__startswith=prefix, active=True).order_by("code")


def children(code: str) -> QuerySet[Area]:
    """Return the areas directly below one; the provinces for ""."""
    return Area.objects.filter(parent=code or None, active=True).order_by("code")


def path(code: str) -> list[Area]:
    """Return the areas that contain one, from the province down to itself, closed ones too."""
    return list(Area.objects.filter(code__in=identifiers.area_code.lineage(code)).order_by("code"))


def names(codes: Iterable[str], language: str | None = None) -> dict[str, str]:
    """Return the names of areas by code, in one query; unknown codes are left out."""
    found = Area.objects.filter(code__in=set(codes)).only("code", "name", "name_en")
    return {area.code: area.label(language or get_language()) for area in found}


def search(text: str, prefix: str = "") -> QuerySet[Area]:
    """Return areas inside `prefix` for a code or for words, the upper levels first.

    The last word is looked for in the name, the words before it anywhere in the full name: 锦江 春熙.
    """
    found = within(prefix).order_by(Length("code"), "code")
    *around, last = text.split() or [""]
    if not last:
        return found.none()
    if last.isdecimal() and not around:
        return found.filter(code__startswith=last)
    for word in around:
        found = found.filter(full_name__contains=word)
    return found.filter(Q(name__contains=last) | Q(name_en__icontains=last))


def named(asked: str) -> str | None:
    """Return the code of the one active area meant by a code or by words; None for none, and for several."""
    if asked.isdecimal():
        return Area.objects.filter(code=asked, active=True).values_list("code", flat=True).first()
    found = list(search(asked)[:20])
    meant = [one for one in found if asked in {one.name, one.full_name}] or found
    return str(meant[0].code) if len(meant) == 1 else None


def locate(lon: float, lat: float, datum: Datum) -> locating.Located:
    """Return the area around a point in degrees of a declared datum, by the current release."""
    return locator(releases.current().pk).locate(lon, lat, datum)


def locate_many(lons: ArrayLike, lats: ArrayLike, datum: Datum) -> NDArray[Any]:
    """Return the codes of the areas around many points, "" where there is none."""
    return locator(releases.current().pk).locate_many(lons, lats, datum)


@functools.lru_cache(maxsize=4)
def locator(release: int) -> locating.Locator:
    """Return the outlines of a release, ready to be searched; built once by each process."""
    declared = releases.pack(release).entries(definitions.Outlines).values()
    return locating.Locator(outlines.shapes(declared))


def outline_geojson(prefix: str, level: Level) -> dict[str, Any]:
    """Return the outlines of one level inside an area as GeoJSON in WGS-84 for a map; shared, do not change it."""
    return _geojson(releases.current().pk, prefix, level)


@functools.lru_cache(maxsize=64)
def _geojson(release: int, prefix: str, level: Level) -> dict[str, Any]:
    drawn = [
        one
        for one in locator(release).outlines
        if one.code.startswith(prefix) and len(one.code) == level.length
    ]
    return outlines.feature_collection(drawn, releases.pack(release).entries(definitions.Area))
