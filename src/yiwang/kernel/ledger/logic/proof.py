"""Checking a proof file with nothing but the file and a public key: no database, no settings.

`queries.proofs` writes the file; docs/ledger.md shows the same check in twenty stand-alone lines.
"""

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import Any

from yiwang.kernel.ledger import definitions
from yiwang.kernel.ledger.definitions import Finding
from yiwang.kernel.ledger.logic import chain, heads, tree

FORMAT = "yiwang-ledger-proof-1"


def check_proof(proof: Any, public_key: bytes | None = None) -> list[Finding]:
    """Return everything wrong with a proof; notes (unsealed steps, key taken from the file) included.

    `public_key` is PEM. A proof that cannot be read as one gives the single finding "not-a-proof".
    """
    try:
        return list(_check(proof, public_key))
    except definitions.Refused as refused:
        return [Finding(refused.code, refused.params)]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        return [Finding("not-a-proof", {"reason": repr(error)})]


def _check(proof: Any, public_key: bytes | None) -> Iterator[Finding]:
    if not isinstance(proof, dict) or proof.get("format") != FORMAT:
        raise definitions.Refused("not-a-proof", reason=f"“format” is not {FORMAT}")
    if not proof["entries"]:
        yield Finding("empty")
    yield from _check_chain(proof)
    if proof["head"] is None:
        yield Finding("no-head")
        return
    head = heads.from_json(proof["head"])
    yield from _check_key(head, proof, public_key)
    for entry in proof["entries"]:
        yield from _check_inclusion(proof["subject"], entry, head)


def _check_chain(proof: dict[str, Any]) -> Iterator[Finding]:
    subject, prev, expected = uuid.UUID(proof["subject"]), definitions.GENESIS, 1
    for entry in proof["entries"]:
        if uuid.UUID(entry["subject"]) != subject:
            yield Finding("wrong-subject", {"seq": entry["seq"], "subject": entry["subject"]})
        facts = {"kind": entry["kind"], "subject": subject, "seq": entry["seq"]}
        if entry["seq"] != expected:
            yield Finding("gap", {**facts, "seq": expected})
        elif bytes.fromhex(entry["prev"]) != prev:
            yield Finding("broken-link", facts)
        prev = bytes.fromhex(entry["prev"])
        if entry.get("withheld") is True and "content" not in entry:
            yield Finding("withheld", facts)
        elif _hash(prev, entry).hex() != entry["hash"]:
            yield Finding("altered", facts)
        prev, expected = bytes.fromhex(entry["hash"]), entry["seq"] + 1


def _hash(prev: bytes, entry: dict[str, Any]) -> bytes:
    at, subject = dt.datetime.fromisoformat(entry["at"]), uuid.UUID(entry["subject"])
    return chain.entry_hash(prev, entry["kind"], subject, entry["seq"], at, entry["content"])


def _check_key(head: definitions.Head, proof: dict[str, Any], public_key: bytes | None) -> Iterator[Finding]:
    key = heads.read_public(public_key or proof["public_key"].encode())
    identity = heads.key_id(key)
    if public_key is None:
        yield Finding("own-key", {"key": identity})
    if head.key_id != identity:
        yield Finding("other-key", {"key": head.key_id, "given": identity})
    elif not heads.signature_holds(head, key):
        yield Finding("signature", {"size": head.size})


def _check_inclusion(subject: str, entry: dict[str, Any], head: definitions.Head) -> Iterator[Finding]:
    facts = {"subject": subject, "seq": entry["seq"]}
    if entry["leaf"] is None:
        yield Finding("unsealed", facts)
        return
    leaf, path = tree.leaf_hash(bytes.fromhex(entry["hash"])), [bytes.fromhex(one) for one in entry["path"]]
    if not tree.verify_inclusion(entry["leaf"], head.size, leaf, path, head.root):
        yield Finding("not-included", facts)
