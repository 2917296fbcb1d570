"""Trying failed deliveries again when they are due, one by one, until they succeed or a person is needed."""

import datetime as dt
import json

from django.db import transaction
from django.utils import timezone

from yiwang.kernel.outbox import definitions, logic
from yiwang.kernel.outbox.actions import deliver
from yiwang.kernel.outbox.models import Failed


def retry_due(limit: int = 100, *, registry: definitions.Registry = definitions.registry) -> int:
    """Try due deliveries again; return how many were tried. The row goes with the success it waited for."""
    now = timezone.now()
    with transaction.atomic():
        due = Failed.objects.filter(dead=False, due_at__lte=now).order_by("due_at", "message")
        rows = list(due.select_for_update(skip_locked=True)[:limit])
        for row in rows:
            _retry(row, now, registry)
    return len(rows)


def _retry(row: Failed, now: dt.datetime, registry: definitions.Registry) -> None:
    error = _attempt(row, registry)
    if error is None:
        row.delete()
        return
    row.attempts += 1
    row.error, row.due_at = error, now + logic.wait(row.attempts)
    row.dead = logic.given_up(row.attempts)
    row.save(update_fields=["attempts", "error", "due_at", "dead"])


def _attempt(row: Failed, registry: definitions.Registry) -> str | None:
    handler = registry.handler(row.handler)
    if handler is None:
        return f"there is no handler {row.handler!r}"
    try:
        event = registry.decode(row.topic, json.dumps(row.payload))
    except definitions.Undecodable as error:
        return str(error)
    return deliver.attempt(handler, [definitions.Delivery(row.message, event, row.told_at)])


def revive(rows: list[int], *, registry: definitions.Registry = definitions.registry) -> int:
    """Make dead deliveries due again, after a person removed the cause; return how many.

    One that nobody could read goes to every handler that listens today; it stays while its topic is unknown.
    """
    now = timezone.now()
    with transaction.atomic():
        found = Failed.objects.select_for_update().filter(pk__in=rows, dead=True)
        dead = [row for row in found if row.handler or registry.knows(row.topic)]
        for row in dead:
            names = [row.handler] if row.handler else registry.listeners(row.topic)
            row.delete()
            Failed.objects.bulk_create(_again(row, name, now) for name in names)
    return len(dead)


def _again(row: Failed, handler: str, now: dt.datetime) -> Failed:
    return Failed(
        message=row.message,
        handler=handler,
        topic=row.topic,
        payload=row.payload,
        told_at=row.told_at,
        attempts=0,
        due_at=now,
        error=row.error,
    )
