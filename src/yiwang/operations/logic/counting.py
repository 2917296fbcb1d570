"""From steps of cases to increments of counts. Adding them up in any order gives the same counts."""

import collections
import datetime as dt
from collections.abc import Callable, Iterable

from yiwang.cases.definitions.events import CaseMoved, CaseOpened

HourKey = tuple[dt.datetime, str, str, str]
StandingKey = tuple[str, str]
Increments = dict[HourKey, collections.Counter[str]]

SATISFIED = 3
"""Grades 3 to 5 are very satisfied, satisfied and basically satisfied (GB/T 39735)."""


def hours(events: Iterable[CaseOpened | CaseMoved], top: Callable[[str], str]) -> Increments:
    """Return what to add to each hour; `top` gives the top category of a category."""
    found: Increments = collections.defaultdict(collections.Counter)
    for event in events:
        key = (hour(event.at), event.area[:6], top(event.category), event.channel)
        for measure, amount in _measures(event):
            found[key][measure] += amount
    return found


def standing(events: Iterable[CaseOpened | CaseMoved]) -> collections.Counter[StandingKey]:
    """Return by how much the number of open cases changes, by area and colour."""
    found: collections.Counter[StandingKey] = collections.Counter()
    for event in events:
        if isinstance(event, CaseOpened):
            found[event.area, event.light] += 1
            continue
        if not event.was_ended:
            found[event.was_area, event.was_light] -= 1
        if not event.ended:
            found[event.area, event.light] += 1
    return found


def hour(at: dt.datetime) -> dt.datetime:
    """Return the beginning of the hour, in UTC."""
    return at.astimezone(dt.UTC).replace(minute=0, second=0, microsecond=0)


def _measures(event: CaseOpened | CaseMoved) -> Iterable[tuple[str, int]]:
    if isinstance(event, CaseOpened):
        yield "opened", 1
        return
    if change := _ended(event.ended, event.to_state) - _ended(event.was_ended, event.from_state):
        yield "ended", change
        if not event.late:
            yield "ended_in_time", change
    if event.rating != event.was_rating:
        yield "rated", int(event.rating is not None) - int(event.was_rating is not None)
        yield "satisfied", _satisfied(event.rating) - _satisfied(event.was_rating)
    if event.action == "sign_in":
        yield "signed_in", 1
        yield "waited_seconds", int((event.at - event.opened_at).total_seconds())


def _ended(ended: bool, state: str) -> int:
    """Count a case as ended when it was answered; one that was merged is answered when its parent is."""
    return int(ended and state != "merged")


def _satisfied(rating: int | None) -> int:
    return int(rating is not None and rating >= SATISFIED)


def share(part: int, whole: int) -> float | None:
    """Return a percentage with one decimal, or None of nothing.

    A case that ended before the days counted and was reopened in them counts as ended once less, so the
    parts of a short time need not lie within the whole; a percentage always does.
    """
    return min(100.0, max(0.0, round(100 * part / whole, 1))) if whole > 0 else None
