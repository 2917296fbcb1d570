"""Citizens follow their case with its tracking code: status, steps, photos, rating, withdrawal, the ledger's proof."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_POST, require_safe

from yiwang.cases import models as cases
from yiwang.cases.definitions.refusals import Refused
from yiwang.hotline import actions
from yiwang.hotline.queries import tracking
from yiwang.hotline.views import report


@never_cache
@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for the tracking code, and go to its page."""
    code = request.GET.get("code", "")
    if tracking.normal(code):
        return HttpResponseRedirect(reverse("tracked", args=[tracking.normal(code)]))
    return render(request, "hotline/track.html", {"code": code, "unknown": bool(code)})


@never_cache
@require_safe
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Show a case to whoever holds its tracking code."""
    case = tracking.find(code)
    if case is None:
        return render(request, "hotline/track.html", {"code": code, "unknown": True}, status=404)
    return _page(request, case)


@never_cache
@require_POST
def act(request: HttpRequest, code: str, action: str) -> HttpResponse:
    """Rate, withdraw or reopen; a refusal stands beside its form, with what was typed."""
    case = _case(code)
    given = {
        name: value for name, value in request.POST.items() if name not in {"key", "csrfmiddlewaretoken"}
    }
    try:
        actions.act(case.tracking, action, given, report.key_of(request))
    except Refused as refusal:
        told = {
            "action": action,
            "message": refusal.message(get_language() or "zh-hans"),
            "field": refusal.field,
        }
        return _page(request, _case(code), {"refused": told, "given": given}, status=409)
    return HttpResponseRedirect(reverse("tracked", args=[case.tracking]))


@cache_control(private=True, max_age=3600)
@require_safe
def photo(request: HttpRequest, code: str, sha256: str) -> FileResponse:
    """Give the publication copy of a photo: no position, no camera, nothing but the picture."""
    stream = tracking.photo(_case(code), sha256, small="small" in request.GET)
    if stream is None:
        raise Http404
    return FileResponse(stream, content_type="image/jpeg")


@never_cache
@require_safe
def proof(request: HttpRequest, code: str) -> JsonResponse:  # noqa: ARG001
    """Give the proof file that anyone can check offline (docs/ledger.md)."""
    case = _case(code)
    answer = JsonResponse(tracking.proof(case), json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="proof-{case.number}.json"'
    return answer


def _case(code: str) -> cases.Case:
    case = tracking.find(code)
    if case is None:
        raise Http404
    return case


def _page(
    request: HttpRequest, case: cases.Case, more: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "one": tracking.tracked(case), "stages": tracking.stages(), "key": report.key_of(request),
        "grades": tracking.grades(), **(more or {}),
    }  # fmt: skip
    return render(request, "hotline/tracked.html", context, status=status)
