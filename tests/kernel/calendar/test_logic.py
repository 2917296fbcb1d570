"""Working time: the nation's days, office hours, due dates, pauses."""

import timeit
from datetime import UTC, date, datetime, timedelta

import chinese_calendar
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.kernel.calendar import make
from yiwang.kernel.calendar import logic
from yiwang.kernel.calendar.definitions import Amount, Unit

HOURS = st.sampled_from(["office", "hall", "always"])
INSTANTS = st.datetimes(datetime(2024, 12, 1), datetime(2028, 3, 1), timezones=st.just(logic.ZONE))
SOME = {Unit.WORKING_DAYS: 60, Unit.DAYS: 90, Unit.WORKING_HOURS: 200, Unit.HOURS: 900}
AMOUNTS = st.sampled_from(Unit).flatmap(
    lambda unit: st.builds(Amount, st.integers(0, SOME.get(unit, 20_000)), st.just(unit))
)
WORKING_TIME = st.builds(
    Amount,
    st.integers(1, 40_000),
    st.sampled_from([Unit.WORKING_MINUTES, Unit.WORKING_SECONDS]),
)


def due(start, text, hours="office"):
    return make.calendars()[hours].add(make.at(start), make.amount(text)).at


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_shipped_calendar_is_the_official_one(year):
    calendar = make.calendars()["office"]
    for day in (date(year, 1, 1) + timedelta(days=n) for n in range(365)):
        assert calendar.is_workday(day) == chinese_calendar.is_workday(day), day


@pytest.mark.parametrize(
    ("start", "amount", "end"),
    [
        ("2026-11-20 10:00", "1 working day", "2026-11-23 17:00"),  # Friday → Monday
        ("2026-11-20 23:59", "1 working day", "2026-11-23 17:00"),
        ("2026-09-30 15:30", "5 working days", "2026-10-13 17:00"),  # the holiday, and Saturday made up
        ("2026-02-13 15:30", "1 working day", "2026-02-14 17:00"),  # a made-up Saturday counts
        ("2026-11-21 10:00", "0 working days", "2026-11-23 17:00"),
        ("2026-11-23 18:00", "0 working days", "2026-11-24 17:00"),
        ("2026-09-30 16:00", "2 working hours", "2026-10-08 10:00"),
        (
            "2026-09-30 16:00",
            "1 working hour",
            "2026-09-30 17:00",
        ),  # ends at closing, not at the next opening
        ("2026-11-23 11:30", "90 working minutes", "2026-11-23 14:00"),  # over noon
        ("2026-11-23 03:00", "0 working minutes", "2026-11-23 09:00"),
        ("2026-11-23 17:00", "0 working minutes", "2026-11-23 17:00"),
        ("2026-11-20 10:00", "3 days", "2026-11-23 17:00"),
        ("2026-11-20 10:00", "2 days", "2026-11-23 17:00"),  # ends on a Sunday, so on the next working day
        ("2026-11-20 10:00", "15 natural days", "2026-12-07 17:00"),
        ("2026-11-20 10:00", "48 hours", "2026-11-22 10:00"),
        ("2026-11-20 10:00:30", "5 minutes", "2026-11-20 10:05:30"),
    ],
)
def test_when_an_amount_has_run_out(start, amount, end):
    assert due(start, amount) == make.at(end)


def test_a_hotline_around_the_clock_works_through_the_holidays():
    assert due("2026-09-30 23:00", "2 working hours", "always") == make.at("2026-10-01 01:00")
    assert due("2026-09-30 23:00", "1 working day", "always") == make.at("2026-10-09 00:00")


def test_other_hours_on_single_weekdays():
    week = {"name": "大厅", "working_days": [["09:00", "17:00"]]}
    week |= {"weekdays": {"fri": [["09:00", "12:00"]], "sat": [["10:00", "12:00"]]}}
    calendar = logic.build(make.declared(hours={"hall": week}, default_hours="hall"))
    assert calendar.add(make.at("2026-11-20 11:00"), make.amount("2 working hours")).at == make.at(
        "2026-11-21 11:00"
    )
    assert calendar.add(make.at("2026-11-19 11:00"), make.amount("1 working day")).at == make.at(
        "2026-11-20 12:00"
    )
    assert not calendar.is_workday(date(2026, 11, 21))


def test_any_time_zone_is_read_on_the_clock_of_china():
    calendar = make.calendars()["office"]
    evening = datetime(2026, 11, 20, 20, 0, tzinfo=UTC)  # 04:00 on Saturday in China
    assert calendar.add(evening, make.amount("1 working hour")).at == make.at("2026-11-23 10:00")
    with pytest.raises(ValueError, match="time zone"):
        calendar.add(datetime(2026, 11, 20), make.amount("1 working hour"))


