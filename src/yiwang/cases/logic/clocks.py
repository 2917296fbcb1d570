"""Clocks of a case: start, pause, resume, extend, fire. Times come in; new clocks go out.

A paused clock keeps the seconds it has left, working or natural as its limit is; on resumption they are
counted anew and its start moves along, so a pause over a holiday costs nothing, neither limit nor alerts.
An alert's time is its share of the time between start and due.
"""

import bisect
import dataclasses
import datetime as dt
import functools
from collections.abc import Iterable

from yiwang.cases.definitions.facts import ClockFacts
from yiwang.cases.definitions.flows import Alert, Flow
from yiwang.kernel.calendar.definitions.amounts import Amount, Unit
from yiwang.kernel.calendar.logic import WorkCalendar

LIGHTS = ("", "green", "yellow", "red", "overdue", "escalated")
NATURAL = frozenset({Unit.DAYS, Unit.HOURS, Unit.MINUTES, Unit.SECONDS})


def start(code: str, flow: Flow, calendar: WorkCalendar, now: dt.datetime) -> ClockFacts:
    """Return a clock that begins now."""
    alerts = flow.alerts_of(code)
    share = alerts[0].at if alerts else None
    due, at = _term(flow.clocks[code].limit, share, calendar, now.replace(microsecond=0))
    return ClockFacts(code, now, due, next_at=at)


def stop(clock: ClockFacts, now: dt.datetime) -> ClockFacts:
    """Return the clock ended; a stopped clock stays as it is."""
    return clock if clock.stopped_at else dataclasses.replace(clock, stopped_at=now, next_at=None)


def pause(facts: ClockFacts, flow: Flow, calendar: WorkCalendar, now: dt.datetime) -> ClockFacts:
    """Return the clock standing still, with the seconds it has left (0 when overdue)."""
    if not facts.running:
        return facts
    left = _left(flow.clocks[facts.code].limit, calendar, now, facts.due_at)
    return dataclasses.replace(facts, paused_at=now, remaining=left, next_at=None)


def resume(facts: ClockFacts, flow: Flow, calendar: WorkCalendar, now: dt.datetime) -> ClockFacts:
    """Return the clock running again, as if it had begun as much later as it stood still."""
    if facts.paused_at is None or facts.stopped_at is not None:
        return facts
    limit = flow.clocks[facts.code].limit
    total = _seconds(limit, calendar, facts.started_at, facts.due_at)
    start = _earlier(limit, calendar, facts, now)
    due = (
        _later(limit, calendar, now, facts.remaining)
        if facts.remaining
        else _later(limit, calendar, start, total)
    )
    again = dataclasses.replace(facts, started_at=start, due_at=due, paused_at=None, remaining=None)
    return _armed(again, flow, calendar)


def extend(facts: ClockFacts, flow: Flow, calendar: WorkCalendar, days: int) -> ClockFacts:
    """Return the clock due `days` working days later; alerts already given are given again in time."""
    if facts.stopped_at is not None:
        return facts
    due = calendar.add(facts.due_at, Amount(days, Unit.WORKING_DAYS)).at
    limit, paused = flow.clocks[facts.code].limit, facts.paused_at
    left = _left(limit, calendar, paused, due) if paused else None
    return _armed(dataclasses.replace(facts, due_at=due, remaining=left, alerts_fired=0), flow, calendar)


def fired(facts: ClockFacts, flow: Flow, calendar: WorkCalendar) -> ClockFacts:
    """Return the clock after its next alert was given."""
    return _armed(dataclasses.replace(facts, alerts_fired=facts.alerts_fired + 1), flow, calendar)


def next_alert(facts: ClockFacts, flow: Flow) -> Alert | None:
    """Return the alert a clock waits for."""
    alerts = flow.alerts_of(facts.code)
    return alerts[facts.alerts_fired] if facts.alerts_fired < len(alerts) else None


def light(clocks: Iterable[ClockFacts], flow: Flow) -> tuple[str, dt.datetime | None]:
    """Return the colour and due time a case shows: the worst colour and the nearest due time that lead."""
    leading = [one for one in clocks if one.stopped_at is None and flow.clocks[one.code].leads]
    if not leading:
        return "", None
    worst = max((_level(one, flow) for one in leading), key=LIGHTS.index)
    running = [one.due_at for one in leading if one.running]
    return worst, min(running, default=None)


def _level(facts: ClockFacts, flow: Flow) -> str:
    return flow.alerts_of(facts.code)[facts.alerts_fired - 1].level if facts.alerts_fired else "green"


def _armed(facts: ClockFacts, flow: Flow, calendar: WorkCalendar) -> ClockFacts:
    """Return the clock with the time of its next alert; alerts are in order of their share."""
    alert = next_alert(facts, flow)
    at = _alert_time(facts, alert, flow, calendar) if alert and facts.running else None
    return dataclasses.replace(facts, next_at=at)


def _alert_time(facts: ClockFacts, alert: Alert, flow: Flow, calendar: WorkCalendar) -> dt.datetime:
    return _part(flow.clocks[facts.code].limit, alert.at, calendar, facts.started_at, facts.due_at)


@functools.lru_cache(maxsize=4096)
def _term(
    limit: Amount, share: int | None, calendar: WorkCalendar, second: dt.datetime
) -> tuple[dt.datetime, dt.datetime | None]:
    """Return when a limit begun in this second is due, and its first alert: thought once for all cases of it."""
    due = calendar.add(second, limit).at
    return due, _part(limit, share, calendar, second, due) if share else None


def _part(
    limit: Amount, share: int, calendar: WorkCalendar, start: dt.datetime, due: dt.datetime
) -> dt.datetime:
    """Return when a share (per cent) of the time between start and due has passed."""
    if share == 100:
        return due
    return _later(limit, calendar, start, _seconds(limit, calendar, start, due) * share // 100)


def _left(limit: Amount, calendar: WorkCalendar, now: dt.datetime, due: dt.datetime) -> int:
    return max(0, _seconds(limit, calendar, now, due))


def _seconds(limit: Amount, calendar: WorkCalendar, start: dt.datetime, end: dt.datetime) -> int:
    """Return the seconds between two moments as the clock counts them, working or natural."""
    if limit.unit in NATURAL:
        return int((end - start).total_seconds())
    return calendar.between(start, end)


def _later(limit: Amount, calendar: WorkCalendar, start: dt.datetime, seconds: int) -> dt.datetime:
    unit = Unit.SECONDS if limit.unit in NATURAL else Unit.WORKING_SECONDS
    return calendar.add(start, Amount(seconds, unit)).at


def _earlier(limit: Amount, calendar: WorkCalendar, facts: ClockFacts, now: dt.datetime) -> dt.datetime:
    """Return the moment from which a paused clock, had it run without a pause, would stand now as it does."""
    assert facts.paused_at is not None
    run = _seconds(limit, calendar, facts.started_at, facts.paused_at)
    if limit.unit in NATURAL:
        return now - dt.timedelta(seconds=run)
    span = range(int((now - facts.started_at).total_seconds()))
    late = bisect.bisect_left(span, -run, key=lambda late: -calendar.between(_after(facts, late), now))
    return _after(facts, late)


def _after(facts: ClockFacts, seconds: int) -> dt.datetime:
    return facts.started_at + dt.timedelta(seconds=seconds)
