"""Organisations at rest; their codes are keys, so that cases and posts read without a join."""

from django.db import models


class Organisation(models.Model):
    code = models.CharField(primary_key=True, max_length=40, db_collation="C")
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=200, blank=True)
    uscc = models.CharField(max_length=18, blank=True, db_index=True)
    area = models.CharField(max_length=15, db_collation="C", db_index=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    hours = models.CharField(max_length=40, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["area", "code"]
