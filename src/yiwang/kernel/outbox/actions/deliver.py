"""Draining the outbox: take a batch, hand it to every handler, delete it, all in one transaction.

A handler's database effects and the deletion of the message commit together, so each happens exactly once,
whenever the process is killed. What a handler refuses becomes a `Failed` row for `retry`.
"""

import json
import logging
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from yiwang.kernel.outbox import definitions, logic
from yiwang.kernel.outbox.definitions import Delivery
from yiwang.kernel.outbox.models import Failed

log = logging.getLogger(__name__)

TAKE = """
DELETE FROM outbox_message
 WHERE id = ANY (ARRAY(SELECT id FROM outbox_message ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED))
RETURNING id, topic, payload::text, at
"""


class Taken(NamedTuple):
    """A message as it was stored."""

    id: int
    topic: str
    payload: str
    at: Any


class Refusal(NamedTuple):
    """A message that a handler (by name "": nobody) could not take, and why."""

    message: Taken
    handler: str
    error: str


def drain(limit: int = 500, *, registry: definitions.Registry = definitions.registry) -> int:
    """Deliver up to `limit` messages in the order they were written; return how many were taken.

    Several workers may drain at once; each message has one of them. Order holds within one batch.
    """
    with transaction.atomic():
        messages = _take(limit)
        if messages:
            _record(list(_deliver(messages, registry)))
    return len(messages)


def _take(limit: int) -> list[Taken]:
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [limit])
        return sorted(Taken(*row) for row in cursor.fetchall())


def _deliver(messages: list[Taken], registry: definitions.Registry) -> Iterator[Refusal]:
    """Give every message to every handler that listens; yield those that could not be taken."""
    stored, batches = {}, defaultdict(list)
    for message in messages:
        stored[message.id] = message
        try:
            event = registry.decode(message.topic, message.payload)
        except definitions.Undecodable as error:
            yield Refusal(message, "", str(error))
            continue
        for name in registry.listeners(message.topic):
            batches[name].append(Delivery(message.id, event, message.at))
    for handler in registry.handlers():
        for delivery, fault in _hand_over(handler, batches.get(handler.name, [])):
            yield Refusal(stored[delivery.id], handler.name, fault)


def _hand_over(handler: definitions.Handler, batch: list[Delivery]) -> Iterator[tuple[Delivery, str]]:
    """Hand a batch over; if the handler refuses it, hand its messages over one by one."""
    if not batch or attempt(handler, batch) is None:
        return
    for delivery in batch:
        if error := attempt(handler, [delivery]):
            yield delivery, error


def attempt(handler: definitions.Handler, batch: list[Delivery]) -> str | None:
    """Run a handler in its own savepoint; return its fault, or None. A lost connection is nobody's fault."""
    try:
        with transaction.atomic():
            handler.handle(batch)
    except Exception as fault:
        if connection.needs_rollback or not connection.is_usable():
            raise
        log.warning("outbox handler %s refused %d message(s)", handler.name, len(batch), exc_info=True)
        return f"{type(fault).__name__}: {fault}"
    return None


def _record(refusals: list[Refusal]) -> None:
    now = timezone.now()
    Failed.objects.bulk_create(
        Failed(
            message=one.message.id,
            handler=one.handler,
            topic=one.message.topic,
            payload=json.loads(one.message.payload),
            told_at=one.message.at,
            attempts=1,
            due_at=now + logic.wait(1),
            error=one.error,
            dead=not one.handler,
        )
        for one in refusals
    )
