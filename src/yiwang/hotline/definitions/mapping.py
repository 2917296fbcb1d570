"""How a file's columns become requests: what `--map`, a mapping file and the file's own headers say together.

Before: the operator. After: `logic.columns`.
"""

import dataclasses
from typing import Annotated

import pydantic

from yiwang.hotline.definitions.requests import Said
from yiwang.packs import entry

FIELDS: tuple[str, ...] = ("id", *(field.name for field in dataclasses.fields(Said)))
"""What a column may be mapped to: `id` names the row in its source system, the rest are the request's fields."""


class Mapping(entry.Part):
    """A mapping file (YAML). Everything is optional; headers that are not named are matched by themselves.

    columns: {title: 诉求标题}; values: {category: {市容: city-look}}; constants: {datum: GCJ-02}.
    """

    columns: dict[str, str] = {}
    """Field to header."""
    values: dict[str, dict[str, str]] = {}
    """Field to replacements of what is written in its column."""
    constants: dict[str, str] = {}
    """Field to what is taken where its column is missing or empty."""
    source: Annotated[str, pydantic.Field(max_length=60)] = ""
    """Name of the source; rows are known by it and their id, so it must not change between runs."""
    encoding: str = ""
    """Encoding of a CSV or JSON lines file; found out if not given."""
