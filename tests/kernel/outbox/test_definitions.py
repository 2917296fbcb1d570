"""The registry: event types there and back, names once."""

import dataclasses
import datetime as dt
import json
import uuid
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kernel.outbox.make import Closed, Item, Opened, registry
from yiwang.kernel.outbox.definitions import Registry, Undecodable

items = st.builds(Item, st.text(), st.integers(-(2**60), 2**60))
events = st.builds(
    Opened,
    st.integers(),
    st.none() | st.uuids(),
    st.none() | st.datetimes(timezones=st.just(dt.UTC)),
    st.lists(items, max_size=3).map(tuple),
)


@given(events)
def test_events_survive_the_journey(event):
    made = registry()
    assert made.decode(*made.encode(event)) == event


def test_what_another_writer_stores_is_read_too():
    case, at = uuid.uuid4(), dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    payload = json.dumps(
        {"n": 1, "case": str(case), "at": at.isoformat(), "items": [{"name": "x"}], "new": 1}
    )
    assert registry().decode("test.opened", payload) == Opened(1, case, at, (Item("x"),))


@pytest.mark.parametrize(
    ("topic", "payload", "reason"),
    [
        ("test.unknown", "{}", "unknown topic 'test.unknown'"),
        ("test.opened", "{}", "Field required"),
        ("test.opened", '{"n": "x"}', "valid integer"),
        ("test.opened", "not json", "Invalid JSON"),
    ],
)
def test_what_cannot_be_read_says_why(topic, payload, reason):
    with pytest.raises(Undecodable, match=reason):
        registry().decode(topic, payload)


def test_undeclared_events_are_refused_at_once():
    with pytest.raises(Undecodable, match="not declared"):
        Registry().encode(Closed(1))


def test_names_and_topics_are_unique():
    made = registry(("one", print))
    made.on(Closed, "one", print)
    assert made.listeners("test.closed") == ["one"]
    with pytest.raises(ValueError, match="'one' is registered twice"):
        made.on(Closed, "one", print)
    with pytest.raises(ValueError, match="'one' is registered twice"):
        made.on(Opened, "one", repr)

    @dataclasses.dataclass(frozen=True)
    class Other:
        topic: ClassVar[str] = "test.opened"

    with pytest.raises(ValueError, match="two event types of topic"):
        made.declare(Other)


def test_events_are_frozen():
    @dataclasses.dataclass
    class Loose:
        topic: ClassVar[str] = "test.loose"

    with pytest.raises(TypeError, match="frozen"):
        Registry().declare(Loose)
