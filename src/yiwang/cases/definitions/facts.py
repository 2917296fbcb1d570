"""What logic reads and what it decides: plain frozen values, no rows."""

import dataclasses
import datetime as dt
import uuid
from typing import Any

from yiwang.kernel.access.logic import Actor

Json = dict[str, Any]


@dataclasses.dataclass(frozen=True, slots=True)
class ClockFacts:
    """A clock of a case as stored. `remaining` is set while paused: working seconds left."""

    code: str
    started_at: dt.datetime
    due_at: dt.datetime
    alerts_fired: int = 0
    next_at: dt.datetime | None = None
    paused_at: dt.datetime | None = None
    remaining: int | None = None
    stopped_at: dt.datetime | None = None

    @property
    def running(self) -> bool:
        return self.stopped_at is None and self.paused_at is None


@dataclasses.dataclass(frozen=True, slots=True)
class CaseFacts:
    """A case at one moment: everything a decision may depend on."""

    id: uuid.UUID
    number: str
    release: int
    flow: str
    state: str
    seq: int
    head: bytes
    organisation: str
    area: str
    category: str
    urgency: int
    opened_at: dt.datetime
    number_prefix: str = ""
    ended_at: dt.datetime | None = None
    rating: int | None = None
    channel: str = ""
    title: str = ""
    facts: Json = dataclasses.field(default_factory=dict)
    clocks: tuple[ClockFacts, ...] = ()
    open_parts: int = 0
    merged: int = 0
    merged_into: uuid.UUID | None = None
    lead: uuid.UUID | None = None
    lead_organisation: str = ""
    tracking: str = ""
    reporter_mobile: str = ""
    due_at: dt.datetime | None = None
    light: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Opening:
    """A request to open a case. `key` makes a repeat harmless; `quiet` sends no notices (imports).

    `found` tells how the door that took it found category and area; the first step keeps it.
    Positions are WGS-84 degrees, converted at intake. `files` are SHA-256 hex digests already stored.
    """

    key: str
    flow: str
    title: str
    text: str
    category: str
    area: str
    channel: str
    actor: Actor
    at: dt.datetime
    lon: float | None = None
    lat: float | None = None
    address: str = ""
    reporter_name: str = ""
    reporter_mobile: str = ""
    urgency: int = 1
    organisation: str = ""
    source: str = ""
    files: tuple[str, ...] = ()
    lead: uuid.UUID | None = None
    quiet: bool = False
    found: Json = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True, slots=True)
class Notice:
    """Whom to tell what, once the step is committed."""

    to: str
    roles: tuple[str, ...]
    text_zh: str
    text_en: str


@dataclasses.dataclass(frozen=True, slots=True)
class Step:
    """One line of a case's history: who did what, from where to where, and why."""

    action: str
    actor: Actor
    post: int | None
    organisation: str
    at: dt.datetime
    from_state: str
    to_state: str
    note: str = ""
    data: Json = dataclasses.field(default_factory=dict)
    public: bool = False
    notices: tuple[Notice, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Decision:
    """The outcome of one verb: the case after it, its steps, its clocks, and what follows.

    `stands_on` is another case that must still be as the decision saw it (the one merged into).
    `answer_merged`: whoever was merged into this case by then is answered, which the handler finds out.
    """

    before: CaseFacts | None
    after: CaseFacts
    steps: tuple[Step, ...]
    parts: tuple[Opening, ...] = ()
    files: tuple[str, ...] = ()
    answer_merged: bool = False
    stands_on: CaseFacts | None = None
