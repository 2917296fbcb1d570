"""Deadlines are rows: each alert is given once, in order, and survives everything."""

import datetime as dt

import pytest

from tests.cases import make
from yiwang.cases import actions, models

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def town(db):
    make.published()


def overdue_case():
    """Return a case opened so long ago that every alert of its first clock is due."""
    return make.case(category="lamp", at=dt.datetime.now(dt.UTC) - dt.timedelta(days=30))


def test_alerts_are_given_in_order_and_once():
    opened = overdue_case()
    while actions.fire_due():
        pass
    levels = (
        models.Event.objects.filter(case=opened.id, action="alert")
        .order_by("seq")
        .values_list("data__level", flat=True)
    )
    assert list(levels) == ["yellow", "red", "overdue", "escalated"]
    assert models.Case.objects.get(pk=opened.id).light == "escalated"
    assert actions.fire_due() == 0


def test_a_missed_limit_is_remembered_though_the_next_clock_is_green():
    opened = overdue_case()
    while actions.fire_due():
        pass
    make.act(opened, "sign_in", make.person("handler"))
    case = models.Case.objects.get(pk=opened.id)
    assert (case.light, case.facts["late"]) == ("green", True)


def test_nothing_fires_before_its_time_nor_while_paused():
    opened = make.case(category="lamp")
    make.act(opened, "sign_in", make.person("handler"))
    make.act(opened, "pause", make.person("supervisor"), note="等配件")
    assert actions.fire_due() == 0
    assert models.Clock.objects.get(case=opened.id, code="handle").next_at is None


def test_a_window_that_closes_moves_the_case_by_the_system():
    opened = make.case(category="lamp", at=dt.datetime.now(dt.UTC) - dt.timedelta(days=60))
    moments = iter(dt.datetime.now(dt.UTC) - dt.timedelta(days=days) for days in (60, 55, 50))
    for action, who, given in (
        ("sign_in", make.person("handler"), {}),
        ("reply", make.person("handler"), {"reply": "已修"}),
        ("close", make.person("verifier"), {}),
    ):
        actions.perform(opened.id, action, who, given, make.key(), next(moments))
    while actions.fire_due():
        pass
    case = models.Case.objects.get(pk=opened.id)
    assert (case.state, case.rating) == ("evaluated", None)
