"""The table of areas: what the current release declares, and what former ones did, inactive.

Before: `actions.install` writes it. After: `queries`, and every row that carries an area code. Outlines have
no table: they are read from the release, by `queries.locator`.
"""

from django.db import models
from django.db.models import Q


class Area(models.Model):
    """An area by its national code. Never deleted: a closed one is inactive, so that old cases keep its name.

    The C collation lets `code__startswith` find everything inside an area through the primary key.
    """

    code = models.CharField(primary_key=True, max_length=15, db_collation="C")
    level = models.CharField(max_length=9)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=160, blank=True)
    full_name = models.CharField(max_length=400)  # the Chinese names from the province down
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    lon = models.FloatField(null=True)  # WGS-84, where a map puts the name
    lat = models.FloatField(null=True)
    illustrative = models.BooleanField(default=False)
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex="^([0-9]{2}){1,3}$|^[0-9]{6}([0-9]{3}){1,3}$"), name="area_code"
            ),
            models.CheckConstraint(
                condition=Q(lon=None, lat=None)
                # null is in no range, nor out of it: a check would let half a position pass
                | Q(lon__isnull=False, lat__isnull=False, lon__range=(-180, 180), lat__range=(-90, 90)),
                name="area_position",
            ),
        ]

    def label(self, language: str | None) -> str:
        """Return the name in a language; Chinese where there is no other."""
        return (self.name_en if (language or "").startswith("en") else "") or self.name
