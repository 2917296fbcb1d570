"""What the one screen shows, for the area an actor may see."""

import datetime as dt
from typing import Any

from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yiwang.cases.queries import lists, shown, visible, worlds
from yiwang.kernel.access import queries as access
from yiwang.kernel.access.logic import Actor
from yiwang.kernel.places import queries as places
from yiwang.operations.logic import counting
from yiwang.operations.models import MEASURES, Hour, Standing

NEWEST = 12
POINTS = 3000
DAYS = 30
FIGURES = ("trend", "categories", "channels")
LEVELS = {"overdue": "a", "escalated": "a", "red": "b", "yellow": "b"}


def areas(actor: Actor) -> list[str]:
    """Return the areas an actor watches; none means no screen."""
    return list(visible.outermost(post.area for post in access.posts_seeing(actor, "area")))


def screen(actor: Actor, district: str = "") -> dict[str, Any]:
    """Return everything on the screen, for a district or for all the actor watches."""
    district = drilled(actor, district)
    within, today = _within(actor, district), _today()
    return {
        "counters": _counters(within, today),
        "districts": _districts(within, today),
        "newest": shown.rows(visible.listed(_cases(actor, district)).order_by("-id")[:NEWEST]),
        "overdue": shown.rows(_overdue(actor, district)),
        "place": _place(district),
        "district": district,
    }


def figures(actor: Actor, kind: str, district: str = "") -> dict[str, Any]:
    """Return the figures of a chart: trend (by hour), categories or channels (of seven days)."""
    within, today = _within(actor, drilled(actor, district)), _today()
    if kind == "trend":
        return _trend(within, today)
    field, chart = ("channel", "pie") if kind == "channels" else ("category", "bars")
    groups = _groups(within, today - dt.timedelta(days=6), field, 6)
    names, values = [name for name, _ in groups], [number for _, number in groups]
    return {"kind": chart, "categories": names, "series": [{"name": _("cases"), "values": values}]}


def public() -> dict[str, Any]:
    """Return the figures every citizen may read: thirty days of the whole city."""
    month = _sums([""], _today() - dt.timedelta(days=DAYS - 1))
    return {
        "ended": month["ended"],
        "in_time": counting.share(month["ended_in_time"], month["ended"]),
        "satisfied": counting.share(month["satisfied"], month["rated"]),
    }


def map_counts(actor: Actor) -> dict[str, int]:
    """Return the number of open cases by district."""
    found: dict[str, int] = {}
    for area, number in Standing.objects.filter(_prefix("area", areas(actor))).values_list("area", "open"):
        found[area[:6]] = found.get(area[:6], 0) + number
    return {code: number for code, number in found.items() if len(code) == 6 and number > 0}


def points(actor: Actor, district: str = "") -> list[tuple[float | None, float | None, str, str, str]]:
    """Return (lon, lat, number, title, colour) of the newest open cases that have a position."""
    rows = visible.at_work(_cases(actor, drilled(actor, district))).filter(lon__isnull=False)
    return list(rows.order_by("-id").values_list("lon", "lat", "number", "title", "light")[:POINTS])


def _trend(within: list[str], today: dt.datetime) -> dict[str, Any]:
    """Return cases opened in each hour of today so far and of yesterday."""
    yesterday = today - dt.timedelta(days=1)
    rows = (
        Hour.objects.filter(_prefix("district", within), hour__gte=yesterday)
        .values_list("hour")
        .annotate(Sum("opened"))
    )
    curves = {"today": [0] * 24, "yesterday": [0] * 24}
    for hour, opened in rows:
        local = timezone.localtime(hour)
        curves["today" if local >= today else "yesterday"][local.hour] += opened
    now = timezone.localtime().hour
    return {
        "kind": "line",
        "categories": [f"{hour}:00" for hour in range(24)],
        "series": [
            {"name": _("today"), "values": curves["today"][: now + 1] + [None] * (23 - now), "style": "area"},
            {"name": _("yesterday"), "values": curves["yesterday"], "style": "dashed"},
        ],
    }


def _counters(within: list[str], today: dt.datetime) -> dict[str, Any]:
    month = _sums(within, today - dt.timedelta(days=DAYS - 1))
    now = _sums(within, today)
    held = Standing.objects.filter(_prefix("area", within))
    return {
        "opened_today": now["opened"],
        "open": held.aggregate(n=Sum("open"))["n"] or 0,
        "overdue": held.filter(light__in=lists.OVERDUE).aggregate(n=Sum("open"))["n"] or 0,
        "in_time": counting.share(month["ended_in_time"], month["ended"]),
        "satisfied": counting.share(month["satisfied"], month["rated"]),
        "rated": month["rated"],
        "response": _mean_hours(month["waited_seconds"], month["signed_in"]),
    }


def _mean_hours(seconds: int, number: int) -> float | None:
    return round(seconds / number / 3600, 1) if number else None


def _sums(within: list[str], since: dt.datetime) -> dict[str, int]:
    rows = Hour.objects.filter(_prefix("district", within), hour__gte=since)
    return {
        name: value or 0 for name, value in rows.aggregate(**{name: Sum(name) for name in MEASURES}).items()
    }


def _groups(within: list[str], since: dt.datetime, field: str, most: int) -> list[tuple[str, int]]:
    rows = Hour.objects.filter(_prefix("district", within), hour__gte=since)
    counts = rows.values_list(field).annotate(n=Sum("opened")).filter(n__gt=0).order_by("-n", field)[:most]
    name = shown.channel if field == "channel" else lambda code: shown.category(worlds.current(), code)
    return [(name(code), number) for code, number in counts]


def _districts(within: list[str], today: dt.datetime) -> list[tuple[str, str, float]]:
    """Return (code, name, per cent ended in time) by district over thirty days, best first."""
    rows = Hour.objects.filter(_prefix("district", within), hour__gte=today - dt.timedelta(days=DAYS - 1))
    sums = rows.values_list("district").annotate(Sum("ended_in_time"), Sum("ended"))
    shares = [(code, counting.share(good, all_)) for code, good, all_ in sums if len(code) == 6]
    names = places.names({code for code, _ in shares}, get_language())
    ready = [(code, names.get(code, code), value) for code, value in shares if value is not None]
    return sorted(ready, key=lambda one: -one[2])


def _cases(actor: Actor, district: str) -> Any:
    rows = visible.cases(actor)
    return rows.filter(area__startswith=district) if district else rows


def _overdue(actor: Actor, district: str) -> Any:
    late = visible.at_work(_cases(actor, district)).filter(light__in=lists.OVERDUE)
    return visible.listed(late).order_by("due_at", "id")[:NEWEST]


def _place(district: str) -> str:
    return places.names({district}, get_language()).get(district, "") if district else ""


def drilled(actor: Actor, district: str) -> str:
    """Return the area asked for where the actor watches it, else "": all the areas the actor watches."""
    inside = district.isdecimal() and any(district.startswith(area) for area in areas(actor))
    return district if inside else ""


def _within(actor: Actor, district: str) -> list[str]:
    return [district] if district else areas(actor)


def _today() -> dt.datetime:
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)


def _prefix(field: str, within: list[str]) -> Q:
    """Return the condition of lying in some areas; what is kept by district answers for the whole district."""
    union = Q(pk__in=[])
    for area in within:
        union |= Q(**{f"{field}__startswith": area[:6] if field == "district" else area})
    return union
