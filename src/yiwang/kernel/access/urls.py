"""Addresses of the administration screens."""

from django.urls import path

from yiwang.kernel.access.views import people, registers

urlpatterns = [
    path("desk/people/", people.people, name="people"),
    path("desk/people/new", people.register, name="person-register"),
    path("desk/people/organisations", people.find_organisations, name="people-organisations"),
    path("desk/people/areas", people.find_areas, name="people-areas"),
    path("desk/people/<int:number>/", people.person, name="person"),
    path("desk/people/<int:number>/grant", people.grant, name="post-grant"),
    path("desk/people/<int:number>/password", people.password, name="person-password"),
    path("desk/people/<int:number>/active", people.active, name="person-active"),
    path("desk/posts/<int:number>/end", people.end, name="post-end"),
    path("desk/all-organisations/", registers.organisations, name="organisations"),
    path("desk/releases/", registers.releases, name="releases"),
    path("desk/releases/<int:number>/", registers.release, name="release"),
    path("desk/ledger/", registers.ledger, name="ledger"),
    path("desk/ledger/verify", registers.verify, name="ledger-verify"),
]
