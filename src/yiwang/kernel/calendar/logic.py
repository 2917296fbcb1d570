"""Adding working time: which days count, when offices are open, when an amount has run out.

Before: `definitions.entries`, what a pack declares. After: cases compute due dates, pause and resume clocks.
Instants are taken at whole seconds, on the clock of China. Days are counted as the Civil Code counts periods:
the day on which a period begins does not count; it ends with the business hours of its last day, and when
that is a day off, with those of the next working day.
"""

import dataclasses
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from yiwang.kernel.calendar.definitions import Amount, Calendar, Due, Unit
from yiwang.kernel.calendar.definitions.entries import Clock, Hours
from yiwang.packs import wrong
from yiwang.packs.pack import Pack
from yiwang.packs.problems import Problem
from yiwang.packs.text import Text

ZONE = ZoneInfo("Asia/Shanghai")
FIRST, LAST = 1992, 2099  # China's last summer time ended in 1991: from then on every day has 86,400 seconds
DAY = 86_400
_NATURAL = frozenset({Unit.HOURS, Unit.MINUTES, Unit.SECONDS})
_ORIGIN = datetime(1, 1, 1, tzinfo=ZONE)


_PLAIN = Calendar(
    code="plain",
    name=Text("周一至周五", "Monday to Friday"),
    years={},
    hours={"office": Hours(name=Text("办公时间", "Office hours"), working_days=(("09:00", "17:00"),))},
)


