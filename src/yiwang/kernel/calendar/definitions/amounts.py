"""An amount of time as a clerk writes it, "5 working days" or "5个工作日", and the due date it leads to.

Before: nothing. After: flows declare their clocks in amounts; `logic` adds them to a moment.
"""

import dataclasses
import re
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import core_schema

from yiwang.packs import wrong
from yiwang.packs.text import Text


class Unit(StrEnum):
    """What is counted. Working units count by the calendar, the others by the clock on the wall."""

    WORKING_DAYS = "working days"
    WORKING_HOURS = "working hours"
    WORKING_MINUTES = "working minutes"
    WORKING_SECONDS = "working seconds"
    DAYS = "days"
    HOURS = "hours"
    MINUTES = "minutes"
    SECONDS = "seconds"


SECONDS_IN = {
    Unit.WORKING_HOURS: 3600,
    Unit.WORKING_MINUTES: 60,
    Unit.WORKING_SECONDS: 1,
    Unit.HOURS: 3600,
    Unit.MINUTES: 60,
    Unit.SECONDS: 1,
}
_CHINESE = {
    Unit.WORKING_DAYS: ("工作日",),
    Unit.WORKING_HOURS: ("工作小时",),
    Unit.WORKING_MINUTES: ("工作分钟",),
    Unit.WORKING_SECONDS: ("工作秒",),
    Unit.DAYS: ("自然日", "天", "日"),
    Unit.HOURS: ("小时",),
    Unit.MINUTES: ("分钟",),
    Unit.SECONDS: ("秒",),
}
_WORDS = {word: unit for unit, words in _CHINESE.items() for word in words}
_WORDS |= {word: unit for unit in Unit for word in (unit.value, unit.value.removesuffix("s"))}
_WORDS |= {f"natural {word}": unit for word, unit in _WORDS.items() if word.isascii() and " " not in word}
_PATTERN = r"^ *\d{1,6} *个?(" + "|".join(sorted(_WORDS, key=len, reverse=True)) + r") *$"
_SHAPE = re.compile(r"\s*([0-9]{1,6})\s*个?\s*(.*\S)\s*")


@dataclasses.dataclass(frozen=True, slots=True)
class Amount:
    """A whole number of a unit, zero or more. In YAML: `5 working days`, `30 minutes`, `5个工作日`."""

    value: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.value < 0:
            raise ValueError(f"an amount of time is never negative: {self.value} {self.unit}")

    def __str__(self) -> str:
        unit = self.unit.removesuffix("s") if self.value == 1 else self.unit
        return f"{self.value} {unit}"

    @property
    def seconds(self) -> int:
        """Return the seconds, working or natural; days have no fixed number of them and raise KeyError."""
        return self.value * SECONDS_IN[self.unit]

    @property
    def natural(self) -> bool:
        """Say whether it runs by the clock on the wall, nights and holidays included."""
        return not self.unit.startswith("working")

    @property
    def text(self) -> Text:
        """Return the words for people in both languages."""
        joint = "" if self.unit in {Unit.MINUTES, Unit.HOURS, Unit.SECONDS} else "个"
        return Text(zh=f"{self.value}{joint}{_CHINESE[self.unit][0]}", en=str(self))

    @classmethod
    def parse(cls, value: Any) -> Self:
        """Return the amount that a pack wrote; raise `Wrong` naming the units there are."""
        if isinstance(value, cls):
            return value
        match = _SHAPE.fullmatch(str(value))
        unit = _WORDS.get(" ".join(match[2].lower().split())) if match else None
        if not match or unit is None:
            raise wrong.Wrong(
                "应是整数加单位，如“5个工作日”“5 working days”",
                'must be a whole number and a unit, like "5 working days"',
                allowed=tuple(Unit),
            )
        return cls(int(match[1]), unit)

    @classmethod
    def __get_pydantic_core_schema__(
        cls, _source: Any, _handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.parse, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _schema: core_schema.CoreSchema, _handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {
            "type": "string",
            "pattern": _PATTERN,
            "examples": ["5 working days", "30 minutes", "5个工作日"],
        }


@dataclasses.dataclass(frozen=True, slots=True)
class Due:
    """When an amount has run out, and the years it crossed whose holidays are not announced yet."""

    at: datetime
    provisional: frozenset[int] = frozenset()
