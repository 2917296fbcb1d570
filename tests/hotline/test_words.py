import pytest

from yiwang.hotline.logic import words


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("尊敬的领导：您好！井盖破了，请处理。", "井盖破了，请处理"),
        ("您好，\n\n请问井盖坏了找谁？", "井盖坏了找谁"),
        ("。。。！！", "。。。！！"),
        ("", ""),
        ("井" * 60, "井" * 39 + "…"),
    ],
)
def test_titles(text: str, title: str):
    assert words.title_of(text) == title


def test_control_characters_go_and_line_ends_are_plain():
    assert words.clean("\ufeff a\x07b\r\nc\rd \x85") == "ab\nc\nd"
    assert words.one_line(" a \n\t b ") == "a b"


def test_names_are_compared_in_half_width_without_separators():
    assert words.same(" 武侯区／玉林街道 ") == words.same("武侯区·玉林街道") == "武侯区玉林街道"


def test_the_place_of_an_impossible_character_counts_from_one():
    assert words.impossible("ab\x00") == 3
    assert words.impossible("井盖") == 0
