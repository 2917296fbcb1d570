"""The most specific line valid on the day wins; there is always a desk."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases import make
from yiwang.cases.definitions.responsibilities import Responsibility
from yiwang.cases.logic import keywords, routing

NOW, BEFORE = dt.date(2026, 11, 22), dt.date(2026, 6, 30)


@pytest.mark.parametrize(
    ("category", "area", "day", "line"),
    [
        ("manhole", "510107007", NOW, "manhole-wuhou"),
        ("manhole", "510107007", BEFORE, "manhole-wuhou-old"),
        ("lamp", "510107", NOW, "facility-wuhou"),
        ("stall", "510107007", NOW, "stall-yulin"),
        ("stall", "510107", NOW, "desk-wuhou"),
        ("lamp", "510104", NOW, "desk"),
        ("other", "51", NOW, "desk"),
        ("never-heard-of", "510107007", NOW, "desk-wuhou"),
    ],
)
def test_the_most_specific_line_valid_on_the_day(category, area, day, line):
    assert make.town().router.route(category, area, day).line == line


@given(
    st.sampled_from(["facility", "manhole", "lamp", "stall", "other", "x"]),
    st.sampled_from(["51", "5101", "510104", "510107", "510107007"]),
    st.dates(),
)
def test_never_nowhere(category, area, day):
    found = make.town().router.route(category, area, day)
    assert found.organisation in make.town().organisations
    assert found.reasons()["line"]


def test_a_list_without_a_desk_says_so():
    router = routing.router([Responsibility(code="a", organisation="x", category="lamp")], {})
    with pytest.raises(LookupError, match="desk"):
        router.route("stall", "51", NOW)


def test_keywords_say_which_words_spoke():
    categories = make.town().categories.values()
    best = keywords.suggest("玉林东路雨水井的井盖破了，路灯也不亮", categories)
    assert [(one.category, one.words) for one in best] == [
        ("manhole", ("井盖", "雨水井")),
        ("lamp", ("路灯",)),
    ]
    assert keywords.suggest("咨询摆摊要办什么手续", categories) == []
