"""Names and sentences in the languages of the city: Chinese always, English where someone wrote it.

Every name in a pack is a `Text`; screens ask for it `in_language` of their reader.
"""

import dataclasses
from typing import Any, Self

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import core_schema

from yiwang.packs import wrong


@dataclasses.dataclass(frozen=True, slots=True)
class Text:
    """A text in Chinese (`zh`), with English (`en`) if given; in YAML `成都` or `{zh: 成都, en: Chengdu}`."""

    zh: str
    en: str | None = None

    def __str__(self) -> str:
        return self.zh

    def in_language(self, language: str | None) -> str:
        """Return the text for a language code such as "zh-hans" or "en"; Chinese if there is no other."""
        return (self.en or self.zh) if (language or "").startswith("en") else self.zh

    @classmethod
    def parse(cls, value: Any) -> Self:
        """Return the text a pack wrote as a plain word or as `{zh:, en:}`; raise `Wrong` otherwise."""
        if isinstance(value, cls):
            return value
        if not isinstance(value, dict):
            return cls(_word(value))
        if unknown := [str(key) for key in value if key not in ("zh", "en")]:
            raise wrong.Wrong(f"多了“{unknown[0]}”", f'unknown language "{unknown[0]}"', allowed=("zh", "en"))
        if "zh" not in value:
            raise wrong.Wrong("缺中文“zh”", 'the Chinese text "zh" is missing')
        english = value.get("en")
        return cls(_word(value["zh"]), None if english is None else _word(english))

    def dump(self) -> str | dict[str, str]:
        """Return the shortest form that `parse` reads back."""
        return self.zh if self.en is None else {"zh": self.zh, "en": self.en}

    @classmethod
    def __get_pydantic_core_schema__(
        cls, _source: Any, _handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.parse,
            serialization=core_schema.plain_serializer_function_ser_schema(cls.dump),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _schema: core_schema.CoreSchema, _handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        word = {"type": ["string", "number"]}
        languages = {
            "type": "object",
            "properties": {"zh": word, "en": word},
            "required": ["zh"],
            "additionalProperties": False,
        }
        return {"anyOf": [word, languages]}


def _word(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise wrong.Wrong("应是文字，或 {zh: 中文, en: English}", "must be text, or {zh: 中文, en: English}")
    if not (word := str(value).strip()):
        raise wrong.Wrong("不能是空的", "must not be empty")
    return word
