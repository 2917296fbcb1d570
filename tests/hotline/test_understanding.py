"""From what was said to what is understood: every choice with its reason, every fault with its field."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hotline import make
from yiwang.cases.logic import effects, keywords
from yiwang.hotline.definitions.faults import Invalid
from yiwang.hotline.definitions.requests import Said, Seen, Understood

INSIDE = {"lon": "104.05", "lat": "30.65", "datum": "WGS-84"}


def faults(**said: str) -> dict[str, str]:
    with pytest.raises(Invalid) as caught:
        make.understood(**said)
    return {one.field: one.code for one in caught.value.faults}


def test_a_title_is_made_of_the_first_sentence_that_says_something():
    assert make.understood().title == "玉林东路12号院门口的雨水井盖破了"


def test_keywords_choose_the_category_and_are_named():
    found = make.understood()
    assert found.category == "manhole"
    assert found.found["category"] == {"by": "keywords", "words": ["井盖", "雨水井"], "points": 5}


@pytest.mark.parametrize("chosen", ["lamp", "路灯", " 路灯 ", "市政设施/路灯"])
def test_a_chosen_category_goes_before_keywords(chosen: str):
    found = make.understood(category=chosen)
    assert (found.category, found.found["category"]) == ("lamp", {"by": "chosen"})


def test_where_no_word_speaks_the_pack_names_the_category():
    found = make.understood(text="我有话说")
    assert (found.category, found.found["category"]["by"]) == ("other", "fallback")


@pytest.mark.parametrize(
    "picked", ["510107007", "510107007000", "武侯区玉林街道", "四川省 成都市 武侯区 玉林街道", "玉林街道"]
)
def test_an_area_is_picked_by_code_or_any_of_its_names(picked: str):
    assert make.understood(area=picked).area == "510107007"


def test_a_position_gives_the_area_and_is_kept_in_wgs84():
    found = make.understood(lon="104.0525", lat="30.6475", datum="gcj02")
    assert (found.area, found.found["area"]) == ("510107", {"by": "position", "reason": "inside"})
    assert (found.lon, found.lat) == pytest.approx((104.05, 30.65), abs=1e-3)


def test_a_position_makes_a_picked_area_finer_but_never_another():
    finer = make.understood(area="成都市", **INSIDE)
    assert (finer.area, finer.found["area"]["by"]) == ("510107", "picked-and-position")
    other = make.understood(area="锦江区", **INSIDE)
    assert (other.area, other.found["area"]["by"]) == ("510104", "picked")
    assert other.lon == 104.05


def test_the_position_of_a_photo_is_the_second_source():
    seen = [Seen(0.5, 0.5, "WGS-84"), Seen(104.15, 30.65, "WGS-84")]
    found = make.understood(photos=seen)
    assert (found.area, found.found["area"]) == ("510104", {"by": "photo", "photo": 2})
    assert make.understood(photos=seen, **INSIDE).area == "510107"


def test_a_position_outside_leaves_the_area_to_the_pack():
    found = make.understood(lon="2", lat="48", datum="WGS-84")
    assert (found.area, found.found["area"]) == ("5101", {"by": "fallback", "reason": "outside"})


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"text": "  "}, {"text": "no-words"}),
        ({"text": "井盖\x00"}, {"text": "bad-character"}),
        ({"text": "井盖\udcff"}, {"text": "bad-character"}),
        ({"text": "井" * 201}, {"text": "too-long"}),
        ({"title": "井" * 121}, {"title": "too-long"}),
        ({"category": "井"}, {"category": "unknown-category"}),
        ({"area": "火星"}, {"area": "unknown-area"}),
        ({"area": "110101"}, {"area": "unknown-area"}),
        ({"lon": "104"}, {"lat": "half-position"}),
        ({"lat": "30"}, {"lon": "half-position"}),
        ({"lon": "104", "lat": "30"}, {"datum": "no-datum"}),
        ({"lon": "104", "lat": "30", "datum": "北京54"}, {"datum": "invalid"}),
        ({"lon": "30", "lat": "104", "datum": "WGS-84"}, {"lon": "bad-position"}),
        ({"lon": "nan", "lat": "30", "datum": "WGS-84"}, {"lon": "bad-position"}),
        ({"lon": "一百", "lat": "30", "datum": "WGS-84"}, {"lon": "bad-position"}),
        ({"mobile": "12345"}, {"mobile": "invalid"}),
        ({"urgency": "9"}, {"urgency": "not-urgency"}),
        ({"channel": "pigeon"}, {"channel": "unknown-channel"}),
        ({"at": "昨天"}, {"at": "not-a-time"}),
        ({"at": "2027-01-01"}, {"at": "future"}),
        ({"at": "1999-12-31"}, {"at": "too-old"}),
        (
            {"text": "", "mobile": "1", "area": "火星"},
            {"text": "no-words", "mobile": "invalid", "area": "unknown-area"},
        ),
    ],
)
def test_every_fault_names_its_field(said: dict[str, str], expected: dict[str, str]):
    assert faults(**said) == expected


def test_an_unknown_name_is_answered_with_those_close_to_it_in_both_languages():
    with pytest.raises(Invalid) as caught:
        make.understood(area="玉琳街道")
    message = caught.value.faults[0].message
    assert "武侯区玉林街道" in message.zh
    assert message.en
    assert "武侯区玉林街道" in message.en


@pytest.mark.parametrize(
    "at", ["2026-11-19 09:30", "2026/11/19 9:30", "2026年11月19日 9:30", "2026-11-19T01:30:00Z"]
)
def test_times_are_read_as_exports_write_them(at: str):
    assert make.understood(at=at).at.isoformat().startswith(("2026-11-19T09:30", "2026-11-19T01:30"))


def test_a_named_channel_is_taken_for_the_doors_own():
    assert make.understood(by="import").channel == "import"
    assert make.understood(by="import", channel="网格巡查").channel == "grid"


anything = st.text(max_size=30) | st.sampled_from(
    ["510107", "井盖", "104", "30.6", "WGS-84", "1", "2026-01-01"]
)


@given(st.builds(Said, **{field.name: anything for field in dataclasses.fields(Said)}))
def test_whatever_is_said_is_understood_or_refused_field_by_field(said: Said):
    found = outcome(said)
    if isinstance(found, Invalid):
        assert {one.field for one in found.faults} <= {field.name for field in dataclasses.fields(Said)}
        assert all(one.message.zh and one.message.en for one in found.faults)
        return
    assert found.title
    assert found.category in make.front().world.categories
    assert found.area in make.front().world.areas
    assert "\x00" not in found.text + found.title + found.address + found.name
    assert all(len(getattr(found, one)) <= effects.LIMITS[one] for one in ("title", "text", "address"))


def outcome(said: Said) -> Understood | Invalid:
    try:
        return make.understood(**dataclasses.asdict(said))
    except Invalid as invalid:
        return invalid


@given(st.text(alphabet="井盖雨水路灯占道摆摊咨询 x", max_size=40))
def test_suggestions_are_those_of_the_keyword_rules(text: str):
    world = make.front().world
    assert make.front().suggest(text) == keywords.suggest(text, world.categories.values())
