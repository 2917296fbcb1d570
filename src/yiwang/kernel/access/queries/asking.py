"""The request as views receive it: it knows who asks (`site.actors`) and whether htmx does (django-htmx)."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from yiwang.kernel.access.logic import Actor
from yiwang.kernel.people.models import Person


class Request(HttpRequest):
    """For annotations only; the middlewares give every request these attributes."""

    actor: Actor
    htmx: HtmxDetails
    user: Person
