"""Clocks of a case: start, pause, resume, extend, fire. Times come in; new clocks go out.

A paused clock keeps the seconds it has left, working or natural as its limit is; on resumption they are
counted anew, so a pause over a holiday costs nothing. An alert's time is its share of the time between
start and due.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterable

from yiwang.cases.definitions.facts import ClockFacts
from yiwang.cases.definitions.flows import Alert, Clock, Flow
from yiwang.kernel.calendar.definitions.amounts import Amount, Unit
from yiwang.kernel.calendar.logic import WorkCalendar

LIGHTS = ("", "green", "yellow", "red", "overdue", "escalated")
NATURAL = frozenset({Unit.DAYS, Unit.HOURS, Unit.MINUTES, Unit.SECONDS})


def start(code: str, flow: Flow, calendar: WorkCalendar, now: dt.datetime) -> ClockFacts:
    """Return a clock that begins now."""
    due = calendar.add(now, flow.clocks[code].limit).at
    return _armed(ClockFacts(code, now, due), flow, calendar)


def stop(clock: ClockFacts, now: dt.datetime) -> ClockFacts:
    """Return the clock ended; a stopped clock stays as it is."""
    return clock if clock.stopped_at else dataclasses.replace(clock, stopped_at=now, next_at=None)


def pause(facts: ClockFacts, flow: Flow, calendar: WorkCalendar, now: dt.datetime) -> ClockFacts:
    """Return the clock standing still, with the seconds it has left (0 when overdue)."""
    if not facts.running:
        return facts
    left = _seconds(flow.clocks[facts.code], calendar, now, facts.due_at) if facts.due_at > now else 0
    return dataclasses.replace(facts, paused_at=now, remaining=left, next_at=None)


def resume(facts: ClockFacts, flow: Flow, calendar: WorkCalendar, now: dt.datetime) -> ClockFacts:
    """Return the clock running again, due when its remaining working seconds have passed."""
    if facts.paused_at is None or facts.stopped_at is not None:
        return facts
    due = _later(flow.clocks[facts.code], calendar, now, facts.remaining) if facts.remaining else facts.due_at
    again = dataclasses.replace(facts, due_at=due, paused_at=None, remaining=None)
    return _armed(again, flow, calendar)


def extend(facts: ClockFacts, flow: Flow, calendar: WorkCalendar, days: int) -> ClockFacts:
    """Return the clock due `days` working days later; alerts already given are given again in time."""
    if facts.stopped_at is not None:
        return facts
    due = calendar.add(facts.due_at, Amount(days, Unit.WORKING_DAYS)).at
    return _armed(dataclasses.replace(facts, due_at=due, alerts_fired=0), flow, calendar)


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
    if alert.at == 100:
        return facts.due_at
    clock = flow.clocks[facts.code]
    total = _seconds(clock, calendar, facts.started_at, facts.due_at)
    return _later(clock, calendar, facts.started_at, total * alert.at // 100)


def _seconds(clock: Clock, calendar: WorkCalendar, start: dt.datetime, end: dt.datetime) -> int:
    """Return the seconds between two moments as the clock counts them, working or natural."""
    if clock.limit.unit in NATURAL:
        return int((end - start).total_seconds())
    return calendar.between(start, end)


def _later(clock: Clock, calendar: WorkCalendar, start: dt.datetime, seconds: int) -> dt.datetime:
    unit = Unit.SECONDS if clock.limit.unit in NATURAL else Unit.WORKING_SECONDS
    return calendar.add(start, Amount(seconds, unit)).at