def test_a_due_date_says_which_years_are_not_announced():
    calendar = make.calendars()["office"]
    add = lambda start, text: calendar.add(make.at(start), make.amount(text)).provisional  # noqa: E731
    assert add("2026-11-20 10:00", "5 working days") == frozenset()
    assert add("2026-12-30 10:00", "5 working days") == {2027}
    assert add("2026-12-30 10:00", "300 working days") == {2027, 2028}
    assert add("2026-12-30 10:00", "72 hours") == frozenset()
    assert add("2019-05-06 10:00", "1 working hour") == {2019}


@pytest.mark.parametrize(
    ("start", "amount"),
    [
        ("1970-01-01", "1 hours"),
        ("2100-01-01", "1 hours"),
        ("2099-12-30", "99 working days"),
        ("2099-12-30", "99 days"),
        ("2099-12-30", "99 working hours"),
        ("2099-12-30", "99 hours"),
    ],
)
def test_a_mistyped_century_is_refused(start, amount):
    with pytest.raises(logic.OutsideCalendar, match="1992"):
        due(start, amount)


def test_without_a_declaration_monday_to_friday_count_and_nothing_is_certain():
    calendar = logic.calendars({})[""]
    found = calendar.add(make.at("2026-09-30 10:00"), make.amount("1 working day"))
    assert (found.at, found.provisional) == (make.at("2026-10-01 17:00"), {2026})


@given(HOURS, INSTANTS, INSTANTS, AMOUNTS)
def test_later_starts_are_never_due_earlier(hours, one, other, amount):
    calendar = make.calendars()[hours]
    earlier, later = sorted([one, other])
    assert calendar.add(earlier, amount).at <= calendar.add(later, amount).at


@given(HOURS, INSTANTS, AMOUNTS)
def test_more_is_never_due_earlier_and_nothing_is_due_before_it_begins(hours, start, amount):
    calendar = make.calendars()[hours]
    ends = [calendar.add(start, Amount(amount.value + more, amount.unit)).at for more in (0, 1)]
    assert start.replace(microsecond=0) <= ends[0] <= ends[1]


@given(HOURS, INSTANTS, WORKING_TIME)
def test_between_start_and_due_lies_the_amount(hours, start, amount):
    calendar = make.calendars()[hours]
    end = calendar.add(start, amount).at
    assert calendar.between(start, end) == amount.seconds == -calendar.between(end, start)


@given(INSTANTS, st.integers(1, 60))
def test_between_start_and_due_lie_the_working_days(start, days):
    calendar = make.calendars()["office"]
    end = calendar.add(start, Amount(days, Unit.WORKING_DAYS)).at
    assert calendar.workdays_between(start, end) == days


@given(INSTANTS, AMOUNTS)
def test_counted_time_never_ends_on_a_day_off(start, amount):
    assume(not amount.natural or amount.unit == Unit.DAYS)
    calendar = make.calendars()["office"]
    assert calendar.is_workday(calendar.add(start, amount).at.date())


@given(HOURS, INSTANTS, AMOUNTS, st.lists(st.floats(0, 1), min_size=1, max_size=3))
def test_pausing_and_resuming_at_once_changes_nothing(hours, start, amount, shares):
    calendar = make.calendars()[hours]
    end = calendar.add(start, amount).at
    began, left = start, amount
    for share in sorted(shares):
        paused = max(began, start + (end - start) * share)
        began, left = paused, calendar.remaining(began, left, min(paused, end))
        assert calendar.add(paused, left).at == end


@given(INSTANTS, AMOUNTS, st.timedeltas(timedelta(0), timedelta(days=40)))
def test_a_pause_never_shortens_what_is_left(start, amount, pause):
    calendar = make.calendars()["office"]
    end = calendar.add(start, amount).at
    left = calendar.remaining(start, amount, start)
    assert calendar.add(start + pause, left).at >= end


def test_a_pause_over_a_holiday_costs_nothing_and_a_run_out_clock_stays_so():
    calendar = make.calendars()["office"]
    start, amount = make.at("2026-09-28 10:00"), make.amount("3 working days")  # due Thursday 8 October
    left = calendar.remaining(start, amount, make.at("2026-09-30 10:00"))
    assert left == make.amount("1 working day")
    assert calendar.add(make.at("2026-10-09 10:00"), left).at == make.at("2026-10-10 17:00")
    assert calendar.remaining(start, amount, make.at("2026-10-08 17:01")) is None


def test_adding_is_fast():
    calendar, start = make.calendars()["office"], make.at("2026-09-30 15:30")
    for text in ("5 working days", "4 working hours", "15 days", "24 hours"):
        amount = make.amount(text)
        seconds = min(timeit.repeat(lambda amount=amount: calendar.add(start, amount), number=1000, repeat=3))
        assert seconds / 1000 < 20e-6
