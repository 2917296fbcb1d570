"""Stored files: one row a content, whatever it is used for. Written by `actions` only."""

from django.db import models
from django.utils import timezone


class StoredFile(models.Model):
    """A content under its SHA-256. Pixels are counted as displayed.

    The position is as the camera wrote it, in degrees of its `datum` (WGS-84, GCJ-02 or BD-09: the words of
    `places.definitions.Datum`); `places` converts it where it is used.
    """

    sha256 = models.CharField(max_length=64, primary_key=True, db_collation="C")
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=80)
    width = models.IntegerField(null=True)
    height = models.IntegerField(null=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    datum = models.CharField(max_length=8, blank=True)
    taken_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    stored_at = models.DateTimeField(default=timezone.now, help_text="when it was last handed in")


class Derivative(models.Model):
    """A form made from a stored file: the public one, or its thumbnail."""

    source = models.ForeignKey(StoredFile, models.CASCADE, related_name="derivatives")
    form = models.CharField(max_length=20)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="made_from")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "form"], name="files_derivative_once")]
