"""Addresses of the staff desk."""

from django.urls import path

from yiwang.cases import views

urlpatterns = [
    path("desk/cases/", views.desk, name="desk"),
    path("desk/cases/batch", views.batch, name="case-batch"),
    path("desk/cases/<str:number>/", views.detail, name="case"),
    path("desk/cases/<str:number>/act/<str:action>", views.act, name="case-act"),
    path("desk/cases/<str:number>/photos/<str:sha256>", views.photo, name="case-photo"),
    path("desk/notices", views.inbox, name="notices"),
    path("desk/organisations", views.organisations, name="organisation-search"),
]
