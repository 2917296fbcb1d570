"""Write organisations from a published pack; those gone from it are closed, never deleted."""

from yiwang.kernel.orgs import definitions, models
from yiwang.packs.pack import Pack

FIELDS = ["name", "name_en", "uscc", "area", "hours", "phone", "active"]


def install(pack: Pack) -> None:
    """Bring the table in line with the pack's organisations, parents after children exist."""
    declared = pack.entries(definitions.Organisation)
    models.Organisation.objects.bulk_create(
        [_row(one) for one in declared.values()],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=FIELDS,
    )
    models.Organisation.objects.exclude(code__in=declared).update(active=False)
    parents = [models.Organisation(code=one.code, parent_id=one.parent) for one in declared.values()]
    models.Organisation.objects.bulk_update(parents, ["parent"], batch_size=500)


def _row(one: definitions.Organisation) -> models.Organisation:
    return models.Organisation(
        code=one.code,
        name=one.name.zh,
        name_en=one.name.en or "",
        uscc=one.uscc or "",
        area=one.area,
        hours=one.hours or "",
        phone=one.phone,
        active=True,
    )
