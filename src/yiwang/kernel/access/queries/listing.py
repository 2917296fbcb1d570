"""The administrator's lists and pages: persons, posts, organisations, releases, the ledger; in the reader's words.

Pages are read by cursor, so the last costs what the first does.
"""

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Count, Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from yiwang.kernel.access.logic import Actor
from yiwang.kernel.access.queries import actors, people, scoping
from yiwang.kernel.identifiers import logic as identifiers
from yiwang.kernel.ledger import models as ledger_models
from yiwang.kernel.ledger import queries as ledger
from yiwang.kernel.orgs import models as org_models
from yiwang.kernel.orgs import queries as orgs
from yiwang.kernel.people import models
from yiwang.kernel.places import queries as places
from yiwang.kernel.releases import models as release_models
from yiwang.kernel.releases import queries as releases
from yiwang.packs import comparing
from yiwang.packs.text import Text

SIZE = 30
FOUND = 12
VERIFIABLE = 100_000
"""Entries that are checked while one waits; more are for the command line."""
CHANGES = 300
"""Changes of a release shown one by one; the rest is counted."""


@dataclasses.dataclass(frozen=True, slots=True)
class Page:
    """One page of rows and the cursors beside it ("" where there is none)."""

    rows: Sequence[Any]
    newer: str
    older: str


def page(rows: QuerySet[Any], field: str, params: Mapping[str, str], size: int = SIZE) -> Page:
    """Return the page after or before a cursor, in the order of a unique field."""
    after, before = params.get("after", "").replace("\x00", ""), params.get("before", "").replace("\x00", "")
    if before:
        found = list(rows.filter(**{f"{field}__lt": before}).order_by(f"-{field}")[: size + 1])
        taken, more = found[:size][::-1], len(found) > size
        return Page(taken, _mark(taken[:1], field) if more else "", _mark(taken[-1:], field))
    found = list((rows.filter(**{f"{field}__gt": after}) if after else rows).order_by(field)[: size + 1])
    taken, more = found[:size], len(found) > size
    return Page(taken, _mark(taken[:1], field) if after else "", _mark(taken[-1:], field) if more else "")


def _mark(rows: Sequence[Model], field: str) -> str:
    return str(getattr(rows[0], field)) if rows else ""


def persons(actor: Actor, params: Mapping[str, str]) -> dict[str, Any]:
    """Return a page of the persons an actor administers, and what the list can be filtered by."""
    found = page(people.filtered(people.people_administered(actor), params), "username", params)
    roles = role_names()
    rows = [
        {"person": one, "posts": [roles.get(post.role, post.role) for post in _current(one)],
         "organisations": list(dict.fromkeys(post.organisation.name for post in _current(one)))}
        for one in found.rows
    ]  # fmt: skip
    return {"page": found, "rows": rows}


def filters(actor: Actor) -> dict[str, Any]:
    """Return what a list of persons can be filtered by: roles, and the areas directly inside the actor's."""
    inside = [one for area in people.areas(actor) for one in places.children(area)]
    return {"roles": role_names(), "areas": {one.code: one.label(get_language()) for one in inside}}


def person(actor: Actor, found: models.Person) -> dict[str, Any]:
    """Return a person's page: posts in words, why it is seen, and what stands against changes."""
    names, roles = places.names({post.area for post in found.posts.all()}), role_names()
    mine = people.areas(actor)
    hindrance = people.hindrance(actor, found)
    return {
        "person": found,
        "mobile": identifiers.mobile.mask(found.mobile) if found.mobile else "",
        "grants": [said(one) for one in scoping.reasons(models.Person, getattr(found, "grants", ()))],
        "posts": [
            {"post": one, "role": roles.get(one.role, one.role), "area": names.get(one.area, one.area),
             "standing": standing(one), "endable": _endable(actor, one, mine)}
            for one in found.posts.all()
        ],
        "hindrance": hindrance.message(get_language()) if hindrance else "",
        "oneself": found.pk == actor.person,
    }  # fmt: skip


