"""Pages by cursor: each is read from where the last one ended, so the 10,000th costs what the first does.

Lists go by due time (those without one last) or by arrival, newest first. A page that crosses the border between
dated and undated cases is put together from two reads, each of which an index answers in order.
"""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Iterator, Mapping, Sequence

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy

from yiwang.cases import models
from yiwang.cases.queries import visible


@dataclasses.dataclass(frozen=True, slots=True)
class Page:
    """One page of cases and the cursors beside it ("" where there is none)."""

    rows: Sequence[models.Case]
    older: str
    newer: str


Cursor = tuple[dt.datetime | None, uuid.UUID]
Part = tuple[Q, tuple[str | OrderBy, ...]]
# The order of the index; also where only undated cases are asked for, or the planner would not see it.
BY_DUE = (F("due_at").asc(nulls_last=True), "id")
FROM_BEHIND = (F("due_at").desc(nulls_first=True), "-id")
DATED, UNDATED = Q(due_at__isnull=False), Q(due_at=None)


def page(rows: QuerySet[models.Case], params: Mapping[str, str], size: int, *, by_due: bool) -> Page:
    """Return one page after or before a cursor; a broken cursor gives the first page."""
    after, before = _cursor(params.get("after", "")), _cursor(params.get("before", ""))
    taken = _taken(rows, list(_parts(after, before, by_due=by_due)), size + 1)
    more, taken = len(taken) > size, taken[:size]
    if before and not after:
        taken.reverse()
    older = mark(taken[-1]) if taken and (more or (before and not after)) else ""
    newer = mark(taken[0]) if taken and (after or (before and more)) else ""
    return Page(taken, older, newer)


def _taken(rows: QuerySet[models.Case], parts: Sequence[Part], most: int) -> list[models.Case]:
    taken: list[models.Case] = []
    for where, order in parts:
        if len(taken) < most:
            taken += visible.listed(rows.filter(where)).order_by(*order)[: most - len(taken)]
    return taken


def _parts(after: Cursor | None, before: Cursor | None, *, by_due: bool) -> Iterator[Part]:
    """Yield the reads that make up a page: condition and order of each."""
    cursor = after or before
    if cursor is None:
        yield Q(), BY_DUE if by_due else ("-id",)
    elif not by_due:
        yield (Q(id__lt=cursor[1]), ("-id",)) if after else (Q(id__gt=cursor[1]), ("id",))
    elif after:
        yield from _later(*after)
    else:
        yield from _earlier(*cursor)


def _later(due: dt.datetime | None, case: uuid.UUID) -> Iterator[Part]:
    """Yield the reads after a case; the bound on the due time alone is where an index can begin."""
    if due is not None:
        yield Q(due_at__gte=due) & (Q(due_at__gt=due) | Q(id__gt=case)), BY_DUE
        yield UNDATED, BY_DUE
    else:
        yield UNDATED & Q(id__gt=case), BY_DUE


def _earlier(due: dt.datetime | None, case: uuid.UUID) -> Iterator[Part]:
    if due is None:
        yield UNDATED & Q(id__lt=case), FROM_BEHIND
        yield DATED, FROM_BEHIND
    else:
        yield Q(due_at__lte=due) & (Q(due_at__lt=due) | Q(id__lt=case)), FROM_BEHIND


def mark(row: models.Case) -> str:
    """Return the cursor that stands for a row."""
    due = row.due_at.astimezone(dt.UTC).isoformat() if row.due_at else ""
    return f"{due}_{row.pk}"


def _cursor(mark: str) -> Cursor | None:
    due, _, case = mark.rpartition("_")
    try:
        moment = dt.datetime.fromisoformat(due) if due else None
        return None if moment and moment.tzinfo is None else (moment, uuid.UUID(case))
    except ValueError:
        return None
