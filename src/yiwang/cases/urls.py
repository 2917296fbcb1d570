"""Addresses of the staff desk."""

from django.urls import path

from yiwang.cases import views

urlpatterns = [
    path("desk/cases/", views.desk, name="desk"),
    path("desk/cases/batch", views.batch, name="case-batch"),
    path("desk/cases/<slug:number>/", views.detail, name="case"),
    path("desk/cases/<slug:number>/act/<slug:action>", views.act, name="case-act"),
    path("desk/cases/<slug:number>/photos/<slug:sha256>", views.photo, name="case-photo"),
    path("desk/notices", views.inbox, name="notices"),
    path("desk/organisations", views.organisations, name="organisation-search"),
]
