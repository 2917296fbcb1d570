"""Counts kept up to date by increments: what flowed in each hour, and what stands open where."""

from typing import ClassVar

from django.db import models

MEASURES = ("opened", "ended", "ended_in_time", "rated", "satisfied", "signed_in", "waited_seconds")


class Hour(models.Model):
    """What happened in one hour, one district, one top category, one channel."""

    hour = models.DateTimeField()
    district = models.CharField(max_length=6, db_collation="C")
    category = models.CharField(max_length=60, db_collation="C")
    channel = models.CharField(max_length=20)
    opened = models.IntegerField(default=0)
    ended = models.IntegerField(default=0)
    ended_in_time = models.IntegerField(default=0)
    rated = models.IntegerField(default=0)
    satisfied = models.IntegerField(default=0)
    signed_in = models.IntegerField(default=0)
    waited_seconds = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["hour", "district", "category", "channel"], name="hour_once")
        ]


class Standing(models.Model):
    """How many cases are open in an area now, by colour."""

    area = models.CharField(max_length=15, db_collation="C")
    light = models.CharField(max_length=10, blank=True)
    open = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["area", "light"], name="standing_once")]
