"""Cases at rest: the case, its history, its clocks, its files, and the notices it caused.

Rows are written by `actions` alone and read through `queries`, which asks access.
"""

from typing import ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q


class Case(models.Model):
    """One piece of work under deadlines. `id` is a UUIDv7, so its order is the order of arrival.

    `seq` and `head` are the number and the hash of the last step; `light` and `due_at` follow the
    leading clock; `release` is the release the case began with and ends with.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    number = models.CharField(max_length=24, db_collation="C")
    tracking = models.CharField(max_length=20, db_collation="C")
    release = models.ForeignKey("releases.Release", models.PROTECT, related_name="+", db_index=False)
    flow = models.CharField(max_length=40)
    state = models.CharField(max_length=40)
    seq = models.IntegerField()
    head = models.BinaryField()
    organisation = models.ForeignKey("orgs.Organisation", models.PROTECT, related_name="+", db_index=False)
    area = models.CharField(max_length=15, db_collation="C")
    category = models.CharField(max_length=60, db_collation="C")
    channel = models.CharField(max_length=20)
    urgency = models.SmallIntegerField(default=1)
    title = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    address = models.CharField(max_length=200, blank=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    reporter_name = models.CharField(max_length=60, blank=True)
    reporter_mobile = models.CharField(max_length=20, blank=True)
    opened_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, related_name="+", db_index=False
    )
    source = models.CharField(max_length=120, blank=True)
    facts = models.JSONField(default=dict)
    light = models.CharField(max_length=10, blank=True)
    due_at = models.DateTimeField(null=True)
    rating = models.SmallIntegerField(null=True)
    lead = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts", db_index=False)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged", db_index=False)
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        # Constraints, not unique=True, which would bring a second index for each that collation C makes needless.
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["number"], name="case_number"),
            models.UniqueConstraint(fields=["tracking"], name="case_tracking"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation", "-id"], name="case_organisation"),
            models.Index(
                fields=["organisation", "due_at", "id"], name="case_work", condition=Q(ended_at=None)
            ),
            models.Index(fields=["area", "-id"], name="case_area"),
            models.Index(fields=["due_at", "id"], name="case_due", condition=Q(ended_at=None)),
            models.Index(
                fields=["opened_by", "-id"], name="case_opened_by", condition=Q(opened_by__isnull=False)
            ),
            models.Index(fields=["lead"], name="case_lead", condition=Q(lead__isnull=False)),
            models.Index(fields=["merged_into"], name="case_merged", condition=Q(merged_into__isnull=False)),
            models.Index(
                fields=["reporter_mobile", "-id"], name="case_reporter", condition=~Q(reporter_mobile="")
            ),
        ]


class Event(models.Model):
    """One step of a case's history; its content is chained in the ledger under (case, seq)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="events", db_index=False)
    seq = models.IntegerField()
    action = models.CharField(max_length=40)
    actor_kind = models.CharField(max_length=10)
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    post = models.ForeignKey("people.Post", models.PROTECT, null=True, related_name="+", db_index=False)
    organisation = models.ForeignKey("orgs.Organisation", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    from_state = models.CharField(max_length=40, blank=True)
    to_state = models.CharField(max_length=40)
    note = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    public = models.BooleanField(default=False)
    key = models.CharField(max_length=120, null=True, db_collation="C")  # noqa: DJ001 - unique if given

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "seq"], name="event_once"),
            models.UniqueConstraint(fields=["key"], name="event_key"),
        ]
        triggers = [pgtrigger.Protect(name="history_is_kept", operation=pgtrigger.Update | pgtrigger.Delete)]


class Clock(models.Model):
    """A deadline is a row: `next_at` is when its next alert is due, null when paused, stopped or done."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="clocks", db_index=False)
    code = models.CharField(max_length=40)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    alerts_fired = models.SmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    remaining = models.IntegerField(null=True)
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "code"], name="clock_once")]
        indexes = [models.Index(fields=["next_at"], name="clock_next", condition=Q(next_at__isnull=False))]


class CaseFile(models.Model):
    """A photo or paper of a case; the bytes are in kernel.files under their digest."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="files")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+", db_index=False)
    seq = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "seq", "file"], name="case_file_once")]


class Searchable(models.Model):
    """The search keys of a case, written after the commit; see logic.grams."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="searchable")
    body = models.TextField()
    grams = ArrayField(models.IntegerField())

    class Meta:
        indexes = [GinIndex(fields=["grams"], name="searchable_grams")]


class Notice(models.Model):
    """One notice to one recipient: a person's inbox, or a citizen's mobile (sent once, by the queue)."""

    message = models.BigIntegerField()
    case = models.ForeignKey(Case, models.PROTECT, related_name="notices")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    mobile = models.CharField(max_length=20, blank=True)
    zh = models.CharField(max_length=300)
    en = models.CharField(max_length=300)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["message", "person", "mobile", "zh"], name="notice_once", nulls_distinct=False
            )
        ]
        indexes = [models.Index(fields=["person", "-id"], name="notice_unread", condition=Q(read_at=None))]
