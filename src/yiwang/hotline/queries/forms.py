"""What forms offer: districts and streets to pick, categories to choose, and what was typed before."""

import json
from collections.abc import Iterable, Sequence

from django.core import signing
from django.utils.translation import get_language

from yiwang.hotline.definitions.faults import Fault
from yiwang.hotline.definitions.intake import Intake
from yiwang.hotline.queries import desks
from yiwang.kernel.files import definitions as file_definitions
from yiwang.kernel.files import queries as files
from yiwang.kernel.files.models import StoredFile
from yiwang.kernel.places import queries as places
from yiwang.kernel.places.definitions import Datum, Level

SALT = "hotline.photos"
KEPT_FOR = 24 * 3600
Choices = list[tuple[str, str]]


def below(code: str) -> Choices:
    """Return the areas directly below one, as (code, name)."""
    return [(area.code, area.label(get_language())) for area in places.children(code)]


def streets(district: str) -> Choices:
    """Return the streets of a district; nothing for anything else."""
    return (
        below(district)
        if len(district) == Level.DISTRICT.length and district.isascii() and district.isdigit()
        else []
    )


def categories() -> list[tuple[str, Choices]]:
    """Return (name of a branch, its leaves) of the category tree."""
    tree, language = desks.current().world.categories, get_language()
    leaves: dict[str, Choices] = {}
    for code, one in tree.items():
        if one.parent:
            leaves.setdefault(one.parent, []).append((code, one.name.in_language(language)))
    roots = {code: one.name.in_language(language) for code, one in tree.items() if not one.parent}
    return [(name, leaves.get(code, [(code, name)])) for code, name in roots.items()]


def suggestions(text: str) -> list[tuple[str, str, Sequence[str]]]:
    """Return (code, name, words that spoke for it) of the categories a text suggests."""
    desk, language = desks.current(), get_language()
    found = desk.suggest(text)
    return [
        (one.category, desk.world.categories[one.category].name.in_language(language), one.words)
        for one in found
    ]


def place(lon: str, lat: str, datum: str) -> dict[str, str]:
    """Return the area around a position as {code, name}; empty where it is none or outside."""
    try:
        code = places.locate(float(lon), float(lat), Datum.parse(datum)).code
    except ValueError:
        return {}
    names = places.path(code)[2:] if code else []
    return {"code": code, "name": " ".join(one.label(get_language()) for one in names)} if code else {}


def outlines(intake: Intake) -> str:
    """Return the districts' outlines as GeoJSON."""
    return json.dumps(places.outline_geojson(intake.fallback_area, Level.DISTRICT), ensure_ascii=False)


def seal(photos: Iterable[str]) -> str:
    """Return the digests of photos kept of a refused form, signed: only whoever sent them can name them again."""
    kept = list(photos)
    return signing.dumps(kept, salt=SALT) if kept else ""


def unseal(token: str) -> list[StoredFile]:
    """Return the photos a form kept; a token that is forged, old or of files now gone gives none."""
    try:
        return [files.get(sha) for sha in signing.loads(token, salt=SALT, max_age=KEPT_FOR)] if token else []
    except (signing.BadSignature, file_definitions.Refused):
        return []


def by_field(faults: Iterable[Fault]) -> dict[str, str]:
    """Return the words of faults by field, several of one field together; "" is the form itself."""
    found: dict[str, list[str]] = {}
    for one in faults:
        found.setdefault(one.field, []).append(one.message.in_language(get_language()))
    return {field: " ".join(words) for field, words in found.items()}
