"""Addresses of citizens' reports and of the agent's desk. The JSON door is mounted by the roof."""

from django.urls import path

from yiwang.hotline.views import desk, report, track

urlpatterns = [
    path("report", report.report, name="report"),
    path("report/done/<str:code>", report.done, name="report-done"),
    path("report/streets", report.streets, name="report-streets"),
    path("report/place", report.place, name="report-place"),
    path("report/districts.json", report.outlines, name="report-districts"),
    path("track", track.ask, name="track"),
    path("track/<str:code>", track.show, name="tracked"),
    path("track/<str:code>/proof.json", track.proof, name="tracked-proof"),
    path("track/<str:code>/photos/<str:sha256>", track.photo, name="tracked-photo"),
    path("track/<str:code>/<str:action>", track.act, name="tracked-act"),
    path("desk/hotline/new", desk.new, name="hotline-new"),
    path("desk/hotline/filed/<str:code>", desk.filed, name="hotline-filed"),
    path("desk/hotline/suggest", desk.suggest, name="hotline-suggest"),
    path("desk/hotline/areas", desk.areas, name="hotline-areas"),
    path("desk/hotline/caller", desk.caller, name="hotline-caller"),
]
