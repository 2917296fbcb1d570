"""What was said becomes what is understood: checked, cleaned, sorted and placed, with the reasons; or all faults.

Before: a door made a `Said`. After: `actions` opens the case. Nothing here looks at a clock or a table.
"""

import datetime as dt
import math
from collections.abc import Sequence

from yiwang.cases.logic import effects
from yiwang.hotline.definitions.faults import Fault, Invalid, fault, of_wrong
from yiwang.hotline.definitions.intake import Intake
from yiwang.hotline.definitions.requests import Json, Said, Seen, Understood
from yiwang.hotline.logic import names, times, words
from yiwang.hotline.logic.desk import Desk
from yiwang.kernel.identifiers import logic as identifiers
from yiwang.kernel.places.definitions import Datum
from yiwang.kernel.places.logic.locating import Located
from yiwang.packs.wrong import Wrong

URGENCIES = {"": 1, "1": 1, "2": 2, "3": 3, "一般": 1, "紧急": 2, "特急": 3}


class _Notes:
    """Faults collected while reading one request."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def add(self, *faults: Fault) -> None:
        self.faults += faults


def understand(
    desk: Desk, intake: Intake, said: Said, channel: str, now: dt.datetime, *,
    text_limit: int | None = None, photos: Sequence[Seen] = (),
) -> Understood:  # fmt: skip
    """Return a request ready to be opened. Raises Invalid with every fault.

    `channel` is the door's own, unless the request names one. `text_limit` is the intake's if not given.
    """
    notes = _Notes()
    text = _words(notes, "text", said.text, text_limit or intake.text_limit)
    title = words.one_line(_words(notes, "title", said.title, effects.LIMITS["title"])) or words.title_of(
        text
    )
    if not title and not notes.faults:
        notes.add(fault("text", "no-words"))
    category, why_category = _category(notes, desk, intake, said.category, f"{title}\n{text}")
    position = _position(notes, desk, said)
    taken = [desk.locator.locate(one.lon, one.lat, Datum.parse(one.datum)) for one in photos]
    area, why_area = _area(notes, desk, intake, said.area, position, taken)
    seen = position or next(iter(taken), None)
    understood = Understood(
        title=title, text=text, category=category, area=area,
        flow=desk.world.flow_of(category, intake.default_flow),
        channel=_channel(notes, desk, said.channel, channel), at=_at(notes, said.at, now),
        address=words.one_line(_words(notes, "address", said.address, effects.LIMITS["address"])),
        lon=seen.lon if seen else None, lat=seen.lat if seen else None,
        name=words.one_line(_words(notes, "name", said.name, effects.LIMITS["reporter_name"])),
        mobile=_mobile(notes, said.mobile), urgency=_urgency(notes, said.urgency),
        found={"category": why_category, "area": why_area},
    )  # fmt: skip
    if notes.faults:
        raise Invalid(notes.faults)
    return understood


def _words(notes: _Notes, field: str, typed: str, limit: int) -> str:
    if place := words.impossible(typed):
        notes.add(fault(field, "bad-character", place=place))
        return ""
    kept = words.clean(typed)
    if len(kept) > limit:
        notes.add(fault(field, "too-long", limit=limit, length=len(kept)))
    return kept


def _category(notes: _Notes, desk: Desk, intake: Intake, chosen: str, text: str) -> tuple[str, Json]:
    """Return the category chosen, or the one whose keywords speak loudest, or the fallback."""
    if chosen.strip():
        return _named(notes, desk.categories, "category", chosen), {"by": "chosen"}
    best = next(iter(desk.suggest(text, 1)), None)
    if best:
        return best.category, {"by": "keywords", "words": list(best.words), "points": best.points}
    return intake.fallback_category, {"by": "fallback"}


def _area(
    notes: _Notes,
    desk: Desk,
    intake: Intake,
    picked: str,
    position: Located | None,
    photos: Sequence[Located],
) -> tuple[str, Json]:
    """Return the area picked, made finer by a position inside it; else that of the position, of a photo, or the fallback."""
    located = position.code if position else None
    if picked.strip():
        code = _named(notes, desk.areas, "area", _unpadded(picked))
        finer = located if code and located and located.startswith(code) else code
        return finer, {"by": "picked"} if finer == code else {"by": "picked-and-position", "picked": code}
    if position and located:
        return located, {"by": "position", "reason": str(position.reason)}
    for number, seen in enumerate(photos, 1):
        if seen.code:
            return seen.code, {"by": "photo", "photo": number}
    return intake.fallback_area, {"by": "fallback", **({"reason": str(position.reason)} if position else {})}


def _unpadded(written: str) -> str:
    """Return an area code in its shortest form, as the pack declares it; anything else as it is."""
    try:
        return identifiers.area_code.parse(written)
    except Wrong:
        return written


def _named(notes: _Notes, known: names.Names, field: str, written: str) -> str:
    found = known.find(written)
    if len(found) == 1:
        return found[0]
    shown = "、".join(f"{known.shown[code]}（{code}）" for code in found[:5])
    if found:
        notes.add(fault(field, "ambiguous", value=written.strip()[:40], allowed=shown))
    else:
        near = "、".join(known.near(written[:40])) or "—"
        notes.add(fault(field, f"unknown-{field}", value=written.strip()[:40], near=near))
    return ""


def _position(notes: _Notes, desk: Desk, said: Said) -> Located | None:
    """Return where the position lies, in WGS-84; None where none was given or it cannot be read."""
    lon, lat = said.lon.strip(), said.lat.strip()
    if not lon and not lat:
        return None
    if not lon or not lat:
        notes.add(fault("lat" if lon else "lon", "half-position"))
        return None
    if not said.datum.strip():
        notes.add(fault("datum", "no-datum", allowed=", ".join(Datum)))
        return None
    try:
        point, datum = _degrees(lon, lat), Datum.parse(said.datum)
    except Wrong as wrong:
        notes.add(of_wrong("datum", wrong))
        return None
    if point is None:
        notes.add(fault("lon", "bad-position", value=f"{lon[:20]}, {lat[:20]}"))
        return None
    return desk.locator.locate(*point, datum)


def _degrees(lon: str, lat: str) -> tuple[float, float] | None:
    try:
        point = float(lon), float(lat)
    except ValueError:
        return None
    inside = all(map(math.isfinite, point)) and abs(point[0]) <= 180 and abs(point[1]) <= 90
    return point if inside else None


def _mobile(notes: _Notes, typed: str) -> str:
    if not typed.strip():
        return ""
    try:
        return identifiers.mobile.parse(typed)
    except Wrong as wrong:
        notes.add(of_wrong("mobile", wrong))
        return ""


def _urgency(notes: _Notes, typed: str) -> int:
    if typed.strip() not in URGENCIES:
        notes.add(fault("urgency", "not-urgency", value=typed.strip()[:20]))
    return URGENCIES.get(typed.strip(), 1)


def _channel(notes: _Notes, desk: Desk, named: str, usual: str) -> str:
    if not named.strip():
        return usual
    found = desk.channels.find(named)
    if len(found) != 1:
        allowed = ", ".join(f"{code}（{name}）" for code, name in desk.channels.shown.items())
        notes.add(fault("channel", "unknown-channel", value=named.strip()[:40], allowed=allowed))
        return usual
    return found[0]


def _at(notes: _Notes, typed: str, now: dt.datetime) -> dt.datetime:
    if not typed.strip():
        return now
    at = times.parse(typed)
    if at is None:
        notes.add(fault("at", "not-a-time", value=typed.strip()[:30]))
    elif at > now:
        notes.add(fault("at", "future", value=typed.strip()[:30]))
    elif at.year < times.FIRST:
        notes.add(fault("at", "too-old", value=typed.strip()[:30], first=times.FIRST))
    else:
        return at
    return now
