"""JSON Schema of everything that packs may hold, so that editors complete and check while one types.

One schema for each kind, and `pack`, `examples` and `all` beside them; in `all` the file's `kind` decides.
Before: `kinds`. After: `yiwang pack schema --out DIR`.
"""

from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, models_json_schema
from pydantic_core import core_schema

from yiwang.packs import kinds, pack

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]


class _Generator(GenerateJsonSchema):
    """Text may stand without quotes even where it looks like a number: 510104 is read as "510104"."""

    def str_schema(self, schema: core_schema.StringSchema) -> Schema:
        return {**super().str_schema(schema), "type": ["string", "number"]}


def export(registry: kinds.Registry | None = None) -> dict[str, Schema]:
    """Return the schemas by name: one for each kind of entry, then `pack`, `examples` and `all`."""
    registry = kinds.registry if registry is None else registry
    schemas = {kind.name: _one(kind) for kind in registry}
    schemas["pack"] = pack.Header.model_json_schema(schema_generator=_Generator)
    schemas["examples"] = TypeAdapter(tuple[pack.Example, ...]).json_schema(schema_generator=_Generator)
    schemas["all"] = _all(registry)
    return {name: {"$schema": DIALECT, "title": name, **schema} for name, schema in schemas.items()}


def _one(kind: kinds.Kind) -> Schema:
    references, definitions = _models([kind])
    return {**_file(kind, references[kind.name]), "$defs": definitions}


def _all(registry: kinds.Registry) -> Schema:
    references, definitions = _models(list(registry))
    forms = [
        {
            "if": {"required": ["kind"], "properties": {"kind": {"const": kind.name}}},
            "then": _file(kind, references[kind.name]),
        }
        for kind in registry
    ]
    known = {"type": "object", "properties": {"kind": {"enum": registry.names()}}, "required": ["kind"]}
    return {**known, "allOf": forms, "$defs": definitions}


def _models(chosen: list[kinds.Kind]) -> tuple[dict[str, Schema], dict[str, Schema]]:
    """Return a schema for each kind's entry, open for `kind` and `replaces` beside the model's fields."""
    pairs, found = models_json_schema(
        [(kind.model, "validation") for kind in chosen], schema_generator=_Generator
    )
    definitions = found.get("$defs", {})
    entries = {}
    for kind in chosen:
        name = pairs[(kind.model, "validation")]["$ref"].rpartition("/")[2]
        properties = {"replaces": {"type": "boolean"}, **definitions[name]["properties"]}
        entries[kind.name] = {**definitions[name], "properties": properties}
    return entries, definitions


def _file(kind: kinds.Kind, one: Schema) -> Schema:
    """Return the schema of a file of a kind: one entry, a list of entries, or a table."""
    named = {"kind": {"const": kind.name}}
    schema = {**one, "properties": {**named, **one["properties"]}, "required": ["kind", *one["required"]]}
    forms = {"entries": {"type": "array", "items": one}, "table": {"type": "string"}}
    for name, form in forms.items():
        several = {"properties": {**named, name: form}, "additionalProperties": False}
        schema = {"if": {"required": [name], "not": {"required": ["code"]}}, "then": several, "else": schema}
    return schema
