"""The working calendar of a pack, built once and kept, and the years it does not know for certain.

Before: `logic`. After: cases ask for the calendar of an organisation's hours, `yiwang check` for gaps.
"""

from collections import OrderedDict
from datetime import date
from enum import StrEnum

from django.utils import timezone

from yiwang.kernel.calendar import logic
from yiwang.kernel.calendar.definitions import Calendar
from yiwang.packs import wrong
from yiwang.packs.pack import Pack

_KEPT = 8  # packs; one calendar weighs about 2 MB
_built: OrderedDict[str, dict[str, logic.WorkCalendar]] = OrderedDict()


class Standing(StrEnum):
    """Why the holidays of a year are not certain."""

    PROVISIONAL = "provisional"
    MISSING = "missing"


def work_calendar(pack: Pack, hours: str | None = None) -> logic.WorkCalendar:
    """Return the calendar under a named set of opening hours (the usual one if None); raise `Wrong`."""
    known = _built.get(pack.digest)
    if known is None:
        known = _built[pack.digest] = logic.calendars(pack.entries(Calendar))
        while len(_built) > _KEPT:
            _built.popitem(last=False)
    if (calendar := known.get(hours or "")) is None:
        zh, en = f"日历中没有时段“{hours}”", f'the calendar has no hours named "{hours}"'
        raise wrong.Wrong(zh, en, allowed=tuple(known)[1:])
    return calendar


def missing_years(pack: Pack, until: date, since: date | None = None) -> dict[int, Standing]:
    """Return the years from `since` (today) to `until` whose holidays the pack does not know for certain."""
    years = range((since or timezone.localdate()).year, until.year + 1)
    known = {number: year for one in pack.entries(Calendar).values() for number, year in one.years.items()}
    return {
        year: Standing.PROVISIONAL if year in known else Standing.MISSING
        for year in years
        if year not in known or known[year].provisional
    }
