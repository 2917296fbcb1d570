"""Reading the ledger: last links, heads, proofs, and the check of the whole (`verify`)."""

from yiwang.kernel.ledger.queries.heads import consistency, head, latest_head
from yiwang.kernel.ledger.queries.keys import public_key, trusted_keys
from yiwang.kernel.ledger.queries.links import find, last, last_of
from yiwang.kernel.ledger.queries.proofs import proof
from yiwang.kernel.ledger.queries.verification import Report, verify

__all__ = [
    "Report",
    "consistency",
    "find",
    "head",
    "last",
    "last_of",
    "latest_head",
    "proof",
    "public_key",
    "trusted_keys",
    "verify",
]
