"""Add increments to the counts of the one screen. Called in the outbox's transaction, so each counts once."""

from collections.abc import Sequence

from django.db import connection

from yiwang.cases.definitions.events import CaseMoved, CaseOpened
from yiwang.cases.logic import routing
from yiwang.cases.queries import worlds
from yiwang.operations.logic import counting
from yiwang.operations.models import MEASURES

HOURS = f"""
INSERT INTO operations_hour AS h (hour, district, category, channel, {", ".join(MEASURES)})
VALUES (%s, %s, %s, %s, {", ".join(["%s"] * len(MEASURES))})
ON CONFLICT (hour, district, category, channel) DO UPDATE SET
    {", ".join(f"{name} = h.{name} + excluded.{name}" for name in MEASURES)}
"""  # noqa: S608 - composed of constants

STANDING = """
INSERT INTO operations_standing AS s (area, light, open) VALUES (%s, %s, %s)
ON CONFLICT (area, light) DO UPDATE SET open = s.open + excluded.open
"""


def count(events: Sequence[CaseOpened | CaseMoved]) -> None:
    """Count events. Rows are touched in one order, so that two workers never wait for each other."""
    categories = worlds.current().categories
    hours = counting.hours(events, lambda code: [code, *routing.lineage(code, categories)][-1])
    standing = counting.standing(events)
    with connection.cursor() as cursor:
        cursor.executemany(HOURS, [(*key, *(hours[key][name] for name in MEASURES)) for key in sorted(hours)])
        changed = [(*key, standing[key]) for key in sorted(standing) if standing[key]]
        if changed:
            cursor.executemany(STANDING, changed)
