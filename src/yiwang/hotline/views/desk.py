"""The agent's desk: file a call by keyboard, with suggestions while typing."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from yiwang.hotline import actions
from yiwang.hotline.definitions.faults import Invalid
from yiwang.hotline.queries import agents, forms
from yiwang.hotline.views import report
from yiwang.kernel.access.queries.asking import Request


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Show the form of a call, or file it."""
    _check(request)
    faults: dict[str, str] = {}
    if request.method == "POST":
        try:
            filed = actions.report(
                report.said(request), "hotline", report.key_of(request), actor=request.actor
            )
        except Invalid as invalid:
            faults = forms.by_field(invalid.faults)
        else:
            return HttpResponseRedirect(reverse("hotline-filed", args=[filed.case.tracking]))
    return render(request, "hotline/new.html", _context(request, faults), status=422 if faults else 200)


@login_required
@never_cache
@require_safe
def filed(request: Request, code: str) -> HttpResponse:
    """Show the number, the tracking code, and where the call went and why."""
    _check(request)
    found = agents.filed(request.actor, code)
    if found is None:
        raise Http404
    return render(request, "hotline/filed.html", found)


@login_required
@require_safe
def suggest(request: Request) -> HttpResponse:
    """Suggest categories for the words typed so far, with the words that spoke for them."""
    _check(request)
    words = f"{request.GET.get('title', '')}\n{request.GET.get('text', '')}"
    return render(request, "hotline/_suggested.html", {"suggested": forms.suggestions(words)})


@login_required
@require_safe
def areas(request: Request) -> HttpResponse:
    """Offer areas by name or code."""
    _check(request)
    return render(request, "hotline/_areas.html", {"areas": agents.areas(request.GET.get("find", ""))})


@login_required
@require_safe
def caller(request: Request) -> HttpResponse:
    """Show the caller's former cases."""
    _check(request)
    mobile = request.GET.get("mobile", "")
    return render(
        request, "hotline/_caller.html", {"former": agents.former(request.actor, mobile), "mobile": mobile}
    )


def _check(request: Request) -> None:
    if not agents.may_file(request.actor):
        raise PermissionDenied


def _context(request: Request, faults: dict[str, str]) -> dict[str, Any]:
    typed = request.POST if request.method == "POST" else request.GET
    return {
        "typed": typed, "faults": faults, "key": report.key_of(request), "branches": forms.categories(),
        "urgencies": agents.urgencies(), "area_name": agents.area_name(typed.get("area", "")),
    }  # fmt: skip
