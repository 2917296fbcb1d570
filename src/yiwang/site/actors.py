"""Every request knows who is asking: `request.actor`, looked up once and only if somebody reads it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from yiwang.kernel.access import logic, queries


def middleware(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Give each request its actor, after Django's authentication."""

    def with_actor(request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        return answer(request)

    return with_actor


def _actor(request: HttpRequest) -> logic.Actor:
    return queries.actor_of(request.user) if request.user.is_authenticated else logic.NOBODY
