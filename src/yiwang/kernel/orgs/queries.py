"""Organisations are public facts: everyone may read them."""

from django.db.models import QuerySet

from yiwang.kernel.orgs import models


def active() -> QuerySet[models.Organisation]:
    """Return the organisations that may be given work today."""
    return models.Organisation.objects.filter(active=True)


def names(codes: set[str]) -> dict[str, str]:
    """Return code -> Chinese name for the codes asked, unknown ones left out."""
    return dict(models.Organisation.objects.filter(code__in=codes).values_list("code", "name"))
