"""Pages and endpoints of the roof: health, sign in and out. The rooms bring their own screens."""

from django.contrib.auth import views as auth
from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from yiwang.kernel.access import queries as access
from yiwang.kernel.access.logic import NOBODY
from yiwang.kernel.releases.queries import NoRelease
from yiwang.operations import queries as operations


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """Answer 200 while the database answers, else 503; for load balancers and the supervisor."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, InterfaceError):
        return JsonResponse({"database": False}, status=503)
    return JsonResponse({"database": True})


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the citizens' front page."""
    return render(request, "site/home.html", {"figures": operations.public()})


class SignIn(auth.LoginView):
    template_name = "site/sign_in.html"
    redirect_authenticated_user = True

    def get_default_redirect_url(self) -> str:
        """Return the first page of a person's work; before the first release there is only the front page."""
        person = self.request.user
        try:
            return reverse(access.home(access.actor_of(person) if person.is_authenticated else NOBODY))
        except NoRelease:
            return reverse("home")
