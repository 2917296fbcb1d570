"""Organisations are public facts: everyone may read them."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from yiwang.kernel.orgs import models


def active() -> QuerySet[models.Organisation]:
    """Return the organisations that may be given work today."""
    return models.Organisation.objects.filter(active=True)


def named(asked: str) -> models.Organisation | None:
    """Return the active organisation of a code or of a full name."""
    return active().filter(Q(code=asked) | Q(name=asked)).order_by("code").first()


def search(words: str, areas: Iterable[str] = ("",)) -> QuerySet[models.Organisation]:
    """Return active organisations inside some areas whose name or code contains the words."""
    inside = Q(pk__in=[])
    for area in areas:
        inside |= Q(area__startswith=area)
    meant = Q(name__contains=words) | Q(name_en__icontains=words) | Q(code__contains=words.lower())
    return active().filter(inside, meant).order_by("area", "code")


def names(codes: set[str]) -> dict[str, str]:
    """Return code -> Chinese name for the codes asked, unknown ones left out."""
    return dict(models.Organisation.objects.filter(code__in=codes).values_list("code", "name"))
