"""Real cases taken on random walks: people act, clocks fire, handlers follow."""

import datetime as dt
import json
import random
import uuid
from collections.abc import Iterator

from tests.cases import make
from yiwang.cases import actions
from yiwang.cases.definitions.facts import CaseFacts
from yiwang.cases.definitions.refusals import Refused
from yiwang.cases.logic import expressions, moves
from yiwang.cases.queries import facts
from yiwang.kernel.access import logic as access
from yiwang.kernel.outbox import actions as outbox
from yiwang.kernel.outbox import definitions
from yiwang.kernel.outbox.models import Failed, Message

ROLES = ("handler", "dispatcher", "verifier", "supervisor", "arbiter", "hotline-agent")
PLACES = (("lamp", "510107"), ("manhole", "510107007"), ("stall", "510107007"), ("other", "510104"))
START = dt.datetime(2026, 9, 7, 2, tzinfo=dt.UTC)
STEP = dt.timedelta(hours=5)
WEIGHTS = {"primary": 6, "normal": 2, "danger": 1}
Event = object


def drain() -> list[Event]:
    """Deliver everything told so far, and what that tells; return it all."""
    told: list[Event] = []
    while True:
        rows = list(Message.objects.order_by("id").values_list("topic", "payload"))
        told += [definitions.registry.decode(topic, json.dumps(payload)) for topic, payload in rows]
        if not outbox.drain():
            assert not Failed.objects.exists()
            return told


def walked(seed: int, cases: int = 6, steps: int = 110) -> list[Event]:
    """Open cases and let people act on them at random for some weeks; return all that was told."""
    chance = random.Random(seed)
    persons = {role: make.person(role).person for role in ROLES}
    opened = [_open(chance, START) for _ in range(cases)]
    for number in range(1, steps + 1):
        now = START + STEP * number
        _act(chance, persons, opened, now)
        if chance.random() < 0.2:
            while actions.fire_due(at=now):
                pass
    return drain()


def _open(chance: random.Random, at: dt.datetime) -> uuid.UUID:
    category, area = chance.choice(PLACES)
    return make.case(category=category, area=area, channel=chance.choice(("web", "hotline")), at=at).id


def _act(chance: random.Random, persons: dict, opened: list[uuid.UUID], now: dt.datetime) -> None:
    case = facts.load(chance.choice(opened)).case
    choices = [
        (WEIGHTS[action.tone], actor, code)
        for actor in _around(persons, case)
        for code, action in moves.possible(make.town(), case, actor, now).items()
    ]
    if not choices:
        return
    ((_, actor, code),) = chance.choices(choices, [weight for weight, _, _ in choices])
    possible = make.town().flows[case.flow].actions
    given = {name: _given(chance, opened, asked.kind) for name, asked in possible[code].asks.items()}
    try:
        actions.perform(case.id, code, actor, given, make.key(), now)
    except Refused as refusal:
        assert refusal.code == "guard" or refusal.code.startswith("merge-"), refusal  # noqa: PT017


def _around(persons: dict, case: CaseFacts) -> Iterator[access.Actor]:
    """Yield whoever may have a say: the citizen, and the people of the case's holder and area."""
    yield access.citizen(case.tracking)
    for role in ROLES:
        post = access.Post(None, role, case.organisation, case.area)
        yield access.Actor("person", persons[role], role, (post,))


def _given(chance: random.Random, opened: list[uuid.UUID], kind: str) -> object:
    choices = {
        "organisation": ["urban", "water", "centre", "jinjiang"],
        "organisations": [["water"], ["water", "yulin"]],
        "category": ["lamp", "stall", "other"],
        "area": ["510104", "510107", "510107007"],
        "grade": [1, 2, 3, 4, 5],
        "flag": [True, False],
        "files": [[]],
    }
    if kind == "case":
        return facts.load(chance.choice(opened)).case
    return chance.choice(choices.get(kind, [expressions.SAMPLES[kind]]))
