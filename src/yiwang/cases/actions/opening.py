"""Open cases: one at a time for people, many in one transaction for imports and alarms."""

import contextlib
import dataclasses
import uuid
from collections.abc import Sequence

import uuid_utils
from django.db import IntegrityError, transaction

from yiwang.cases.actions import writing
from yiwang.cases.definitions.facts import Decision, Opening
from yiwang.cases.definitions.refusals import Refused
from yiwang.cases.logic import deciding, effects
from yiwang.cases.logic.world import World
from yiwang.cases.queries import facts, worlds

# No letters or digits that a phone call confuses.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
PAIRS = tuple(one + other for one in ALPHABET for other in ALPHABET)


@dataclasses.dataclass(frozen=True, slots=True)
class Opened:
    """A case that exists now; `repeated` when its key had opened it before."""

    id: uuid.UUID
    number: str
    tracking: str
    organisation: str
    state: str
    repeated: bool = False


def open_case(opening: Opening) -> Opened:
    """Open one case, or return the one its key opened before. Raises Refused, with nothing written."""
    one = _decided(worlds.current(), opening)
    try:
        with transaction.atomic() if one.decision.parts else contextlib.nullcontext():
            numbers = writing.write_opening(one)
            _open_parts(one.decision)
    except IntegrityError:
        return _repeated(opening)
    return _opened(one.decision, numbers[one.case])


def open_many(openings: Sequence[Opening]) -> list[Opened | Refused]:
    """Open many cases in one transaction; each result stands where its opening stood.

    A refused opening does not stop the others. Keys used before give the case they opened.
    """
    world = worlds.current()
    known = facts.opened_by_keys([one.key for one in openings])
    results = [_known_or_refused(known, one) for one in openings]
    fresh: dict[str, tuple[int, writing.Writing]] = {}
    for at, opening in enumerate(openings):
        if results[at] is None and opening.key not in fresh:
            decided = _tried(world, opening)
            if isinstance(decided, Refused):
                results[at] = decided
            else:
                fresh[opening.key] = (at, decided)
    _write_fresh(fresh, results)
    twice = facts.opened_by_keys([one.key for at, one in enumerate(openings) if results[at] is None])
    return [result or _used(twice, openings[at]) for at, result in enumerate(results)]


def _write_fresh(
    fresh: dict[str, tuple[int, writing.Writing]], results: list[Opened | Refused | None]
) -> None:
    """Write all in one statement; where another process used a key meanwhile, one by one."""
    if not fresh:
        return
    ready = [one for _, one in fresh.values()]
    try:
        numbers = writing.open_together(ready)
    except IntegrityError:
        used = facts.opened_by_keys(list(fresh))
        for at, one in fresh.values():
            assert one.opening is not None
            results[at] = _used(used, one.opening) if one.key in used else _alone(one.opening)
        return
    for at, one in fresh.values():
        results[at] = _opened(one.decision, numbers[one.case])


def _alone(opening: Opening) -> Opened | Refused:
    try:
        return open_case(opening)
    except Refused as refusal:
        return refusal


def _known_or_refused(known: dict[str, facts.KeyUse], opening: Opening) -> Opened | Refused | None:
    """Return the case a key opened before, if any."""
    return _used(known, opening) if opening.key in known else None


def _used(known: dict[str, facts.KeyUse], opening: Opening) -> Opened | Refused:
    try:
        return _known(known, opening)
    except Refused as refusal:
        return refusal


def _known(known: dict[str, facts.KeyUse], opening: Opening) -> Opened:
    use = known[opening.key]
    if use.action != "open" or use.text != effects.digest(opening.title, opening.text):
        raise Refused("key-reused", "key", key=opening.key)
    return Opened(use.case, use.number, use.tracking, use.organisation, use.state, repeated=True)


def _repeated(opening: Opening) -> Opened:
    """Return what the key opened; an integrity fault that is not the key's is raised again."""
    known = facts.opened_by_keys([opening.key])
    if opening.key not in known:
        raise  # noqa: PLE0704 - called while the IntegrityError is handled
    return _known(known, opening)


def _tried(world: World, opening: Opening) -> writing.Writing | Refused:
    try:
        return _decided(world, opening)
    except Refused as refusal:
        return refusal


def _decided(world: World, opening: Opening) -> writing.Writing:
    identity = uuid.UUID(bytes=uuid_utils.uuid7().bytes)
    decision = deciding.open_case(world, opening, identity, _tracking_code())
    return writing.Writing(decision, opening.key, opening)


def _open_parts(decision: Decision) -> None:
    for part in decision.parts:
        open_case(part)


def _tracking_code() -> str:
    """Return 12 characters, about 59 bits: not to be guessed, easy to read out.

    A random UUID is 122 bits of a secure generator that is asked without giving up the interpreter's lock.
    """
    luck, pairs = uuid_utils.uuid4().int, []
    for _ in range(6):
        luck, pair = divmod(luck, len(PAIRS))
        pairs.append(PAIRS[pair])
    return "".join(pairs)


def _opened(decision: Decision, number: str) -> Opened:
    after = decision.after
    return Opened(after.id, number, after.tracking, after.organisation, after.state)
