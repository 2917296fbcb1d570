"""All addresses, room by room."""

from django.contrib.auth import views as auth
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from yiwang.site import views
from yiwang.site.api import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", api.urls),  # first: the busiest door
    path("", views.home, name="home"),
    path("healthz", views.health, name="health"),
    path("set-language", set_language, name="set-language"),
    path("sign-in", views.SignIn.as_view(), name="sign-in"),
    path("sign-out", auth.LogoutView.as_view(), name="sign-out"),
    path("", include("yiwang.cases.urls")),
    path("", include("yiwang.kernel.access.urls")),
    path("", include("yiwang.hotline.urls")),
    path("", include("yiwang.operations.urls")),
    path("", include("yiwang.ui.urls")),
]
handler400 = "yiwang.ui.views.bad_request"
handler403 = "yiwang.ui.views.forbidden"
handler404 = "yiwang.ui.views.not_found"
handler500 = "yiwang.ui.views.server_error"
