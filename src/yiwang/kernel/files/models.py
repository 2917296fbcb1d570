"""What is known of a stored file; its bytes lie under FILES_ROOT by their digest."""

from django.db import models
from django.utils import timezone


class StoredFile(models.Model):
    """One content. `sha256` is 64 hexadecimal digits; positions are WGS-84 degrees from EXIF."""

    sha256 = models.CharField(primary_key=True, max_length=64, db_collation="C")
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=80)
    width = models.IntegerField(null=True)
    height = models.IntegerField(null=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    taken_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
