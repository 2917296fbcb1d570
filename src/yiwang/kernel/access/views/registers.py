"""What an administrator looks up: organisations, releases and what they changed, the ledger."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from yiwang.kernel.access.queries import listing
from yiwang.kernel.access.queries.asking import Request
from yiwang.kernel.access.views.gate import permitted
from yiwang.kernel.releases.models import Release


@permitted("administer-people")
@require_safe
def organisations(request: Request) -> HttpResponse:
    """Show the organisations in the actor's area; htmx asks for the table alone."""
    page = "access/_organisations.html" if request.htmx else "access/organisations.html"
    return render(request, page, listing.organisations(request.actor, request.GET))


@permitted("publish-packs")
@require_safe
def releases(request: Request) -> HttpResponse:
    """Show what was published, when and by whom."""
    return render(request, "access/releases.html", {"releases": listing.history()[: listing.CHANGES]})


@permitted("publish-packs")
@require_safe
def release(request: Request, number: int) -> HttpResponse:
    """Show what a release changed against the one before it."""
    try:
        return render(request, "access/release.html", listing.changes(number))
    except Release.DoesNotExist:
        raise Http404 from None


@permitted("read-ledger")
@require_safe
def ledger(request: Request) -> HttpResponse:
    """Show the newest head of the ledger."""
    return render(request, "access/ledger.html", listing.ledger_state())


@permitted("read-ledger")
@require_POST
def verify(request: Request) -> HttpResponse:
    """Check the whole ledger now."""
    return render(request, "access/ledger.html", listing.ledger_state() | listing.verified())
