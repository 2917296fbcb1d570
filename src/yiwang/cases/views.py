"""The staff desk: lists, details, actions, batches and notices. Parse, ask a query or an action, render."""

import json
import re
import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yiwang.cases import actions, models
from yiwang.cases.actions import following, intake
from yiwang.cases.definitions.refusals import Conflict, Refused
from yiwang.cases.queries import details, lists, notices, shown, visible
from yiwang.kernel.access.queries.asking import Request
from yiwang.kernel.files import actions as files
from yiwang.kernel.files import queries as file_queries

NUMBER = re.compile(r"[0-9]{1,18}")


@login_required
@require_GET
def desk(request: Request) -> HttpResponse:
    """Show one tab of the desk; htmx asks for the table alone."""
    chosen = lists.tab(request.GET.get("tab") or ("all" if request.GET.get("q") else "todo"))
    rows = lists.filtered(request.actor, chosen, request.GET)
    page = lists.page(rows, chosen, request.GET)
    context = {"tab": chosen, "page": page, "rows": shown.rows(page.rows), "query": request.GET.get("q", "")}
    if not _part(request):
        context |= lists.frame(request.actor, chosen, request.GET)
    return render(request, "cases/_table.html" if _part(request) else "cases/desk.html", context)


@login_required
@require_GET
def detail(request: Request, number: str) -> HttpResponse:
    """Show a case beside the list, or alone on its own page."""
    case = _case(request, number)
    context = details.of(case, request.actor)
    return render(request, "cases/_detail.html" if _part(request) else "cases/case.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def act(request: Request, number: str, action: str) -> HttpResponse:
    """Ask what an action needs, or take it. A refusal shows beside the field at fault, with all typed words kept."""
    case = _case(request, number)
    if request.method == "GET":
        return _form(request, case, action, {})
    try:
        given = intake.given(case, action, request.actor, request.POST, request.FILES)
        actions.perform(
            case.pk, action, request.actor, given, _key(request), seen=request.POST.get("seen", "")
        )
    except Refused as refusal:
        return _form(request, case, action, {"refusal": refusal, "given": request.POST})
    return _done(request, number)


@login_required
@require_POST
def batch(request: Request) -> HttpResponse:
    """Take one action on the cases ticked, and say for each how it went."""
    numbers = [one for one in request.POST.getlist("case") if lists.NUMBER.fullmatch(one)]
    cases = {one.pk: one for one in visible.cases(request.actor).filter(number__in=numbers)}
    action = request.POST.get("action", "")
    given = intake.shared(action, request.POST)
    results = actions.perform_many(cases, action, request.actor, given, _key(request))
    lines = [(cases[one], _message(outcome)) for one, outcome in results.items()]
    return render(request, "cases/_batch.html", {"lines": lines})


@login_required
@require_http_methods(["GET", "POST"])
def inbox(request: Request) -> HttpResponse:
    """Show a person's notices; a POST marks those shown as read."""
    if request.method == "POST":
        shown_ones = [int(one) for one in request.POST.getlist("notice") if NUMBER.fullmatch(one)]
        following.read(request.user.pk, shown_ones)
        return HttpResponseRedirect(reverse("notices"))
    return render(request, "cases/notices.html", {"notices": notices.of(request.user.pk)})


@login_required
@require_GET
def organisations(request: Request) -> HttpResponse:
    """Suggest organisations while one types."""
    found = lists.organisations(request.GET.get("find", ""))
    return render(request, "cases/_organisations.html", {"found": found, "name": request.GET.get("name", "")})


@login_required
@require_GET
def photo(request: Request, number: str, sha256: str) -> FileResponse:
    """Serve a photo of a case the reader may see."""
    found = _case(request, number).files.filter(file=sha256).first()
    if found is None:
        raise Http404
    public = files.publication(found.file_id)
    return FileResponse(file_queries.open(public.sha256), content_type=public.media_type)


def _case(request: Request, number: str) -> models.Case:
    return get_object_or_404(visible.explained(request.actor), number=number)


def _form(request: Request, case: models.Case, action: str, context: dict[str, Any]) -> HttpResponse:
    refusal = context.get("refusal")
    form = details.form(case, action, request.actor, refused=refusal is not None)
    if form is None:
        raise Http404
    if isinstance(refusal, Conflict) and request.htmx:
        return HttpResponse(_message(refusal), status=409, content_type="text/plain; charset=utf-8")
    if refusal:
        context |= {"message": _message(refusal), "field": refusal.field}
    status = 409 if isinstance(refusal, Conflict) else 422 if refusal else 200
    page = "cases/_act.html" if _part(request) else "cases/act.html"
    return render(
        request,
        page,
        form | {"key": str(uuid.uuid4()), "seen": _seen(request, case)} | context,
        status=status,
    )


def _done(request: Request, number: str) -> HttpResponse:
    """Tell htmx to close the dialog and to show the case anew; send a plain form on to the case."""
    if not visible.cases(request.actor).filter(number=number).exists():
        return _handed_over(request)
    if request.htmx:
        said = {"close-dialog": True, "case-changed": number, "toast": {"text": _("Done"), "level": "ok"}}
        return HttpResponse(status=204, headers={"HX-Trigger": json.dumps(said)})
    return HttpResponseRedirect(reverse("case", args=[number]))


def _handed_over(request: Request) -> HttpResponse:
    """Go back to the list: by this action the case went to others, and its page is not the actor's any more."""
    messages.success(request, _("Done. The case is with others now."))
    if not request.htmx:
        return HttpResponseRedirect(reverse("desk"))
    here = request.htmx.current_url_abs_path or ""
    back = here if here.partition("?")[0] == reverse("desk") else reverse("desk")
    return HttpResponse(status=204, headers={"HX-Redirect": back})


def _part(request: Request) -> bool:
    """Tell whether htmx asks for a part of a page; going back or following a boosted link needs the whole."""
    return bool(request.htmx) and not (request.htmx.boosted or request.htmx.history_restore_request)


def _seen(request: Request, case: models.Case) -> str:
    """Return the state of the case on the page that led here; after a refusal, the state it is in now."""
    return request.GET.get("seen", case.state) if request.method == "GET" else case.state


def _key(request: Request) -> str:
    return request.POST.get("key") or str(uuid.uuid4())


def _message(outcome: actions.Outcome | Refused) -> str:
    if isinstance(outcome, Refused):
        return outcome.message(get_language() or "zh-hans")
    return ""
