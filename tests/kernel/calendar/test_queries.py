"""The calendar of a pack: built once, asked by the name of hours, open about its gaps."""

from datetime import date

import pytest

from tests.kernel.calendar import make
from yiwang.kernel.calendar import logic, queries
from yiwang.packs import wrong


def test_a_calendar_is_built_once_for_equal_packs():
    one, other = (queries.work_calendar(make.pack(make.declared()), "hall") for _ in range(2))
    assert one is other
    assert queries.work_calendar(make.pack(make.declared())).closings[0] == one.closings[0]


def test_unknown_hours_are_refused_with_those_there_are():
    with pytest.raises(wrong.Wrong, match="night") as caught:
        queries.work_calendar(make.pack(make.declared()), "night")
    assert caught.value.allowed == ("office", "hall", "always")


def test_the_years_that_wait_for_their_notice_are_listed():
    missing = queries.missing_years(make.pack(make.declared()), date(2028, 6, 1), since=date(2025, 3, 1))
    assert missing == {2027: queries.Standing.PROVISIONAL, 2028: queries.Standing.MISSING}
    assert set(queries.missing_years(make.pack(), date(2026, 1, 1), since=date(2025, 3, 1))) == {2025, 2026}


def test_a_second_calendar_in_a_pack_is_a_problem():
    pack = make.pack(make.declared(), make.declared(code="other"))
    assert [problem.message.en for problem in logic.check(pack)] == ["a pack has one calendar only"]
