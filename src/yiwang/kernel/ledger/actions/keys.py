"""The signing key: made once, readable by its owner only, its public half beside it."""

import os
import secrets
from pathlib import Path

from yiwang.kernel.ledger.logic import heads
from yiwang.kernel.ledger.queries import keys


def ensure_key() -> heads.Private:
    """Return the signing key; the first call ever makes it. Concurrent first calls agree on one key."""
    file = keys.key_file()
    if not file.exists():
        _make(file)
    return heads.read_private(file.read_bytes())


def _make(file: Path) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
    key = heads.Private.generate()
    _write(draft, heads.private_pem(key), 0o600)
    try:
        # A link never replaces a file: of two processes, the second one finds the key of the first.
        os.link(draft, file)
    except FileExistsError:
        return
    finally:
        draft.unlink()
    _write(file.with_suffix(".pub"), heads.public_pem(key.public_key()).encode(), 0o644)


def _write(file: Path, content: bytes, mode: int) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
