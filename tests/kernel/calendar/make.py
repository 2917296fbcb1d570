"""The calendar that ships with the product, and a city's instants to count from."""

import functools
from datetime import datetime
from pathlib import Path

import yaml

from yiwang.kernel.calendar import definitions, logic
from yiwang.packs import kinds
from yiwang.packs.pack import Header, Pack

FILE = Path(__file__).parents[3] / "packs" / "base" / "calendar.yaml"


def declared(**changes):
    content = yaml.safe_load(FILE.read_text(encoding="utf-8")) | changes
    content.pop("kind")
    return definitions.Calendar.model_validate(content)


@functools.cache
def calendars():
    return logic.calendars({"china": declared()})


def pack(*entries):
    registry = kinds.Registry()
    registry.register(kinds.Kind("calendar", definitions.Calendar, check=logic.check))
    entries = {"calendar": {entry.code: entry for entry in entries}}
    return Pack((Header(pack="city", name="市"),), registry, entries)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=logic.ZONE)


def amount(text):
    return definitions.Amount.parse(text)
