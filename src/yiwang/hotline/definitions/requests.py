"""What was said and what was understood of it: plain frozen values between the doors and the flow engine."""

import dataclasses
import datetime as dt
from typing import Any, BinaryIO

Json = dict[str, Any]


@dataclasses.dataclass(frozen=True, slots=True)
class Said:
    """A request as it came through any door: everything as typed, "" where nothing was said.

    `category`, `area` and `channel` are codes or names; `lon`, `lat` are degrees of `datum`; `at` is when it
    was received, if not now.
    """

    text: str = ""
    title: str = ""
    category: str = ""
    area: str = ""
    address: str = ""
    lon: str = ""
    lat: str = ""
    datum: str = ""
    name: str = ""
    mobile: str = ""
    urgency: str = ""
    channel: str = ""
    at: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Seen:
    """Where a photo was taken, in degrees of the datum its camera named."""

    lon: float
    lat: float
    datum: str


@dataclasses.dataclass(frozen=True, slots=True)
class Understood:
    """A request as the flow engine takes it. Positions are WGS-84; `found` tells how category and area were."""

    title: str
    text: str
    category: str
    area: str
    flow: str
    channel: str
    at: dt.datetime
    address: str = ""
    lon: float | None = None
    lat: float | None = None
    name: str = ""
    mobile: str = ""
    urgency: int = 1
    found: Json = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True, slots=True)
class Photo:
    """A photo handed in with a request; `name` is only shown."""

    name: str
    content: BinaryIO
