"""A refusal worded once in both languages. Rooms derive their own from it and name their reasons.

    class Refused(refusals.Refusal):
        reasons = {"too-late": Text(zh="已过期限（{days} 天）", en="{days} days too late")}

Before: a room's `logic` or `actions` refuses. After: screens, programs and files show `message(language)`.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from yiwang.packs.text import Text


class Refusal(Exception):  # noqa: N818 - it is no error to refuse
    """`code` is a key of `reasons`, `field` the input at fault ("" for none), `params` fill the words in."""

    reasons: ClassVar[Mapping[str, Text]] = {}

    def __init__(self, code: str, field: str = "", **params: Any) -> None:
        self.code, self.field, self.params = code, field, params
        super().__init__(self.message("en"))

    def message(self, language: str | None) -> str:
        """Return the reason in a language such as "zh-hans" or "en"."""
        words = {key: shown(value, language) for key, value in self.params.items()}
        return self.reasons[self.code].in_language(language).format(**words)

    @property
    def text(self) -> Text:
        """The reason in both languages."""
        return Text(self.message("zh-hans"), self.message("en"))


def shown(value: Any, language: str | None) -> str:
    """Return a value in words of a language: texts translated, lists joined."""
    if isinstance(value, Text):
        return value.in_language(language)
    if isinstance(value, list | tuple):
        joint = ", " if (language or "").startswith("en") else "、"
        return joint.join(shown(one, language) for one in value)
    return str(value)
