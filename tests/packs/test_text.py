import pydantic
import pytest

from yiwang.packs import text, wrong


def test_a_plain_word_is_chinese_in_every_language():
    name = text.Text.parse("成都")
    assert (str(name), name.in_language("zh-hans"), name.in_language("en"), name.in_language(None)) == (
        "成都",
    ) * 4


def test_english_is_given_to_readers_of_english_only():
    name = text.Text.parse({"zh": "成都", "en": "Chengdu"})
    assert (name.in_language("en-gb"), name.in_language("zh"), str(name)) == ("Chengdu", "成都", "成都")


def test_a_number_is_a_word_too():
    assert text.Text.parse(12345) == text.Text("12345")


@pytest.mark.parametrize(
    "value", ["", "  ", None, True, [], {}, {"en": "only"}, {"zh": ""}, {"zh": "一", "fr": "un"}]
)
def test_anything_else_is_refused(value):
    with pytest.raises(wrong.Wrong):
        text.Text.parse(value)


@pytest.mark.parametrize("value", ["成都", {"zh": "成都", "en": "Chengdu"}])
def test_a_model_reads_back_what_it_writes(value):
    adapter = pydantic.TypeAdapter(text.Text)
    assert adapter.dump_python(adapter.validate_python(value), mode="json") == value
