"""Addresses of the one screen."""

from django.urls import path

from yiwang.operations import views

urlpatterns = [
    path("wall/", views.wall, name="wall"),
    path("wall/figures/<str:kind>.json", views.figures, name="wall-figures"),
    path("wall/outlines.json", views.outlines, name="wall-outlines"),
    path("wall/points.json", views.points, name="wall-points"),
]
