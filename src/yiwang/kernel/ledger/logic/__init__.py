"""Pure thoughts of the ledger: canonical form, hash chains, the Merkle tree, heads, offline proofs.

`chain` links one subject's steps, `tree` is RFC 6962, `heads` signs, `proof` checks without a database.
"""

from yiwang.kernel.ledger.definitions import GENESIS
from yiwang.kernel.ledger.logic import heads, proof, tree
from yiwang.kernel.ledger.logic.chain import canonical, entry_hash, link, link_all, payload
from yiwang.kernel.ledger.logic.proof import check_proof

__all__ = [
    "GENESIS",
    "canonical",
    "check_proof",
    "entry_hash",
    "heads",
    "link",
    "link_all",
    "payload",
    "proof",
    "tree",
]
