"""Who may open an administration screen, and how its answers leave: alone for htmx, else inside the desk."""

import functools
import json
from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from yiwang.kernel.access import queries
from yiwang.kernel.access.definitions import Permission, Refused
from yiwang.kernel.access.queries.asking import Request

View = Callable[..., HttpResponse]


def permitted(permission: Permission) -> Callable[[View], View]:
    """Let only actors in whose roles the permission stands."""

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
            if not queries.may(request.actor, permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return login_required(never_cache(guarded))

    return decorate


def show(request: Request, part: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """Render a part for htmx, or the same part as a page of the desk."""
    page = part if request.htmx else "access/page.html"
    return render(request, page, {"part": part, **context}, status=status)


def again(
    request: Request, part: str, refusal: Refused, context: dict[str, Any] | None = None
) -> HttpResponse:
    """Show a form again with what is wrong and all that was typed."""
    wrong = {"field": refusal.field, "message": refusal.message(get_language()), "given": request.POST}
    return show(request, part, (context or {}) | wrong, 422)


def done(request: Request, address: str, text: str) -> HttpResponse:
    """Tell htmx to close the dialog and show the person anew; send a plain form on."""
    if request.htmx:
        said = {"close-dialog": True, "person-changed": True, "toast": {"text": text, "level": "ok"}}
        return HttpResponse(status=204, headers={"HX-Trigger": json.dumps(said)})
    return HttpResponseRedirect(address)
