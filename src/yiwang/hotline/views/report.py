"""Citizens report: one form, on a phone first, that works without scripts."""

import dataclasses
import uuid
from collections.abc import Sequence
from typing import Any, BinaryIO, cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from yiwang.hotline import actions
from yiwang.hotline.actions.reporting import Refusal
from yiwang.hotline.definitions.faults import Fault, Invalid, fault
from yiwang.hotline.definitions.intake import Intake
from yiwang.hotline.definitions.requests import Photo, Said
from yiwang.hotline.queries import desks, forms, tracking


@never_cache
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Show the form, or take it; what was typed stays, and photos that were good need not be sent again."""
    intake = desks.current().door("web")
    if intake is None:
        return render(request, "hotline/closed.html", {"faults": [fault("", "closed-door")]}, status=503)
    if request.method == "GET":
        return _form(request, intake)
    kept = forms.unseal(request.POST.get("kept", ""))
    photos = [Photo(one.name or "", cast("BinaryIO", one)) for one in request.FILES.getlist("photos")]
    try:
        reported = actions.report(said(request), "web", key_of(request), photos=photos, kept=kept)
    except Invalid as invalid:
        return _form(request, intake, invalid.faults, invalid.kept if isinstance(invalid, Refusal) else ())
    return HttpResponseRedirect(reverse("report-done", args=[reported.case.tracking]))


@never_cache
@require_safe
def done(request: HttpRequest, code: str) -> HttpResponse:
    """Show the tracking code to keep."""
    case = tracking.find(code)
    if case is None:
        return render(request, "hotline/track.html", {"code": code, "unknown": True}, status=404)
    return render(request, "hotline/done.html", {"one": tracking.tracked(case)})


@require_safe
def streets(request: HttpRequest) -> HttpResponse:
    """Offer the streets of the district picked."""
    district = request.GET.get("district", "")
    return render(request, "hotline/_streets.html", {"streets": forms.streets(district)})


@require_safe
def place(request: HttpRequest) -> JsonResponse:
    """Say which area lies around a position."""
    lon, lat, datum = (request.GET.get(name, "") for name in ("lon", "lat", "datum"))
    return JsonResponse(forms.place(lon, lat, datum))


@require_safe
@cache_control(max_age=3600, public=True)
def outlines(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Give the districts' outlines for the map on which a place is picked."""
    intake = desks.current().door("web")
    return HttpResponse(forms.outlines(intake) if intake else "{}", content_type="application/geo+json")


def said(request: HttpRequest) -> Said:
    """Return the posted words; the street picked goes before the district."""
    posted = request.POST
    words = {one.name: posted.get(one.name, "") for one in dataclasses.fields(Said) if one.name in TYPED}
    return Said(**words, area=posted.get("street") or posted.get("district") or posted.get("area", ""))


TYPED = frozenset(
    {"title", "text", "category", "address", "lon", "lat", "datum", "name", "mobile", "urgency"}
)


def key_of(request: HttpRequest) -> str:
    """Return the form's own key; a form that lost it gets a new one, and is then taken as a new form."""
    try:
        return str(uuid.UUID(request.POST.get("key", "")))
    except ValueError:
        return str(uuid.uuid4())


def _form(
    request: HttpRequest, intake: Intake, faults: Sequence[Fault] = (), kept: Sequence[str] = ()
) -> HttpResponse:
    typed = request.POST if request.method == "POST" else request.GET
    district = typed.get("district", "")
    context: dict[str, Any] = {
        "intake": intake, "typed": typed, "faults": forms.by_field(faults), "kept": forms.seal(kept),
        "kept_count": len(kept), "key": key_of(request), "districts": forms.below(intake.fallback_area),
        "streets": forms.streets(district), "branches": forms.categories(),
    }  # fmt: skip
    return render(request, "hotline/report.html", context, status=422 if faults else 200)
