"""Intake as a pack declares it: which doors are open, who may file, and what happens to the unsaid.

Before: packs. After: `logic.desk` makes it ready to be asked.
"""

from typing import Annotated, Literal

import pydantic

from yiwang.kernel.identifiers.logic import types as identifiers
from yiwang.packs import entry, text

Door = Literal["snap", "web", "hotline", "api", "import"]
DOORS: tuple[Door, ...] = ("snap", "web", "hotline", "api", "import")


class Intake(entry.Entry):
    """How words become cases.

    The doors: `snap` (with photos) and `web` for citizens, `hotline` for agents, `api` for other systems,
    `import` for files; other channels may be named for imported cases.
    """

    name: text.Text
    default_flow: str
    """Flow of a case whose category tree names none."""
    fallback_category: str
    """Category where none was chosen and no keyword speaks."""
    fallback_area: identifiers.AreaCode
    """Area where none was picked and no position lies in a known one."""
    channels: dict[str, text.Text]
    """Channel codes and names; every door has its channel in one intake."""
    opens: tuple[str, ...] = ()
    """Roles that may file a case for a citizen."""
    text_limit: Annotated[int, pydantic.Field(ge=20, le=10_000)] = 2000
    """Characters a person may type; imports may bring longer texts."""
    photo_limit: Annotated[int, pydantic.Field(ge=0, le=20)] = 6
    """Photos a citizen may send with one request."""
