"""How a step becomes bytes and how each step names the one before it. Callers write what `link` returns."""

import datetime as dt
import hashlib
import re
import uuid
from collections.abc import Iterable
from typing import Any

import orjson

from yiwang.kernel.ledger import definitions

SAFE_INTEGER = 2**53 - 1
_SURROGATE = re.compile("[\ud800-\udfff]")


def canonical(value: Any) -> bytes:
    """Return the one byte form of a value: JSON in UTF-8, keys sorted by code point, no white space.

    Takes None, bool, str, int (at most 2**53 - 1 either way), list, tuple, dict with str keys; UUID, date
    and aware datetime become text. Floats raise `Refused`: two programs write them differently.
    """
    return orjson.dumps(_plain(value, "$"), option=orjson.OPT_SORT_KEYS)


def _plain(value: Any, path: str) -> Any:
    if type(value) is str:  # most of what there is
        return _text(value, path)
    match value:
        case dict():
            return {_key(key, path): _plain(one, f"{path}.{key}") for key, one in value.items()}
        case list() | tuple():
            return [_plain(one, f"{path}[{index}]") for index, one in enumerate(value)]
        case None | bool():
            return value
        case int() if abs(value) <= SAFE_INTEGER:
            return int(value)
    return _text(_worded(value, path), path)


def _worded(value: Any, path: str) -> str:
    match value:
        case str() | uuid.UUID():
            return str(value)
        case dt.datetime() if value.tzinfo is not None:
            return timestamp(value)
        case dt.date() if not isinstance(value, dt.datetime):
            return value.isoformat()
    raise definitions.Refused("no-canonical-form", path=path, reason=_why(value))


def _text(value: str, path: str) -> str:
    if "\x00" in value or (not value.isascii() and _SURROGATE.search(value)):
        raise definitions.Refused("no-canonical-form", path=path, reason="NUL or half a surrogate pair")
    return value


def _key(key: Any, path: str) -> str:
    if type(key) is str and key.isascii() and "\x00" not in key:
        return key
    if not isinstance(key, str):
        raise definitions.Refused("no-canonical-form", path=path, reason=f"the key {key!r} is no text")
    return _text(key, path)


def _why(value: Any) -> str:
    if isinstance(value, int):
        return "integers beyond 2**53 - 1 are written as text"
    if isinstance(value, dt.datetime):
        return "a time without a time zone"
    return f"{type(value).__name__} is not allowed"


def timestamp(at: dt.datetime) -> str:
    """Return an aware time as RFC 3339 in UTC with microseconds, ending in Z."""
    return at.astimezone(dt.UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def payload(kind: str, subject: uuid.UUID, seq: int, at: dt.datetime, content: Any) -> dict[str, Any]:
    """Return what is hashed: the owner's content together with whose step it is, which one and when."""
    return {"at": at, "content": content, "kind": kind, "seq": seq, "subject": subject}


def entry_hash(prev: bytes, kind: str, subject: uuid.UUID, seq: int, at: dt.datetime, content: Any) -> bytes:
    """Return SHA-256(prev ‖ canonical payload): 32 bytes. `prev` is GENESIS before seq 1."""
    return hashlib.sha256(prev + canonical(payload(kind, subject, seq, at, content))).digest()


def link(
    prev: bytes, kind: str, subject: uuid.UUID, seq: int, at: dt.datetime, content: Any
) -> definitions.Entry:
    """Return the entry that follows the one with hash `prev`."""
    hashed = entry_hash(prev, kind, subject, seq, at, content)
    return definitions.Entry(kind, subject, seq, at, prev, hashed)


def link_all(
    kind: str,
    subject: uuid.UUID,
    steps: Iterable[tuple[dt.datetime, Any]],
    *,
    after: tuple[int, bytes] = (0, definitions.GENESIS),
) -> list[definitions.Entry]:
    """Return the chain of several steps (at, content) of one subject, after (seq, hash) of its last one."""
    seq, prev = after
    entries = []
    for at, content in steps:
        seq += 1
        entries.append(link(prev, kind, subject, seq, at, content))
        prev = entries[-1].hash
    return entries
