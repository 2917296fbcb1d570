"""By subject: every chain has to be whole, in order, and what its owner's rows say."""

import datetime as dt
import itertools
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from yiwang.kernel.ledger import definitions
from yiwang.kernel.ledger.definitions import Finding
from yiwang.kernel.ledger.logic import chain
from yiwang.kernel.ledger.models import LedgerEntry

PAGE = 2_000
FIRST = uuid.UUID(int=0)
Contents = dict[int, Any]


class Row(NamedTuple):
    """One stored entry of a known kind and subject."""

    seq: int
    at: dt.datetime
    prev: bytes
    hash: bytes


class Chain(NamedTuple):
    """One subject's stored rows in order, and what its owner says of each step (None: nobody was asked)."""

    kind: str
    subject: uuid.UUID
    rows: list[Row]
    contents: Contents | None


def check() -> Iterator[Finding]:
    """Yield what is wrong with any chain of any kind, in the ledger or only in its owner's table."""
    for kind in sorted({*_kinds(), *definitions.sources.names()}):
        source = definitions.source_of(kind)
        if source is None:
            yield Finding("no-source", {"kind": kind, "count": LedgerEntry.objects.filter(kind=kind).count()})
        for one in _chains(kind, source):
            yield from _check(one)


def _kinds() -> Iterable[str]:
    return LedgerEntry.objects.order_by("kind").values_list("kind", flat=True).distinct()


def _chains(kind: str, source: definitions.Source | None) -> Iterator[Chain]:
    for subjects in _pages(kind, source):
        stored = _stored(kind, subjects[0], subjects[-1])
        told: dict[uuid.UUID, Contents] = defaultdict(dict)
        for subject, seq, content in source.payloads(subjects) if source else ():
            told[subject][seq] = content
        for subject in subjects:
            yield Chain(kind, subject, stored[subject], told[subject] if source else None)


def _stored(kind: str, first: uuid.UUID, last: uuid.UUID) -> dict[uuid.UUID, list[Row]]:
    rows = LedgerEntry.objects.filter(kind=kind, subject__gte=first, subject__lte=last).order_by(
        "subject", "seq"
    )
    stored: dict[uuid.UUID, list[Row]] = defaultdict(list)
    for subject, seq, at, prev, hashed in rows.values_list("subject", "seq", "at", "prev", "hash"):
        stored[subject].append(Row(seq, at, bytes(prev), bytes(hashed)))
    return stored


def _pages(kind: str, source: definitions.Source | None) -> Iterator[list[uuid.UUID]]:
    """Page through the subjects of both sides at once, so that neither side's gaps are skipped."""
    after = FIRST
    while True:
        sides = [_stored_subjects(kind, after), list(source.subjects(after, PAGE)) if source else []]
        ends = [side[-1] for side in sides if len(side) >= PAGE]
        page = sorted({one for side in sides for one in side if not ends or one <= min(ends)})
        if page:
            yield page
        if not ends:
            return
        after = min(ends)


def _stored_subjects(kind: str, after: uuid.UUID) -> list[uuid.UUID]:
    """Return the next page of rows' subjects; not DISTINCT, which would sort the whole table for each page."""
    rows = LedgerEntry.objects.filter(kind=kind, subject__gt=after).order_by("subject")
    return list(rows.values_list("subject", flat=True)[:PAGE])


def _check(one: Chain) -> Iterator[Finding]:
    expected, prev = 1, definitions.GENESIS
    for row in one.rows:
        if row.seq > expected:
            yield from _gap(one, expected, row.seq - 1)
        elif row.prev != prev:
            yield Finding("broken-link", _facts(one, row.seq))
        yield from _check_content(one, row)
        expected, prev = row.seq + 1, row.hash
    recorded = {row.seq for row in one.rows}
    for seq in sorted((one.contents or {}).keys() - recorded):
        yield Finding("entry-missing", _facts(one, seq))


def _gap(one: Chain, first: int, last: int) -> Iterator[Finding]:
    """Report steps gone from both sides; those the owner still has are reported as missing entries."""
    told = sorted(seq for seq in one.contents or () if first <= seq <= last)
    for before, after in itertools.pairwise([first - 1, *told, last + 1]):
        if after - before > 1:
            steps = str(before + 1) if after - before == 2 else f"{before + 1}–{after - 1}"
            yield Finding("gap", {**_facts(one, first), "seq": steps})


def _check_content(one: Chain, row: Row) -> Iterator[Finding]:
    if one.contents is None:
        return
    if row.seq not in one.contents:
        yield Finding("payload-missing", _facts(one, row.seq))
        return
    try:
        content = one.contents[row.seq]
        expected = chain.entry_hash(row.prev, one.kind, one.subject, row.seq, row.at, content)
    except definitions.Refused as refused:
        yield Finding("payload-unreadable", {**_facts(one, row.seq), "reason": str(refused)})
        return
    if expected != row.hash:
        yield Finding("altered", _facts(one, row.seq))


def _facts(one: Chain, seq: int) -> dict[str, Any]:
    return {"kind": one.kind, "subject": one.subject, "seq": seq}