def standing(post: models.Post) -> str:
    """Return "valid", "later" or "over"."""
    today = timezone.localdate()
    if post.valid_from > today:
        return "later"
    return "over" if post.valid_to and post.valid_to < today else "valid"


def _endable(actor: Actor, post: models.Post, areas: Iterable[str]) -> bool:
    inside = all(any(one.startswith(area) for area in areas) for one in (post.area, post.organisation.area))
    return inside and standing(post) != "over" and post.person_id != actor.person


def _current(person: models.Person) -> list[models.Post]:
    return [post for post in person.posts.all() if standing(post) == "valid"]


def role_names() -> dict[str, str]:
    """Return the roles that can be given, by code."""
    return {code: said(role.name) for code, role in actors.roles().items()}


def said(text: Text) -> str:
    """Return a pack's text in the reader's language."""
    return text.in_language(get_language())


def organisations(actor: Actor, params: Mapping[str, str]) -> dict[str, Any]:
    """Return a page of the organisations in the actor's area, with the number of valid posts in each."""
    rows = orgs.search(params.get("q", "").strip(), people.areas(actor)).select_related("parent")
    today = timezone.localdate()
    held = Q(posts__valid_from__lte=today) & (Q(posts__valid_to=None) | Q(posts__valid_to__gte=today))
    found = page(rows.annotate(held=Count("posts", held)).order_by(), "code", params)
    return {"page": found, "rows": found.rows, "areas": places.names({one.area for one in found.rows})}


def found_organisations(actor: Actor, words: str) -> list[tuple[str, str]]:
    """Return the organisations an administrator may mean while typing."""
    rows = orgs.search(words, people.areas(actor)) if words else org_models.Organisation.objects.none()
    return list(rows.values_list("code", "name")[:FOUND])


def found_areas(actor: Actor, words: str) -> list[tuple[str, str]]:
    """Return the areas an administrator may mean while typing."""
    found = [one for area in people.areas(actor) for one in places.search(words, area)[:FOUND]]
    return [(one.code, one.full_name) for one in found[:FOUND]]


def history() -> QuerySet[release_models.Release]:
    """Return all releases, newest first, without their content."""
    return releases.history()


def changes(release: int) -> dict[str, Any]:
    """Return what a release changed against the one before it. Raises Release.DoesNotExist."""
    this = releases.history().get(pk=release)
    before = releases.history().filter(pk__lt=release).first()
    found = comparing.compare(releases.pack(before.pk), releases.pack(this.pk)) if before else []
    counts = Counter((one.kind, one.what) for one in found)
    return {
        "release": this,
        "before": before,
        "changes": found[:CHANGES],
        "more": max(len(found) - CHANGES, 0),
        "counts": [(kind, what, count) for (kind, what), count in sorted(counts.items())],
    }


def ledger_state() -> dict[str, Any]:
    """Return the newest signed head and how many entries wait to be sealed."""
    head = ledger.latest_head()
    waiting = ledger_models.LedgerEntry.objects.filter(leaf=None)[: CHANGES * 100].count()
    return {
        "head": head,
        "root": head.root.hex() if head else "",
        "signature": head.signature.hex() if head else "",
        "waiting": waiting,
    }


def verified() -> dict[str, Any]:
    """Check the whole ledger now, unless that would keep the reader waiting; return the report in their words."""
    head = ledger.latest_head()
    if head and head.size > VERIFIABLE:
        return {"too_large": True}
    begun, report = dt.datetime.now(dt.UTC), ledger.verify()
    found = [(one.fault, one.message(get_language() or "zh-hans")) for one in report.findings]
    return {
        "report": report,
        "findings": found,
        "seconds": round((dt.datetime.now(dt.UTC) - begun).total_seconds(), 1),
        "at": begun,
    }
