"""Clocks: they start, stand still, go on, grow and ring; a pause costs nothing, whatever lies inside it."""

import dataclasses
import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.cases import make
from yiwang.cases.definitions.facts import ClockFacts
from yiwang.cases.definitions.flows import Clock, Flow
from yiwang.cases.logic import clocks

CHINA = ZoneInfo("Asia/Shanghai")
OFFICE = make.town().calendar("urban")
ALERTS = [{"at": 60, "level": "yellow"}, {"at": 80, "level": "red"}, {"at": 100, "level": "overdue"}]


def flow(**limits: str) -> Flow:
    """Return the town's request flow with clocks of these limits and nothing else."""
    made = {
        code: Clock.model_validate({"name": code, "limit": limit.replace("_", " "), "alerts": ALERTS})
        for code, limit in limits.items()
    }
    return make.town().flows["request"].model_copy(update={"clocks": made})


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=CHINA)


def rung(facts: ClockFacts, of: Flow, times: int) -> ClockFacts:
    for _ in range(times):
        facts = clocks.fired(facts, of, OFFICE)
    return facts


LIMITS = st.sampled_from(["3 working days", "5 working days", "4 working hours", "15 days", "48 hours"])
STARTS = st.datetimes(dt.datetime(2025, 1, 1), dt.datetime(2026, 10, 1), timezones=st.just(CHINA)).map(
    lambda moment: moment.replace(microsecond=0)
)
SPANS = st.integers(0, 40 * 86400).map(lambda seconds: dt.timedelta(seconds=seconds))


def test_a_clock_is_due_after_its_limit_and_rings_at_shares_of_it():
    five = flow(handle="5 working days")
    begun = clocks.start("handle", five, OFFICE, at("2026-11-02 17:00"))
    assert begun.due_at == at("2026-11-09 17:00")
    assert begun.next_at == at("2026-11-05 17:00")
    assert rung(begun, five, 1).next_at == at("2026-11-06 17:00")
    assert rung(begun, five, 2).next_at == begun.due_at
    assert rung(begun, five, 3).next_at is None


def test_a_holiday_inside_a_limit_is_not_counted():
    begun = clocks.start("handle", flow(handle="5 working days"), OFFICE, at("2026-09-30 16:30"))
    assert begun.due_at == at("2026-10-13 17:00")


@given(LIMITS, STARTS)
def test_alerts_ring_in_order_between_start_and_due(limit, start):
    made = flow(one=limit)
    begun = clocks.start("one", made, OFFICE, start)
    times = [rung(begun, made, fired).next_at for fired in range(3)]
    assert [start, *times] == sorted([start, *times])
    assert times[-1] == begun.due_at


@given(LIMITS, STARTS, SPANS)
def test_a_pause_keeps_what_was_left_and_the_alerts_with_it(limit, start, before):
    """Paused and resumed at one moment, or later: as much is left to the due time and to the next alert."""
    made = flow(one=limit)
    begun = clocks.start("one", made, OFFICE, start)
    paused_at = start + before
    assume(paused_at < begun.next_at)
    resumed_at = paused_at + dt.timedelta(days=28)
    paused = clocks.pause(begun, made, OFFICE, paused_at)
    again = clocks.resume(paused, made, OFFICE, resumed_at)
    assert (paused.next_at, again.paused_at, again.remaining) == (None, None, None)
    declared = made.clocks["one"]
    for old, new in ((begun.due_at, again.due_at), (begun.next_at, again.next_at)):
        left = clocks._seconds(declared.limit, OFFICE, paused_at, old)
        assert abs(clocks._seconds(declared.limit, OFFICE, resumed_at, new) - left) <= 1


def test_a_long_pause_does_not_make_a_young_clock_red():
    five = flow(handle="5 working days")
    begun = clocks.start("handle", five, OFFICE, at("2026-11-02 09:00"))
    paused = clocks.pause(begun, five, OFFICE, at("2026-11-03 09:00"))
    again = clocks.resume(paused, five, OFFICE, at("2026-12-01 09:00"))
    assert again.next_at > at("2026-12-02 00:00")
    assert again.next_at < again.due_at


