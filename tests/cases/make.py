"""A small town, its people, and cases in it, built through real actions."""

import contextlib
import datetime as dt
import functools
import itertools
import pathlib
import uuid
from collections.abc import Iterator

from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yiwang.cases import actions
from yiwang.cases.definitions.facts import Opening
from yiwang.cases.logic import world
from yiwang.kernel.access import logic as access
from yiwang.kernel.access import queries as access_queries
from yiwang.kernel.people import actions as people
from yiwang.kernel.releases import actions as releases
from yiwang.packs import loading
from yiwang.packs.pack import Pack

DATA = pathlib.Path(__file__).parent / "data"
numbers = itertools.count()

WHO = {
    "handler": ("urban", "510107"),
    "dispatcher": ("centre", "510107"),
    "verifier": ("centre", "510107"),
    "supervisor": ("centre", "510107"),
    "arbiter": ("centre", "5101"),
    "hotline-agent": ("hotline", "5101"),
    "grid-worker": ("yulin", "510107007"),
    "administrator": ("hotline", "5101"),
    "leader": ("hotline", "5101"),
}


@functools.cache
def pack() -> Pack:
    return loading.load(DATA / "town", roots=[settings.PACKS_ROOT])


@functools.cache
def town() -> world.World:
    return world.build(0, pack())


def published() -> None:
    """Publish the town, and give every role to somebody."""
    releases.publish(pack())
    for role, (organisation, area) in WHO.items():
        person(role, organisation, area)


def person(
    role: str, organisation: str = "", area: str = "", since: dt.date = dt.date(2026, 1, 1)
) -> access.Actor:
    """Return a new person with one post, as an actor."""
    organisation, area = organisation or WHO[role][0], area or WHO[role][1]
    made = people.register(f"{role}-{next(numbers)}", f"{role} of {organisation}", None)
    people.grant(made, organisation, role, area, since)
    return access_queries.actor_of(made)


def actor(role: str, organisation: str = "", area: str = "") -> access.Actor:
    """Return an actor without a row, for tests of logic."""
    post = access.Post(1, role, organisation or WHO[role][0], area or WHO[role][1])
    return access.Actor("person", 1, role, (post,))


def opening(**changed) -> Opening:
    """Return a request about a manhole in Yulin."""
    given = {
        "key": f"test:{uuid.uuid4()}",
        "flow": "request",
        "title": "玉林东路井盖破损",
        "text": "院门口雨水井盖破了一半，晚上没有灯，请尽快处理。",
        "category": "manhole",
        "area": "510107007",
        "channel": "web",
        "actor": access.NOBODY,
        "at": dt.datetime.now(dt.UTC),
        "reporter_mobile": "13812342217",
        "reporter_name": "张三丰",
    }
    return Opening(**(given | changed))


def case(**changed) -> actions.Opened:
    return actions.open(opening(**changed))


def key() -> str:
    return f"test:{uuid.uuid4()}"


def act(opened, action: str, who: access.Actor, **given) -> actions.Outcome:
    return actions.perform(opened.id, action, who, given, key())


def citizen(opened) -> access.Actor:
    return access.citizen(opened.tracking)


def handled(opened, handler: access.Actor, verifier: access.Actor) -> None:
    """Take a case to its closing."""
    act(opened, "sign_in", handler)
    act(opened, "reply", handler, reply="井盖已更换")
    act(opened, "close", verifier)


def cases(count: int, **changed) -> list[actions.Opened]:
    """Open many cases about lamps, alike but for their titles, in one statement."""
    given = {"category": "lamp", "area": "510107"} | changed
    return actions.open_many([opening(title=f"路灯 {n} 不亮", **given) for n in range(count)])


@contextlib.contextmanager
def counted() -> Iterator[list[str]]:
    """Give the statements that Django sent within, but for those that ask which release is current.

    Inside a test's transaction that is asked each time; a web process remembers it for a second. The
    engine's own prepared statements pass Django by and are not seen.
    """
    statements: list[str] = []
    with CaptureQueriesContext(connection) as captured:
        yield statements
    statements += [one["sql"] for one in captured.captured_queries if "releases_release" not in one["sql"]]
