"""Writing the proof file of one subject. `logic.proof` checks it, on any machine."""

import json
import uuid
from typing import Any

from yiwang.kernel.ledger import definitions
from yiwang.kernel.ledger.logic import chain, heads, tree
from yiwang.kernel.ledger.logic import proof as proof_logic
from yiwang.kernel.ledger.models import LedgerEntry
from yiwang.kernel.ledger.queries import heads as head_queries
from yiwang.kernel.ledger.queries import keys

Paths = dict[int, list[bytes]]


def proof(subject: uuid.UUID) -> dict[str, Any]:
    """Return everything a citizen needs to check a subject's steps offline, as JSON-ready data.

    Holds the steps with their contents, the inclusion path of every sealed one under the newest head,
    that head and the public key. A subject without steps gives an empty list of entries.
    """
    entries = list(LedgerEntry.objects.filter(subject=subject).order_by("seq"))
    head, key = head_queries.latest_head(), keys.public_key()
    paths = _paths([entry.leaf for entry in entries if entry.leaf is not None], head)
    contents = _contents(entries)
    return {
        "format": proof_logic.FORMAT,
        "subject": str(subject),
        "entries": [_entry(entry, contents.get(entry.seq), paths) for entry in entries],
        "head": heads.to_json(head) if head else None,
        "public_key": heads.public_pem(key) if key else None,
    }


def _contents(entries: list[LedgerEntry]) -> dict[int, Any]:
    kinds = {entry.kind for entry in entries}
    subjects = [entry.subject for entry in entries[:1]]
    sources = [source for kind in kinds if (source := definitions.source_of(kind))]
    return {seq: content for source in sources for _subject, seq, content in source.payloads(subjects)}


def _paths(leaves: list[int], head: definitions.Head | None) -> Paths:
    if head is None:
        return {}
    ranges = {leaf: tree.inclusion_ranges(leaf, head.size) for leaf in leaves}
    hashes = head_queries.range_hashes({one for several in ranges.values() for one in several})
    return {leaf: [hashes[one] for one in several] for leaf, several in ranges.items()}


def _entry(entry: LedgerEntry, content: Any, paths: Paths) -> dict[str, Any]:
    path = [] if entry.leaf is None else paths[entry.leaf]
    body = chain.canonical({**_identity(entry), "content": content})
    return {
        **json.loads(body),
        "prev": bytes(entry.prev).hex(),
        "hash": bytes(entry.hash).hex(),
        "leaf": entry.leaf,
        "path": [one.hex() for one in path],
    }


def _identity(entry: LedgerEntry) -> dict[str, Any]:
    return {"kind": entry.kind, "subject": entry.subject, "seq": entry.seq, "at": entry.at}
