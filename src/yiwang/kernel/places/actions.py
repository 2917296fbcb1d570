"""Bring the table of areas in line with a pack. Before: publishing a release. After: `queries` reads the table."""

from collections.abc import Mapping

from django.db import transaction

from yiwang.kernel.identifiers import logic as identifiers
from yiwang.kernel.places import definitions
from yiwang.kernel.places.logic import outlines
from yiwang.kernel.places.models import Area
from yiwang.packs.pack import Pack

_WRITTEN = ("level", "name", "name_en", "full_name", "parent", "lon", "lat", "illustrative", "active")


@transaction.atomic
def install(pack: Pack) -> None:
    """Insert and update the areas of a pack by code; those it does not declare become inactive."""
    areas = pack.entries(definitions.Area)
    labels = {one.code: one.label() for one in outlines.shapes(pack.entries(definitions.Outlines).values())}
    rows = [_row(area, areas, labels) for area in sorted(areas.values(), key=lambda area: area.code)]
    Area.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["code"], update_fields=_WRITTEN, batch_size=2000
    )
    gone = set(Area.objects.filter(active=True).values_list("code", flat=True)) - areas.keys()
    Area.objects.filter(code__in=gone).update(active=False)


def _row(
    area: definitions.Area,
    areas: Mapping[str, definitions.Area],
    labels: Mapping[str, tuple[float, float]],
) -> Area:
    lon, lat = (area.lon, area.lat) if area.lon is not None else labels.get(area.code, (None, None))
    return Area(
        code=area.code,
        level=area.level,
        name=area.name.zh,
        name_en=area.name.en or "",
        full_name="".join(areas[code].name.zh for code in identifiers.area_code.lineage(area.code)),
        parent_id=identifiers.area_code.parent(area.code),
        lon=lon,
        lat=lat,
        illustrative=area.illustrative,
    )
