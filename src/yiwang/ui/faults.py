"""What is said when a page cannot be shown: a page for a person, one sentence for htmx and machines."""

import dataclasses

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yiwang.ui import shell


@dataclasses.dataclass(frozen=True)
class Fault:
    """A status, its heading, and what to do now."""

    status: int
    title: str | Promise
    advice: str | Promise


FAULTS: dict[int | str, Fault] = {
    400: Fault(
        400,
        _("This request cannot be understood"),
        _("Part of the address or the form is wrong. Go back and try again."),
    ),
    403: Fault(
        403,
        _("You may not see this"),
        _("Your posts do not cover it. If you need it for your work, ask your administrator."),
    ),
    404: Fault(
        404,
        _("There is no such page"),
        _("The address may be mistyped, or what it showed is not yours to see."),
    ),
    500: Fault(
        500,
        _("Something went wrong here"),
        _("The fault is on our side and was recorded. Nothing was half done; please try again later."),
    ),
    "stale": Fault(
        403,
        _("This form is too old"),
        _("It was open for a long time or came from elsewhere. Reload the page and send it again."),
    ),
}


def page(request: HttpRequest, code: int | str) -> HttpResponse:
    """Answer with a fault's page; it asks the database nothing, which may be what is broken."""
    fault = FAULTS[code]
    if request.headers.get("HX-Request") == "true" or not _wants_html(request):
        text = gettext("{title}. {advice}").format(title=fault.title, advice=fault.advice)
        return HttpResponse(text, status=fault.status, content_type="text/plain; charset=utf-8")
    context = {"fault": fault, "brand": shell.DEFAULT}
    return render(request, "ui/fault.html", context, status=fault.status)


def _wants_html(request: HttpRequest) -> bool:
    return "text/html" in request.headers.get("Accept", "text/html") or request.accepts("text/html")