def test_an_overdue_clock_that_was_paused_is_overdue_still():
    three = flow(handle="3 working days")
    begun = clocks.start("handle", three, OFFICE, at("2026-11-02 09:00"))
    late = rung(begun, three, 3)
    paused = clocks.pause(late, three, OFFICE, at("2026-11-10 09:00"))
    again = clocks.resume(paused, three, OFFICE, at("2026-11-20 09:00"))
    assert paused.remaining == 0
    assert again.due_at < at("2026-11-20 09:00")
    assert clocks.light([again], three)[0] == "overdue"


def test_pausing_and_resuming_twice_changes_nothing():
    five, now = flow(handle="5 working days"), at("2026-11-03 09:00")
    begun = clocks.start("handle", five, OFFICE, at("2026-11-02 09:00"))
    paused = clocks.pause(begun, five, OFFICE, now)
    assert clocks.pause(paused, five, OFFICE, now + dt.timedelta(days=1)) == paused
    again = clocks.resume(paused, five, OFFICE, now)
    assert clocks.resume(again, five, OFFICE, now + dt.timedelta(days=1)) == again


def test_a_stopped_clock_stays_as_it_is():
    five, now = flow(handle="5 working days"), at("2026-11-03 09:00")
    stopped = clocks.stop(clocks.start("handle", five, OFFICE, at("2026-11-02 09:00")), now)
    assert (stopped.stopped_at, stopped.next_at, stopped.running) == (now, None, False)
    later = now + dt.timedelta(days=1)
    for changed in (
        clocks.stop(stopped, later),
        clocks.pause(stopped, five, OFFICE, later),
        clocks.resume(stopped, five, OFFICE, later),
        clocks.extend(stopped, five, OFFICE, 3),
    ):
        assert changed == stopped


@given(LIMITS, STARTS, st.integers(1, 30))
def test_an_extension_adds_working_days_and_rings_anew(limit, start, days):
    made = flow(one=limit)
    begun = clocks.start("one", made, OFFICE, start)
    longer = clocks.extend(rung(begun, made, 3), made, OFFICE, days)
    assert OFFICE.workdays_between(begun.due_at, longer.due_at) == days
    assert (longer.alerts_fired, clocks.light([longer], made)[0]) == (0, "green")
    assert start <= longer.next_at <= longer.due_at


@given(LIMITS, STARTS, SPANS, st.integers(1, 30))
def test_an_extension_granted_during_a_pause_is_not_lost(limit, start, before, days):
    made = flow(one=limit)
    begun = clocks.start("one", made, OFFICE, start)
    paused_at = min(start + before, begun.due_at)
    resumed_at = paused_at + dt.timedelta(days=28)
    paused = clocks.pause(begun, made, OFFICE, paused_at)
    longer = clocks.resume(clocks.extend(paused, made, OFFICE, days), made, OFFICE, resumed_at)
    wanted = clocks.extend(begun, made, OFFICE, days)
    declared = made.clocks["one"]
    left = clocks._seconds(declared.limit, OFFICE, paused_at, wanted.due_at)
    assert abs(clocks._seconds(declared.limit, OFFICE, resumed_at, longer.due_at) - left) <= 1


def test_the_case_shows_its_worst_colour_and_nearest_due_time():
    made = flow(one="5 working days", two="2 working days", window="15 days")
    quiet = made.clocks | {"window": made.clocks["window"].model_copy(update={"leads": False})}
    made = made.model_copy(update={"clocks": quiet})
    now = at("2026-11-02 09:00")
    one, two, window = (clocks.start(code, made, OFFICE, now) for code in ("one", "two", "window"))
    assert clocks.light([], made) == ("", None)
    assert clocks.light([window], made) == ("", None)
    assert clocks.light([one, two, window], made) == ("green", two.due_at)
    assert clocks.light([rung(one, made, 2), two], made) == ("red", two.due_at)
    assert clocks.light([one, clocks.stop(rung(two, made, 3), now)], made) == ("green", one.due_at)
    paused = clocks.pause(rung(one, made, 1), made, OFFICE, now)
    assert clocks.light([paused], made) == ("yellow", None)


@pytest.mark.parametrize("fired", range(4))
def test_the_next_alert_is_the_first_not_given(fired):
    made = flow(one="5 working days")
    facts = dataclasses.replace(clocks.start("one", made, OFFICE, at("2026-11-02 09:00")), alerts_fired=fired)
    found = clocks.next_alert(facts, made)
    assert (found.level if found else None) == ["yellow", "red", "overdue", None][fired]
