"""What a case tells after the commit. Handlers in any room above may listen; each is idempotent."""

import dataclasses
import datetime as dt
import uuid
from typing import ClassVar


@dataclasses.dataclass(frozen=True, slots=True)
class NoticeTold:
    to: str
    roles: tuple[str, ...]
    zh: str
    en: str


@dataclasses.dataclass(frozen=True, slots=True)
class CaseOpened:
    """A case was opened; organisation, state and light are those it came to rest with."""

    topic: ClassVar[str] = "cases.opened"
    case: uuid.UUID
    flow: str
    category: str
    area: str
    organisation: str
    channel: str
    state: str
    light: str
    at: dt.datetime
    notices: tuple[NoticeTold, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class CaseMoved:
    """A step was taken on a case; `seq` is the step's number in its history; `late`: a limit was ever missed.

    What `was_…` tells is how the case stood before; of several steps decided together, the first
    carries the change and the others none, so that adding up differences counts each change once.
    """

    topic: ClassVar[str] = "cases.moved"
    case: uuid.UUID
    seq: int
    action: str
    from_state: str
    to_state: str
    flow: str
    channel: str
    category: str
    area: str
    was_area: str
    organisation: str
    was_organisation: str
    light: str
    was_light: str
    was_ended: bool
    ended: bool
    late: bool
    rating: int | None
    was_rating: int | None
    opened_at: dt.datetime
    at: dt.datetime
    answers_merged: bool = False
    notices: tuple[NoticeTold, ...] = ()
