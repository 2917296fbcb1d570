"""Events and who hears them. Rooms declare and listen in `apps.ready`; `actions` delivers.

An event is a frozen dataclass with a ClassVar `topic`: a fact that has happened and is committed.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Protocol

import pydantic


class Event(Protocol):
    """What every event type looks like; fields are plain values, UUIDs, dates, tuples and dataclasses of them."""

    topic: ClassVar[str]
    __dataclass_fields__: ClassVar[dict[str, Any]]


@dataclasses.dataclass(frozen=True, slots=True)
class Delivery:
    """An event on its way to a handler: the message's id (rising in order of writing) and when it was told."""

    id: int
    event: Any
    at: dt.datetime


Handle = Callable[[list[Delivery]], None]


@dataclasses.dataclass(frozen=True, slots=True)
class Handler:
    """A named listener. Its database effects happen once; anything else it does must bear repeating."""

    name: str
    handle: Handle


class Undecodable(ValueError):  # noqa: N818 - the fact, not a fault of ours
    """A message cannot be turned into an event: its topic is undeclared, or its payload does not fit."""


class Registry:
    """Event types by topic, and handlers in order of registration. Tests make their own."""

    def __init__(self) -> None:
        self._types: dict[str, pydantic.TypeAdapter[Any]] = {}
        self._declared: dict[str, type[Event]] = {}
        self._handlers: dict[str, Handler] = {}
        self._listeners: dict[str, list[str]] = {}

    def declare(self, *types: type[Event]) -> None:
        """Make event types known. Declaring the same type twice is fine; two types of one topic raise."""
        for one in types:
            if not dataclasses.is_dataclass(one) or not one.__dataclass_params__.frozen:  # type: ignore[attr-defined]
                raise TypeError(f"{one.__name__} must be a frozen dataclass")
            if self._declared.setdefault(one.topic, one) is not one:
                raise ValueError(f"two event types of topic {one.topic!r}")
            self._types.setdefault(one.topic, pydantic.TypeAdapter(one))

    def on(self, type_: type[Event], name: str, handle: Handle) -> None:
        """Let a handler hear an event type. One name may hear several types, in one batch, in order."""
        self.declare(type_)
        known = self._handlers.setdefault(name, Handler(name, handle))
        names = self._listeners.setdefault(type_.topic, [])
        if known.handle is not handle or name in names:
            raise ValueError(f"the outbox handler {name!r} is registered twice")
        names.append(name)

    def knows(self, topic: str) -> bool:
        return topic in self._declared

    def listeners(self, topic: str) -> Sequence[str]:
        return self._listeners.get(topic, ())

    def handler(self, name: str) -> Handler | None:
        return self._handlers.get(name)

    def types(self) -> list[type[Event]]:
        return list(self._declared.values())

    def handlers(self) -> list[Handler]:
        return list(self._handlers.values())

    def encode(self, event: Event) -> tuple[str, str]:
        """Return (topic, payload as JSON text); an undeclared type raises at once, not in the worker."""
        if self._declared.get(event.topic) is not type(event):
            raise Undecodable(f"the event type of topic {event.topic!r} is not declared")
        return event.topic, self._types[event.topic].dump_json(event).decode()

    def decode(self, topic: str, payload: str) -> Any:
        """Return the event, or raise Undecodable with the reason. Fields unknown today are ignored."""
        if topic not in self._types:
            raise Undecodable(f"unknown topic {topic!r}")
        try:
            return self._types[topic].validate_json(payload)
        except pydantic.ValidationError as error:
            raise Undecodable(str(error)) from error


registry = Registry()
