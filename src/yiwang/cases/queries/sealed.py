"""The ledger's source for cases: the content of each step, recomputed from the history."""

import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from yiwang.cases import models
from yiwang.cases.logic import history
from yiwang.kernel.ledger.definitions import Source

COLUMNS = (
    "action", "actor_kind", "person_id", "post_id", "organisation_id", "from_state", "to_state", "note", "data",
    "public",
)  # fmt: skip


def payloads(cases: Sequence[uuid.UUID]) -> Iterator[tuple[uuid.UUID, int, Any]]:
    """Yield (case, seq, content) of every step of some cases."""
    rows = models.Event.objects.filter(case__in=cases).values_list("case_id", "seq", *COLUMNS)
    for case, seq, *columns in rows.iterator(chunk_size=5000):
        yield case, seq, history.content(*columns)


def subjects(after: uuid.UUID | None, limit: int) -> Sequence[uuid.UUID]:
    """Page through all cases in the order of their ids."""
    rows = models.Case.objects.order_by("id")
    later = rows.filter(id__gt=after) if after else rows
    return list(later.values_list("id", flat=True)[:limit])


def find(number: str) -> uuid.UUID | None:
    """Return the case with this number."""
    return models.Case.objects.filter(number=number.strip().upper()).values_list("id", flat=True).first()


SOURCE = Source(history.KIND, payloads, subjects, find)
