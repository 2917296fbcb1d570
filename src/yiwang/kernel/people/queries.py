"""Posts valid on a day. Screens ask through access, which scopes these to the actor."""

import datetime as dt

from django.db.models import Q, QuerySet

from yiwang.kernel.people import models


def posts_on(day: dt.date) -> QuerySet[models.Post]:
    """Return the posts valid on `day` of persons who may sign in."""
    still = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    return models.Post.objects.filter(still, valid_from__lte=day, person__is_active=True)


def holders(day: dt.date, organisation: str, roles: list[str]) -> QuerySet[models.Post]:
    """Return who holds one of `roles` in `organisation` on `day`."""
    return posts_on(day).filter(organisation_id=organisation, role__in=roles)


def watchers(day: dt.date, area: str, roles: list[str]) -> QuerySet[models.Post]:
    """Return who holds one of `roles` over an area that contains `area`."""
    prefixes = [area[:length] for length in range(2, len(area) + 1)]
    return posts_on(day).filter(area__in=prefixes, role__in=roles)
