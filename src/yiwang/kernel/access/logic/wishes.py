"""A form of the administration screens → a typed wish, or the first thing that is wrong with it.

Before: views. After: actions decide whether the actor may have it.
"""

import dataclasses
import datetime as dt
import re
from collections.abc import Mapping

from yiwang.kernel.access.definitions.refusals import NAMES, Refused
from yiwang.kernel.identifiers import logic as identifiers
from yiwang.kernel.identifiers.definitions import InvalidIdentifier

USERNAME = re.compile(r"[a-z0-9][a-z0-9.-]{1,39}")
LONGEST_NAME = 60


@dataclasses.dataclass(frozen=True, slots=True)
class Newcomer:
    """A person to register."""

    username: str
    name: str
    mobile: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Grant:
    """A post to give; organisation and area as codes or as names, "" for the organisation's own area."""

    organisation: str
    role: str
    area: str
    valid_from: dt.date
    valid_to: dt.date | None = None


def newcomer(posted: Mapping[str, str]) -> Newcomer:
    """Read the form of a new person. Raises Refused."""
    username, name = _given(posted, "username").lower(), _given(posted, "name")
    if not USERNAME.fullmatch(username):
        raise Refused("bad-username", "username", value=username[:60])
    if len(name) > LONGEST_NAME:
        raise Refused("too-long", "name", name=NAMES["name"], limit=LONGEST_NAME)
    return Newcomer(username, name, _mobile(posted.get("mobile", "").strip()))


def grant(posted: Mapping[str, str]) -> Grant:
    """Read the form of a new post; a choice made from the found ones counts before the words typed. Raises Refused."""
    organisation = posted.get("organisation", "").strip() or _given(
        posted, "organisation", "find_organisation"
    )
    area = posted.get("area", "").strip() or posted.get("find_area", "").strip()
    since, until = _day(posted, "valid_from"), _day(posted, "valid_to", required=False)
    assert since is not None
    if until and until < since:
        raise Refused("ends-before", "valid_to", to=until, since=since)
    return Grant(organisation, _given(posted, "role"), area, since, until)


def last_day(posted: Mapping[str, str]) -> dt.date:
    """Read the last day of a post. Raises Refused."""
    day = _day(posted, "valid_to")
    assert day is not None
    return day


def _given(posted: Mapping[str, str], field: str, source: str = "") -> str:
    value = posted.get(source or field, "").strip().replace("\x00", "")
    if not value:
        raise Refused("required", field, name=NAMES[field])
    return value


def _day(posted: Mapping[str, str], field: str, *, required: bool = True) -> dt.date | None:
    value = posted.get(field, "").strip()
    if not value and not required:
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise Refused("bad-day", field, name=NAMES[field], value=value[:40]) from None


def _mobile(value: str) -> str:
    if not value:
        return ""
    try:
        return identifiers.mobile.parse(value)
    except InvalidIdentifier as fault:
        raise Refused("bad-mobile", "mobile", zh=fault.zh, en=fault.en) from fault
