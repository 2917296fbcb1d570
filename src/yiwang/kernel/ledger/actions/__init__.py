"""Writing the ledger: append steps (or compose `APPEND` into a statement of one's own), seal them, keep the key."""

from yiwang.kernel.ledger.actions.append import APPEND, append, write
from yiwang.kernel.ledger.actions.keys import ensure_key
from yiwang.kernel.ledger.actions.seal import seal

__all__ = ["APPEND", "append", "ensure_key", "seal", "write"]
