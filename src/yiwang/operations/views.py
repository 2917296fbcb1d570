"""The one screen: a page, its live parts, and the data of its map."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yiwang.kernel.access.queries.asking import Request
from yiwang.kernel.places import queries as places
from yiwang.kernel.places.definitions import Level
from yiwang.operations import queries


@login_required
@require_GET
def wall(request: Request) -> HttpResponse:
    """Show the screen; htmx asks for the parts that change."""
    if not queries.areas(request.actor):
        raise PermissionDenied
    context = queries.screen(request.actor, request.GET.get("district", ""))
    return render(request, "operations/_live.html" if request.htmx else "operations/wall.html", context)


@login_required
@require_GET
def figures(request: Request, kind: str) -> JsonResponse:
    """Return the figures of one chart."""
    if kind not in queries.FIGURES:
        raise Http404
    return JsonResponse(queries.figures(request.actor, kind, request.GET.get("district", "")))


@login_required
@require_GET
def outlines(request: Request) -> JsonResponse:
    """Return the district outlines with the number of open cases in each (GeoJSON, WGS-84)."""
    counts = queries.map_counts(request.actor)
    features = [
        one | {"properties": one["properties"] | {"value": counts.get(one["properties"]["code"], 0)}}
        for one in places.outline_geojson("", Level.DISTRICT)["features"]
    ]
    return JsonResponse({"type": "FeatureCollection", "features": features})


@login_required
@require_GET
def points(request: Request) -> JsonResponse:
    """Return open cases with a position as GeoJSON points."""
    found = queries.points(request.actor, request.GET.get("district", ""))
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [lon, lat]},
            "properties": {"id": number, "title": title, "level": queries.LEVELS.get(light, "c")},
        }
        for lon, lat, number, title, light in found
    ]
    return JsonResponse({"type": "FeatureCollection", "features": features})
