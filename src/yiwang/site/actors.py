"""Every request knows who is asking: `request.actor`, looked up once and only if somebody reads it."""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from yiwang.kernel.access import logic, queries


def middleware(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Give each request its actor, after Django's authentication; send signed-out parts of a page to sign in."""

    def with_actor(request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        response = answer(request)
        return _whole_page(request) if _asks_to_sign_in(request, response) else response

    return with_actor


def _actor(request: HttpRequest) -> logic.Actor:
    return queries.actor_of(request.user) if request.user.is_authenticated else logic.NOBODY


def _asks_to_sign_in(request: HttpRequest, response: HttpResponse) -> bool:
    """Tell whether htmx would load the sign-in page into a part of the page it is on."""
    if "HX-Request" not in request.headers or response.status_code != 302:
        return False
    return response["Location"].startswith(reverse("sign-in"))


def _whole_page(request: HttpRequest) -> HttpResponse:
    page = urlsplit(request.headers.get("HX-Current-URL", ""))
    back = urlencode({"next": f"{page.path}?{page.query}" if page.query else page.path or "/"})
    return HttpResponse(status=204, headers={"HX-Redirect": f"{reverse('sign-in')}?{back}"})
