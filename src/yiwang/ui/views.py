"""Pages of the shell itself: components, reading choices, and what is said when something fails."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from yiwang.ui import faults, reading, samples


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Show every component with its states."""
    return render(request, "ui/components.html", samples.context())


@require_safe
def sample(request: HttpRequest, shell: str) -> HttpResponse:
    """Show a shell filled with samples: "desk", "wall"; anything else the portal."""
    page = f"ui/samples/{shell if shell in samples.SHELLS else 'portal'}.html"
    return render(request, page, samples.context())


@require_POST
def choose_reading(request: HttpRequest) -> HttpResponse:
    """Keep print size and contrast for browsers without scripts, and go back to the page."""
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    answer = HttpResponseRedirect(back if safe else reverse("home"))
    reading.keep(answer, request.POST, secure=settings.SESSION_COOKIE_SECURE)
    return answer


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return faults.page(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return faults.page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return faults.page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    return faults.page(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    return faults.page(request, "stale")
