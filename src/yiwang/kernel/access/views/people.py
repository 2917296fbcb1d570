"""Persons and their posts: list, page, register, grant, end, deactivate, new password."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yiwang.kernel.access import actions
from yiwang.kernel.access.definitions import Refused
from yiwang.kernel.access.logic import wishes
from yiwang.kernel.access.queries import listing
from yiwang.kernel.access.queries import people as administered
from yiwang.kernel.access.queries.asking import Request
from yiwang.kernel.access.views.gate import again, done, permitted, show
from yiwang.kernel.people import models


@permitted("administer-people")
@require_safe
def people(request: Request) -> HttpResponse:
    """Show the persons the actor administers; htmx asks for the table alone."""
    context = listing.persons(request.actor, request.GET)
    if request.htmx and not request.htmx.boosted:
        return render(request, "access/_people.html", context)
    return render(request, "access/people.html", context | listing.filters(request.actor))


@permitted("administer-people")
@require_safe
def person(request: Request, number: int) -> HttpResponse:
    """Show a person with their posts, beside the list or alone."""
    return show(request, "access/_person.html", listing.person(request.actor, _person(request, number)))


@permitted("administer-people")
@require_http_methods(["GET", "POST"])
def register(request: Request) -> HttpResponse:
    """Register a person; the first password is shown once."""
    if request.method == "GET":
        return show(request, "access/_register.html", {})
    try:
        made, password = actions.register(request.actor, wishes.newcomer(request.POST))
    except Refused as refusal:
        return again(request, "access/_register.html", refusal)
    return show(request, "access/_password.html", {"person": made, "password": password, "new": True})


@permitted("administer-people")
@require_http_methods(["GET", "POST"])
def grant(request: Request, number: int) -> HttpResponse:
    """Give a person a post."""
    found = _person(request, number)
    context = {"person": found, "roles": listing.role_names(), "today": timezone.localdate()}
    if request.method == "GET":
        return show(request, "access/_grant.html", context)
    try:
        actions.grant(request.actor, found, wishes.grant(request.POST))
    except Refused as refusal:
        return again(request, "access/_grant.html", refusal, context)
    return done(request, reverse("person", args=[number]), _("The post is granted"))


@permitted("administer-people")
@require_http_methods(["GET", "POST"])
def end(request: Request, number: int) -> HttpResponse:
    """End a post after a day."""
    post = get_object_or_404(administered.posts_administered(request.actor), pk=number)
    context = {"post": post, "today": timezone.localdate(), "roles": listing.role_names()}
    if request.method == "GET":
        return show(request, "access/_end.html", context)
    try:
        actions.end(request.actor, post, wishes.last_day(request.POST))
    except Refused as refusal:
        return again(request, "access/_end.html", refusal, context)
    return done(request, reverse("person", args=[post.person_id]), _("The post ends"))


@permitted("administer-people")
@require_http_methods(["GET", "POST"])
def password(request: Request, number: int) -> HttpResponse:
    """Give a person a new password, shown once."""
    found = _person(request, number)
    if request.method == "GET":
        return show(request, "access/_reset.html", {"person": found})
    try:
        made = actions.reset_password(request.actor, found)
    except Refused as refusal:
        return again(request, "access/_reset.html", refusal, {"person": found})
    return show(request, "access/_password.html", {"person": found, "password": made})


@permitted("administer-people")
@require_POST
def active(request: Request, number: int) -> HttpResponse:
    """Let a person sign in, or no longer."""
    found, wanted = _person(request, number), request.POST.get("active") == "1"
    try:
        actions.set_active(request.actor, found, wanted)
    except Refused as refusal:
        context = listing.person(request.actor, found)
        return again(request, "access/_person.html", refusal, context)
    said = _("The person may sign in") if wanted else _("The person may no longer sign in")
    return done(request, reverse("person", args=[number]), said)


@permitted("administer-people")
@require_safe
def find_organisations(request: Request) -> HttpResponse:
    """Suggest organisations while one types."""
    found = listing.found_organisations(request.actor, request.GET.get("find_organisation", "").strip())
    return render(request, "access/_found.html", {"found": found, "name": "organisation"})


@permitted("administer-people")
@require_safe
def find_areas(request: Request) -> HttpResponse:
    """Suggest areas while one types."""
    found = listing.found_areas(request.actor, request.GET.get("find_area", "").strip())
    return render(request, "access/_found.html", {"found": found, "name": "area"})


def _person(request: Request, number: int) -> models.Person:
    return get_object_or_404(administered.people_explained(request.actor), pk=number)
