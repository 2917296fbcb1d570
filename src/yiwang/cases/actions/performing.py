"""Perform actions on cases: decide on what is there, write only if it is still there."""

import contextlib
import dataclasses
import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction

from yiwang.cases.actions import opening, writing
from yiwang.cases.definitions.facts import CaseFacts, Decision
from yiwang.cases.definitions.refusals import Conflict, Refused
from yiwang.cases.logic import deciding, inputs
from yiwang.cases.queries import facts, worlds
from yiwang.kernel.access.logic import Actor


@dataclasses.dataclass(frozen=True, slots=True)
class Outcome:
    """A case after an action; `repeated` when the key had performed it before."""

    id: uuid.UUID
    number: str
    state: str
    seq: int
    repeated: bool = False


def perform(
    case: uuid.UUID,
    action: str,
    actor: Actor,
    given: Mapping[str, Any],
    key: str,
    at: dt.datetime | None = None,
    seen: str = "",
) -> Outcome:
    """Take one action on a case, now or, for records brought in later, at the moment it happened.

    `seen` is the state the actor was looking at; where the case has left it, that is a Conflict too.
    Raises Refused where the flow does not allow it, and Conflict where somebody else acted first. The
    same key again does nothing and returns the first outcome.
    """
    key = inputs.key(key)
    loaded = facts.load(case, key)
    if loaded.use:
        return _repeated(loaded.use, loaded.case, action, key)
    if seen and seen != loaded.case.state:
        raise _conflict(case)
    world = worlds.of(loaded.case.release)
    decision = deciding.decide(world, loaded.case, action, actor, given, key, at or writing.now())
    return _write(decision, action, key)


def perform_many(
    cases: Iterable[uuid.UUID], action: str, actor: Actor, given: Mapping[str, Any], key: str
) -> dict[uuid.UUID, Outcome | Refused]:
    """Take the same action on many cases, each by itself: one that is refused does not stop the others."""
    results: dict[uuid.UUID, Outcome | Refused] = {}
    for case in cases:
        try:
            results[case] = perform(case, action, actor, given, f"{key}:{case}")
        except Refused as refusal:
            results[case] = refusal
    return results


def _write(decision: Decision, action: str, key: str) -> Outcome:
    case = decision.after.id
    try:
        with transaction.atomic() if decision.parts or decision.stands_on else contextlib.nullcontext():
            _rely(decision)
            written = writing.write_move(writing.Writing(decision, key))
            if case not in written:
                raise _conflict(case)
            for part in decision.parts:
                opening.open_case(part)
    except (IntegrityError, Conflict):  # perhaps our own key, used by a repeat of this very request
        loaded = facts.load(case, key)
        if loaded.use is None:
            raise
        return _repeated(loaded.use, loaded.case, action, key)
    return Outcome(case, written[case], decision.after.state, decision.after.seq)


def _rely(decision: Decision) -> None:
    """Hold the other case a decision stands on; raise Conflict where that one has moved."""
    other = decision.stands_on
    if other and facts.hold(decision.after.id, other.id).get(other.id) != other.seq:
        raise Conflict("target-moved", "case", number=other.number)


def _conflict(case: uuid.UUID) -> Conflict:
    now = facts.load(case).case
    return Conflict("conflict", "action", state=worlds.of(now.release).flows[now.flow].states[now.state].name)


def _repeated(use: facts.KeyUse, case: CaseFacts, action: str, key: str) -> Outcome:
    if (use.case, use.action) != (case.id, action):
        raise Refused("key-reused", "key", key=key)
    return Outcome(case.id, case.number, use.to_state, use.seq, repeated=True)
