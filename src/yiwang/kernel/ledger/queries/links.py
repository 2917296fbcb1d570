"""The end of a subject's chain, which the next step has to name."""

import uuid
from collections.abc import Iterable

from yiwang.kernel.ledger import definitions
from yiwang.kernel.ledger.models import LedgerEntry

LAST_HASH = "(SELECT hash FROM ledger_entry WHERE subject = {subject} ORDER BY seq DESC LIMIT 1)"
"""SQL expression for callers that read their row and its last hash at once; `{subject}` is an expression."""


def last(subject: uuid.UUID) -> tuple[int, bytes]:
    """Return (seq, hash) of a subject's last step; (0, GENESIS) before the first."""
    return last_of([subject])[subject]


def last_of(subjects: Iterable[uuid.UUID]) -> dict[uuid.UUID, tuple[int, bytes]]:
    """Return (seq, hash) of the last step of each subject, in one query."""
    wanted = list(subjects)
    rows = (
        LedgerEntry.objects.filter(subject__in=wanted)
        .order_by("subject", "-seq")
        .distinct("subject")
        .values_list("subject", "seq", "hash")
    )
    found = {subject: (seq, bytes(hashed)) for subject, seq, hashed in rows}
    return {subject: found.get(subject, (0, definitions.GENESIS)) for subject in wanted}


def find(word: str) -> uuid.UUID | None:
    """Return the subject that a word names: its UUID, or a number that a registered source knows."""
    try:
        return uuid.UUID(word)
    except ValueError:
        found = (source.find(word) for source in definitions.sources if source.find)
        return next((subject for subject in found if subject), None)
