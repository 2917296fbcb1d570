"""Amounts as people write them, and calendars that cannot be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from tests.kernel.calendar import make
from yiwang.kernel.calendar.definitions import Amount, Calendar, Unit
from yiwang.packs import wrong

OFF = {"holidays": [], "workdays": [], "source": "通知"}
OFFICE = {"name": "办公", "working_days": [["09:00", "17:00"]]}


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("5 working days", Amount(5, Unit.WORKING_DAYS)),
        ("1 Working  Day", Amount(1, Unit.WORKING_DAYS)),
        ("5个工作日", Amount(5, Unit.WORKING_DAYS)),
        ("4 工作小时", Amount(4, Unit.WORKING_HOURS)),
        ("30分钟", Amount(30, Unit.MINUTES)),
        ("15 natural days", Amount(15, Unit.DAYS)),
        ("15天", Amount(15, Unit.DAYS)),
        ("24 hours", Amount(24, Unit.HOURS)),
    ],
)
def test_an_amount_is_read_in_both_languages(text, amount):
    assert Amount.parse(text) == amount


@given(st.builds(Amount, st.integers(0, 999_999), st.sampled_from(Unit)))
def test_an_amount_is_written_as_it_is_read(amount):
    adapter = TypeAdapter(Amount)
    assert adapter.validate_python(adapter.dump_python(amount, mode="json")) == amount
    assert Amount.parse(amount.text.zh) == Amount.parse(amount.text.en) == amount


@pytest.mark.parametrize(
    "text", ["5", "days", "five days", "-1 days", "1.5 working days", "5 weeks", "", 5, None]
)
def test_anything_else_is_refused_with_the_units_there_are(text):
    with pytest.raises(wrong.Wrong) as caught:
        Amount.parse(text)
    assert "working days" in caught.value.allowed


def test_an_amount_in_text_for_people():
    assert Amount(2, Unit.WORKING_DAYS).text.zh == "2个工作日"
    assert Amount(1, Unit.WORKING_DAYS).text.en == "1 working day"
    assert Amount(30, Unit.MINUTES).text.zh == "30分钟"
    with pytest.raises(ValueError, match="never negative"):
        Amount(-1, Unit.DAYS)


def test_a_calendar_survives_storage():
    calendar = make.declared()
    assert Calendar.model_validate(calendar.model_dump(mode="json", by_alias=True)) == calendar


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"years": {2026: OFF | {"workdays": ["2026-11-23"]}}}, "no week-end"),
        ({"years": {2026: OFF | {"workdays": ["2025-11-22"]}}}, "not in the year 2026"),
        (
            {"years": {2026: OFF | {"holidays": [{"name": "节", "from": "2026-05-02", "to": "2026-05-01"}]}}},
            "ends before",
        ),
        (
            {
                "years": {
                    2026: OFF
                    | {
                        "holidays": [{"name": "节", "from": "2026-05-01", "to": "2026-05-03"}],
                        "workdays": ["2026-05-02"],
                    }
                }
            },
            "both a holiday",
        ),
        ({"default_hours": "night"}, 'no hours are named "night"'),
        ({"hours": {"office": OFFICE | {"working_days": [["12:00", "09:00"]]}}}, "in order"),
        ({"hours": {"office": OFFICE | {"working_days": [["9:00", "12:00"]]}}}, "pattern"),
        ({"hours": {"office": OFFICE | {"working_days": []}}}, "at least 1"),
        ({"hours": {"office": OFFICE | {"weekdays": {"wed": []}}}}, "has no hours"),
    ],
)
def test_a_calendar_that_cannot_be_is_refused(changes, complaint):
    with pytest.raises(ValidationError, match=complaint):
        make.declared(**changes)
