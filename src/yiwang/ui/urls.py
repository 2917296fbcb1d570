"""Addresses of the shell itself."""

from django.urls import path

from yiwang.ui import views

urlpatterns = [
    path("ui/components", views.components, name="ui-components"),
    path("ui/samples/<slug:shell>", views.sample, name="ui-sample"),
    path("ui/reading", views.choose_reading, name="ui-reading"),
]
