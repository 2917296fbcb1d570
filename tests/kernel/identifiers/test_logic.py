"""Identifiers: what is accepted, brought to which form, refused why, and hidden how."""

import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError
from stdnum.cn import ric
from stdnum.cn import uscc as stdnum_uscc

from yiwang.kernel.identifiers.definitions import InvalidIdentifier, Reason
from yiwang.kernel.identifiers.logic import (
    area_code,
    citizen_id,
    masking,
    mobile,
    plate,
    regions,
    types,
    uscc,
)

DAYS = st.dates(date(1900, 1, 1), date(2026, 12, 31))
PLACES = st.builds("{}{:04d}".format, st.sampled_from(sorted(regions.PROVINCES)), st.integers(0, 9999))
USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@st.composite
def citizen_ids(draw):
    body = f"{draw(PLACES)}{draw(DAYS):%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return body + ric.calc_check_digit(body + "0")


@st.composite
def usccs(draw):
    digits = f"{draw(st.integers(0, 999999)):06d}"
    body = "91" + digits + draw(st.text(USCC_ALPHABET, min_size=9, max_size=9))
    return body + stdnum_uscc.calc_check_digit(body)


def reason(parse, text):
    with pytest.raises(InvalidIdentifier) as caught:
        parse(text)
    return caught.value.reason


@given(citizen_ids())
def test_a_citizen_id_is_its_own_normal_form(number):
    assert citizen_id.parse(number) == number
    assert citizen_id.parse(f" {number[:6]} {number[6:14]}-{number[14:].lower()} ") == number


@given(citizen_ids())
def test_every_single_character_alteration_of_a_citizen_id_is_detected(number):
    for position in range(18):
        for other in set(string.digits + string.ascii_uppercase) - {number[position]}:
            reason(citizen_id.parse, number[:position] + other + number[position + 1 :])


@given(citizen_ids(), st.integers(0, 16))
def test_swapped_neighbours_in_a_citizen_id_are_detected(number, position):
    swapped = number[:position] + number[position + 1] + number[position] + number[position + 2 :]
    if swapped != number:
        reason(citizen_id.parse, swapped)


@given(usccs())
def test_every_single_character_alteration_of_a_uscc_is_detected(code):
    assert uscc.parse(code.lower()) == code
    for position in range(18):
        for other in set(USCC_ALPHABET) - {code[position]}:
            reason(uscc.parse, code[:position] + other + code[position + 1 :])


@pytest.mark.parametrize("parse", [citizen_id.parse, uscc.parse, mobile.parse, plate.parse, area_code.parse])
@given(text=st.text(max_size=24))
def test_any_text_is_parsed_or_refused_and_parsing_again_changes_nothing(parse, text):
    try:
        normal = parse(text)
    except InvalidIdentifier:
        return
    assert parse(normal) == normal


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("510104490101001", Reason.SHAPE),  # the fifteen-digit form of before 1999
        ("51010419491301001X", Reason.DATE),
        ("510104190002290011", Reason.DATE),  # 1900 was no leap year
        ("160104194910010012", Reason.REGION),
        ("510104194910010014", Reason.CHECK),
        ("٥10104194910010013", Reason.SHAPE),
        ("", Reason.SHAPE),
    ],
)
def test_a_wrong_citizen_id_is_refused_with_its_reason(text, why):
    assert reason(citizen_id.parse, text) == why


@pytest.mark.parametrize(
    ("body", "born"),
    [
        ("51010419500101001", date(1950, 1, 1)),  # older than the district's code
        ("83000019900203001", date(1990, 2, 3)),  # residence permit of a Taiwan resident
        ("91112419810803002", date(1981, 8, 3)),  # permanent residence card of a foreigner
    ],
)
def test_real_people_are_not_refused_by_tables_of_counties(body, born):
    number = body + ric.calc_check_digit(body + "0")
    assert citizen_id.birth_date(citizen_id.parse(number)) == born


@pytest.mark.parametrize(
    "text", ["13880012217", "+86 138-8001-2217", "008613880012217", "１３８ ８００１ ２２１７"]
)
def test_a_mobile_number_is_eleven_digits_however_written(text):
    assert mobile.parse(text) == "13880012217"


@pytest.mark.parametrize(
    "text", ["12880012217", "1388001221", "138800122170", "85213880012217", "028-86611234"]
)
def test_other_numbers_are_no_mobile_numbers(text):
    assert reason(mobile.parse, text) == Reason.SHAPE


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("川A12345", "川A12345"),
        ("川a·1b2c3", "川A1B2C3"),
        ("川A D12345", "川AD12345"),
        ("川AF1234A".replace("1234A", "A1234"), "川AFA1234"),
        ("川A12345D", "川A12345D"),
        ("川A1234学", "川A1234学"),
        ("粤Z1234港", "粤Z1234港"),
        ("川X1234应急", "川X1234应急"),
        ("使224578", "使224578"),
    ],
)
def test_plates_of_every_accepted_form(text, normal):
    assert plate.parse(text) == normal


@pytest.mark.parametrize(
    "text", ["川A1234", "川I12345", "川AO2345", "四A12345", "川AZ12345", "A12345", "川A123456"]
)
def test_other_texts_are_no_plates(text):
    assert reason(plate.parse, text) == Reason.SHAPE


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("51", "51"),
        ("510000", "51"),
        ("510100", "5101"),
        ("510104", "510104"),
        ("510104000000", "510104"),
        ("510104017000", "510104017"),
        ("510104017001", "510104017001"),
        ("510104017001001", "510104017001001"),
    ],
)
def test_an_area_code_is_brought_to_its_shortest_form(text, code):
    assert area_code.parse(text) == code


@pytest.mark.parametrize(
    ("text", "why"), [("510", Reason.SHAPE), ("99", Reason.REGION), ("5A", Reason.SHAPE)]
)
def test_a_wrong_area_code_is_refused_with_its_reason(text, why):
    assert reason(area_code.parse, text) == why


def test_an_area_code_knows_what_contains_it():
    assert area_code.lineage("510104017") == ("51", "5101", "510104", "510104017")
    assert area_code.parent("510104017") == "510104"
    assert area_code.parent("51") is None


def test_masks_hide_the_middle_and_never_more_than_they_should_show():
    assert mobile.mask("13880012217") == "138****2217"
    assert citizen_id.mask("510104194910010014") == "510***********0014"
    assert uscc.mask("91510100MA6CPXXXX1") == "915101********XXX1"
    assert plate.mask("川A12345") == "川A***45"
    assert masking.name("张三丰") == masking.name("张三") == "张**"
    assert masking.name("  ") == ""


@given(st.text(max_size=30), st.integers(0, 6), st.integers(0, 6))
def test_a_mask_keeps_the_length_and_hides_short_texts_whole(text, left, right):
    hidden = masking.middle(text, left, right)
    assert len(hidden) == len(text)
    assert len(text) > left + right or set(hidden) <= {"*"}


def test_an_error_speaks_both_languages_and_does_not_repeat_the_value():
    with pytest.raises(InvalidIdentifier) as caught:
        citizen_id.parse("510104194910010014")
    assert caught.value.zh == "公民身份号码不正确：校验位不符，请逐位核对"
    assert caught.value.en == "not a valid citizen ID: the check character does not match"


def test_the_field_types_check_and_normalise():
    class Shop(BaseModel):
        area: types.AreaCode
        phone: types.Mobile

    assert Shop(area="510100", phone="138 8001 2217") == Shop(area="5101", phone="13880012217")
    with pytest.raises(ValidationError, match="area code"):
        Shop(area="5", phone="13880012217")
