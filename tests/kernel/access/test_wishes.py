"""Forms become wishes, or say in both languages what is wrong with which field."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.kernel.access.definitions import Refused
from yiwang.kernel.access.logic import wishes

PERSON = {"username": "li-hong", "name": "李红", "mobile": "138 0013 8000"}
POST = {"organisation": "urban", "role": "handler", "area": "510107", "valid_from": "2026-11-22"}


def test_a_person_is_read_from_its_form():
    assert wishes.newcomer(PERSON) == wishes.Newcomer("li-hong", "李红", "13800138000")
    assert wishes.newcomer(PERSON | {"username": " Li.Hong ", "mobile": ""}).username == "li.hong"


@pytest.mark.parametrize(
    ("changed", "field", "word"),
    [
        ({"username": ""}, "username", "请填写“用户名”"),
        ({"username": "李红"}, "username", "小写字母"),
        ({"username": "a"}, "username", "小写字母"),
        ({"username": "a" * 41}, "username", "小写字母"),
        ({"username": "-ab"}, "username", "小写字母"),
        ({"name": " \x00 "}, "name", "请填写“姓名”"),
        ({"name": "长" * 61}, "name", "最多 60"),
        ({"mobile": "12345"}, "mobile", "手机号码不正确"),
    ],
)
def test_a_wrong_person_is_refused_at_the_field(changed, field, word):
    with pytest.raises(Refused) as refused:
        wishes.newcomer(PERSON | changed)
    assert refused.value.field == field
    assert word in refused.value.message("zh-hans")
    assert refused.value.message("en").isascii() or "“" in refused.value.message("en")


def test_a_post_is_read_from_its_form():
    assert wishes.grant(POST) == wishes.Grant("urban", "handler", "510107", dt.date(2026, 11, 22))
    typed = {
        "find_organisation": "城管局",
        "role": "handler",
        "valid_from": "2026-11-22",
        "valid_to": "2027-01-01",
    }
    assert wishes.grant(typed) == wishes.Grant(
        "城管局", "handler", "", dt.date(2026, 11, 22), dt.date(2027, 1, 1)
    )


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"organisation": ""}, "organisation"),
        ({"role": ""}, "role"),
        ({"valid_from": ""}, "valid_from"),
        ({"valid_from": "22.11.2026"}, "valid_from"),
        ({"valid_to": "2026-13-01"}, "valid_to"),
        ({"valid_to": "2026-11-21"}, "valid_to"),
    ],
)
def test_a_wrong_post_is_refused_at_the_field(changed, field):
    with pytest.raises(Refused) as refused:
        wishes.grant(POST | changed)
    assert refused.value.field == field


@given(st.dictionaries(st.sampled_from(["organisation", "role", "area", "valid_from", "valid_to", "username",
                                        "name", "mobile"]), st.text(max_size=80)))  # fmt: skip
def test_whatever_is_typed_is_read_or_refused_with_words(posted):
    for read in (wishes.newcomer, wishes.grant, wishes.last_day):
        assert _said(read, posted)


def _said(read, posted) -> str:
    try:
        return repr(read(posted))
    except Refused as refusal:
        return refusal.message("zh-hans") and refusal.message("en")
