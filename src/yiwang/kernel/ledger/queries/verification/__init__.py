"""The check of the whole ledger: every chain against its owner's rows, every leaf, subtree and head.

`chains` goes by subject, `leaves` by leaf, both in one snapshot; memory does not grow with the ledger.
"""

import contextlib
import dataclasses
from collections.abc import Iterator

from django.db import connection, transaction

from yiwang.kernel.ledger import definitions
from yiwang.kernel.ledger.definitions import Finding
from yiwang.kernel.ledger.logic import heads
from yiwang.kernel.ledger.models import LedgerEntry
from yiwang.kernel.ledger.queries import heads as head_queries
from yiwang.kernel.ledger.queries import keys
from yiwang.kernel.ledger.queries.verification import chains, leaves


@dataclasses.dataclass(frozen=True, slots=True)
class Report:
    """What was checked (numbers of entries, and of those sealed) and everything that was found."""

    entries: int
    sealed: int
    findings: list[Finding]

    @property
    def sound(self) -> bool:
        return not any(finding.fault for finding in self.findings)


def verify(saved: definitions.Head | None = None) -> Report:
    """Check the whole ledger; `saved` is a head kept from before, which must be a prefix of today's tree."""
    with _snapshot():
        findings = [*chains.check(), *leaves.check(keys.trusted_keys()), *_check_saved(saved)]
        entries, head = LedgerEntry.objects.count(), head_queries.latest_head()
    return Report(entries, head.size if head else 0, findings)


@contextlib.contextmanager
def _snapshot() -> Iterator[None]:
    """Read everything as of one moment, so that steps written meanwhile are no findings."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _check_saved(saved: definitions.Head | None) -> Iterator[Finding]:
    if saved is None:
        return
    key = keys.trusted_keys().get(saved.key_id)
    if key is None:
        yield Finding("unknown-key", {"size": saved.size, "key": saved.key_id})
    elif not heads.signature_holds(saved, key):
        yield Finding("signature", {"size": saved.size})
    newest = head_queries.latest_head()
    sealed = newest.size if newest else 0
    if sealed < saved.size:
        yield Finding("shorter", {"size": saved.size, "sealed": sealed})
    elif _root_at(saved.size) != saved.root:
        yield Finding("not-a-prefix", {"size": saved.size})


def _root_at(size: int) -> bytes | None:
    try:
        return head_queries.range_hashes([(0, size)])[0, size]
    except definitions.Refused:  # a leaf or subtree is missing, which `leaves` reports
        return None
