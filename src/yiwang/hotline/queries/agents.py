"""What a hotline agent sees while filing a call: whether they may, the caller's former cases, areas by name."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yiwang.cases.queries import shown, visible
from yiwang.hotline.logic import words as typed
from yiwang.hotline.queries import desks
from yiwang.kernel.access.logic import Actor
from yiwang.kernel.identifiers import logic as identifiers
from yiwang.kernel.places import queries as places
from yiwang.packs.wrong import Wrong

MOST = 6


def may_file(actor: Actor) -> bool:
    """Tell whether one of the actor's posts may file calls."""
    intake = desks.current().door("hotline") if actor.posts else None
    return bool(intake and actor.with_roles(set(intake.opens)))


def former(actor: Actor, mobile: str) -> list[dict[str, Any]]:
    """Return the newest cases of a number, of those the actor may see."""
    try:
        number = identifiers.mobile.parse(mobile)
    except Wrong:
        return []
    rows = visible.listed(visible.cases(actor).filter(reporter_mobile=number)).order_by("-id")
    return shown.rows(rows[:MOST])


def areas(words: str) -> list[tuple[str, str]]:
    """Return (code, full name) of areas inside the city for words such as 武侯 玉林."""
    intake = desks.current().door("hotline")
    if intake is None or not words.strip() or typed.impossible(words):
        return []
    found = list(places.search(words, intake.fallback_area)[:MOST])
    english = (get_language() or "").startswith("en")
    return [
        (one.code, one.label("en") if english else desks.current().areas.shown.get(one.code, one.name))
        for one in found
    ]


def filed(actor: Actor, code: str) -> dict[str, Any] | None:
    """Return a case the actor has just filed: its row, and where it went and why."""
    case = visible.cases(actor).filter(tracking=code).select_related("organisation").first()
    if case is None:
        return None
    steps = [shown.step(event, case) for event in visible.history(case)]
    return shown.rows([case])[0] | {
        "steps": steps,
        "why": "; ".join(one["why"] for one in steps if one["why"]),
    }


def area_name(code: str) -> str:
    """Return the full name of an area picked before; "" for none."""
    return desks.current().areas.shown.get(code, "")


def urgencies() -> list[tuple[str, str]]:
    """Return the urgencies with their names."""
    return [("1", _("Usual")), ("2", _("Urgent")), ("3", _("Emergency"))]