class OutsideCalendar(wrong.Wrong):
    """A moment before 1992 or after 2099; in nearly every case a mistyped date."""

    def __init__(self) -> None:
        super().__init__(f"时间超出 {FIRST} 至 {LAST} 年", f"the time is outside the years {FIRST} to {LAST}")


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class WorkCalendar:
    """Sorted columns to bisect in. A moment is `day number * 86,400 + local seconds since midnight`."""

    workdays: Sequence[int]  # day numbers (date.toordinal) of the nation's working days
    closings: Sequence[int]  # the moment at which business ends on each of them
    opens: Sequence[int]  # the beginnings of opening spans
    closes: Sequence[int]  # their ends
    worked: Sequence[int]  # working seconds from the first span up to each of these ends
    official: frozenset[int]  # the years whose holidays are announced

    def is_workday(self, day: date) -> bool:
        """Say whether the nation works on that day; opening hours make no difference."""
        index = bisect_left(self.workdays, day.toordinal())
        return index < len(self.workdays) and self.workdays[index] == day.toordinal()

    def add(self, start: datetime, amount: Amount) -> Due:
        """Return when an amount begun at an aware `start` has run out; raise OutsideCalendar.

        Working hours end at closing time rather than at the next opening. Zero of anything ends at once,
        or, when it counts working time and the office is closed, as soon as it can.
        """
        try:
            at = _ORIGIN + timedelta(seconds=self._end(_moment(start), amount) - DAY)
        except (IndexError, OverflowError):
            raise OutsideCalendar from None
        if at.year > LAST:
            raise OutsideCalendar
        years = () if amount.unit in _NATURAL else range(start.astimezone(ZONE).year, at.year + 1)
        return Due(at, self._unannounced(years))

    def between(self, start: datetime, end: datetime) -> int:
        """Return the working seconds from `start` to `end`, negative when `end` is the earlier."""
        return self._position(_moment(end)) - self._position(_moment(start))

    def workdays_between(self, start: datetime, end: datetime) -> int:
        """Return the working days after the day of `start` up to and with that of `end`."""
        return self._days(_moment(start), _moment(end))

    def remaining(self, start: datetime, amount: Amount, paused: datetime) -> Amount | None:
        """Return what is left at a pause, to be added again on resuming; None if it had run out before.

        Pausing and resuming within a day leaves a period of days unchanged, and within a second any other.
        Hours and minutes come back in seconds.
        """
        since, until = _moment(start), max(_moment(start), _moment(paused))
        if until > self._end(since, amount):
            return None
        match amount.unit:
            case Unit.WORKING_DAYS:
                return Amount(max(0, amount.value - self._days(since, until)), Unit.WORKING_DAYS)
            case Unit.DAYS:
                return Amount(max(0, amount.value - until // DAY + since // DAY), Unit.DAYS)
            case Unit.HOURS | Unit.MINUTES | Unit.SECONDS:
                return Amount(amount.seconds - until + since, Unit.SECONDS)
            case _:
                left = amount.seconds - self._position(until) + self._position(since)
                return Amount(left, Unit.WORKING_SECONDS)

    def _end(self, moment: int, amount: Amount) -> int:
        match amount.unit:
            case Unit.WORKING_DAYS:
                last = bisect_right(self.workdays, moment // DAY) + amount.value - 1
                return self.closings[max(last, bisect_left(self.closings, moment))]
            case Unit.DAYS:
                last = bisect_left(self.workdays, moment // DAY + amount.value)
                return self.closings[max(last, bisect_left(self.closings, moment))]
            case Unit.HOURS | Unit.MINUTES | Unit.SECONDS:
                return moment + amount.seconds
            case _:
                return self._worked_until(moment, amount.seconds)

    def _worked_until(self, moment: int, seconds: int) -> int:
        if seconds == 0:
            return max(moment, self.opens[bisect_left(self.closes, moment)])
        position = self._position(moment) + seconds
        index = bisect_left(self.worked, position)
        return self.closes[index] - (self.worked[index] - position)

    def _position(self, moment: int) -> int:
        """Return the working seconds from the first span up to a moment."""
        index = bisect_right(self.opens, moment) - 1
        return self.worked[index] - max(0, self.closes[index] - moment) if index >= 0 else 0

    def _days(self, since: int, until: int) -> int:
        return bisect_right(self.workdays, until // DAY) - bisect_right(self.workdays, since // DAY)

    def _unannounced(self, years: range | tuple[()]) -> frozenset[int]:
        return frozenset(year for year in years if year not in self.official)


def _moment(instant: datetime) -> int:
    if instant.tzinfo is None:
        raise ValueError("working time needs a moment with its time zone")
    local = instant.astimezone(ZONE)
    if not FIRST <= local.year <= LAST:
        raise OutsideCalendar
    return local.toordinal() * DAY + local.hour * 3600 + local.minute * 60 + local.second


def calendars(declared: Mapping[str, Calendar]) -> dict[str, WorkCalendar]:
    """Return the calendar for every set of hours in a pack, by its name; the usual one is also under "".

    Without any declaration: Monday to Friday, nine to five, and no year is certain.
    """
    entry = next(iter(declared.values()), _PLAIN)
    built = {hours: build(entry, hours) for hours in entry.hours}
    return {"": built[entry.default_hours], **built}


def check(pack: Pack) -> Iterator[Problem]:
    """Find a second calendar: which one counts would be a guess."""
    for entry in list(pack.entries(Calendar).values())[1:]:
        yield pack.problem(
            entry, "code", zh="一个场景包只能有一份工作日历", en="a pack has one calendar only"
        )


def build(entry: Calendar, hours: str | None = None) -> WorkCalendar:
    """Return the calendar for one set of hours (the entry's default if None). Takes some 40 ms: keep it."""
    chosen = entry.hours[hours or entry.default_hours]
    off = {day.toordinal() for year in entry.years.values() for day in year.days_off()}
    made_up = {day.toordinal() for year in entry.years.values() for day in year.workdays}
    week = [_seconds(chosen.spans_on(weekday)) for weekday in range(7)]
    working, holiday = _seconds(chosen.working_days), _seconds(chosen.holidays)
    workdays, closings, opens, closes, worked = (array("q") for _ in range(5))
    total = 0
    for number in range(date(FIRST, 1, 1).toordinal(), date(LAST, 12, 31).toordinal() + 1):
        weekday = (number - 1) % 7
        spans = working if number in made_up else holiday if number in off else week[weekday]
        for begin, end in spans:
            total += end - begin
            opens.append(number * DAY + begin)
            closes.append(number * DAY + end)
            worked.append(total)
        if number in made_up or (weekday < 5 and number not in off):
            workdays.append(number)
            closings.append(closes[-1])
    official = frozenset(number for number, year in entry.years.items() if not year.provisional)
    return WorkCalendar(workdays, closings, opens, closes, worked, official)


def _seconds(spans: tuple[tuple[Clock, Clock], ...]) -> list[tuple[int, int]]:
    return [(_since_midnight(begin), _since_midnight(end)) for begin, end in spans]


def _since_midnight(clock: Clock) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 3600 + int(minutes) * 60
