"""The base of every pack model: what a declaration may look like before a room says what it means.

Rooms derive their kinds from `Entry` and the parts inside an entry from `Part`.
"""

import json
import pathlib
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, WithJsonSchema

from yiwang.packs import digest, wrong


class Part(BaseModel):
    """A piece of an entry: frozen, unknown fields refused, unquoted codes such as 0101 kept as text.

    Use tuples, not sets: a set has no order, so its digest would differ from run to run.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        coerce_numbers_to_str=True,
        str_strip_whitespace=True,
        allow_inf_nan=False,
        validate_by_name=True,
        validate_by_alias=True,
        use_attribute_docstrings=True,
    )

    @classmethod
    def __pydantic_init_subclass__(cls, **_kwargs: Any) -> None:
        for name, field in cls.model_fields.items():
            if "set[" in repr(field.annotation):
                raise TypeError(
                    f"{cls.__name__}.{name}: use tuple[...]; a set has no order and no stable digest"
                )


class Entry(Part):
    """One declaration of a kind, named by its `code`, which is unique within the kind."""

    code: str = Field(pattern=r"^\S+$")


def field_names(model: type[BaseModel]) -> list[str]:
    """Return the names under which YAML gives the fields of a model."""
    return [field.alias or name for name, field in model.model_fields.items()]


def _read_json(value: Any, info: ValidationInfo) -> Any:
    if not isinstance(value, str):
        return value
    folder: pathlib.Path | None = (info.context or {}).get("folder")
    file = (folder or pathlib.Path()) / value
    try:
        content = json.loads(file.read_bytes())
        digest.canonical(content).encode()  # refuses what JSON cannot hold: NaN, 1e999, halves of signs
    except OSError:
        raise wrong.Wrong(f"读不到文件“{value}”", f'cannot read the file "{value}"') from None
    except (ValueError, RecursionError) as error:
        raise wrong.Wrong(f"“{value}”不是 JSON：{error}", f'"{value}" is not JSON: {error}') from None
    return content


JsonFile = Annotated[Any, BeforeValidator(_read_json), WithJsonSchema({"type": "string"})]
"""A field whose YAML value names a JSON file beside it (GeoJSON, say); the entry holds the parsed content."""
