"""A person's notices."""

from django.db.models import QuerySet

from yiwang.cases import models

SHOWN = 100


def of(person: int) -> QuerySet[models.Notice]:
    """Return a person's newest notices, their cases joined."""
    rows = models.Notice.objects.filter(person=person).select_related("case")
    return rows.only("id", "zh", "en", "at", "read_at", "case__number").order_by("-id")[:SHOWN]


def unread(person: int) -> int:
    """Return how many notices a person has not read, at most 100."""
    return models.Notice.objects.filter(person=person, read_at=None)[:SHOWN].count()
