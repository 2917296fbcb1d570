"""Plain values → typed entries.

Before: `reading` found what was declared. After: `loading` puts the entries of several packs together.
"""

import pathlib
from typing import Any, TypeVar

from pydantic import ValidationError

from yiwang.packs import entry, files, problems, wording

Model = TypeVar("Model", bound=entry.Part)


def validate(
    model: type[Model], value: Any, origin: files.Origin, folder: pathlib.Path | None = None
) -> tuple[Model | None, list[problems.Problem]]:
    """Return the value as a model, or every problem that it has. `folder` holds the files it may name."""
    try:
        return model.model_validate(value, context={"folder": folder}), []
    except ValidationError as error:
        return None, wording.explain(error, model, value, origin)
