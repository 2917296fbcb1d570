"""A refusal speaks both languages, whatever its words are filled with."""

import pytest

from yiwang.packs.refusals import Refusal
from yiwang.packs.text import Text


class Refused(Refusal):
    reasons = {"late": Text(zh="“{what}”晚了 {days} 天", en="“{what}” is {days} days late")}


def test_words_are_filled_in_the_readers_language():
    refused = Refused("late", "what", what=[Text(zh="答复", en="the reply"), "x"], days=3)
    assert refused.message("zh-hans") == "“答复、x”晚了 3 天"
    assert refused.message("en") == "“the reply, x” is 3 days late"
    assert (refused.text.zh, refused.text.en) == (refused.message("zh"), refused.message("en"))
    assert (refused.code, refused.field) == ("late", "what")


def test_an_unknown_reason_is_a_mistake_of_the_program():
    with pytest.raises(KeyError):
        Refused("never-heard-of")
