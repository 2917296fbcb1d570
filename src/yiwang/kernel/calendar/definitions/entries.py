"""The pack kind `calendar`: public holidays, make-up working days (调休) and opening hours.

Before: the notices of the State Council, one a year. After: `logic.build` turns an entry into a WorkCalendar.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from yiwang.packs import wrong
from yiwang.packs.entry import Entry, Part
from yiwang.packs.text import Text

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Clock = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$", examples=["09:00"])]


def _in_order(spans: tuple[tuple[Clock, Clock], ...]) -> tuple[tuple[Clock, Clock], ...]:
    moments = [moment for span in spans for moment in span]
    if any(later <= earlier for earlier, later in pairwise(moments)):
        raise wrong.Wrong("时段须先后排列、互不相接、起早于止", "spans must be in order and apart")
    return spans


Spans = Annotated[tuple[tuple[Clock, Clock], ...], AfterValidator(_in_order)]
"""Opening hours of one day: [["09:00", "12:00"], ["13:00", "17:00"]]; 24:00 is the end of the day."""


class Hours(Part):
    """One set of opening hours. They measure working time; working days are the nation's to say."""

    name: Text
    working_days: Annotated[Spans, Field(min_length=1)]
    """Hours from Monday to Friday and on make-up working days."""
    weekdays: dict[Weekday, Spans] = {}
    """Other hours on single weekdays; on `sat` and `sun`, hours open at week-ends that are no holidays."""
    holidays: Spans = ()
    """Hours on public holidays."""

    @model_validator(mode="after")
    def _open_on_working_days(self) -> Self:
        for day in WEEKDAYS[:5]:
            if self.weekdays.get(day, self.working_days) == ():
                raise wrong.Wrong(f"工作日“{day}”没有办公时间", f'the working day "{day}" has no hours')
        return self

    def spans_on(self, weekday: int) -> tuple[tuple[Clock, Clock], ...]:
        """Return the hours of an ordinary Monday (0) to Sunday (6)."""
        return self.weekdays.get(WEEKDAYS[weekday], self.working_days if weekday < 5 else ())


class Holiday(Part):
    """Days off in a row, both ends included and week-ends among them."""

    name: Text
    from_: date = Field(alias="from")
    to: date

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.to < self.from_:
            raise wrong.Wrong(f"“{self.name}”止于开始之前", f'"{self.name}" ends before it begins')
        return self

    def days(self) -> Iterator[date]:
        return (self.from_ + timedelta(days=n) for n in range((self.to - self.from_).days + 1))


class Year(Part):
    """The holidays and make-up working days of one calendar year."""

    holidays: tuple[Holiday, ...]
    workdays: tuple[date, ...] = ()
    """Saturdays and Sundays on which work is made up."""
    provisional: bool = False
    """True until the year's notice is published; due dates that cross the year say so."""
    source: Text

    def days_off(self) -> frozenset[date]:
        return frozenset(day for holiday in self.holidays for day in holiday.days())

    @model_validator(mode="after")
    def _make_up_days_are_free_week_ends(self) -> Self:
        off = self.days_off()
        for day in self.workdays:
            if day.weekday() < 5:
                raise wrong.Wrong(f"{day} 不是周末，无须调休", f"{day} is no week-end day, so no make-up day")
            if day in off:
                raise wrong.Wrong(f"{day} 既放假又上班", f"{day} is both a holiday and a working day")
        return self


class Calendar(Entry):
    """The working calendar of a city: one in a pack."""

    name: Text
    years: dict[int, Year]
    hours: dict[str, Hours]
    default_hours: str = "office"

    @model_validator(mode="after")
    def _names_meet(self) -> Self:
        if self.default_hours not in self.hours:
            name, allowed = self.default_hours, tuple(self.hours)
            raise wrong.Wrong(f"没有名为“{name}”的时段", f'no hours are named "{name}"', allowed)
        for number, year in self.years.items():
            for day in (*year.days_off(), *year.workdays):
                if day.year != number:
                    raise wrong.Wrong(f"{day} 不在 {number} 年", f"{day} is not in the year {number}")
        return self
