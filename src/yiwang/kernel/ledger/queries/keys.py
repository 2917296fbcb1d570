"""The signing key's public half, and retired ones that older heads still need."""

from pathlib import Path

from django.conf import settings

from yiwang.kernel.ledger.logic import heads


def key_file() -> Path:
    return Path(settings.LEDGER_KEY_FILE)


def public_key() -> heads.Public | None:
    """Return the public key, or None while no key was made yet."""
    file = key_file()
    return heads.read_private(file.read_bytes()).public_key() if file.exists() else None


def trusted_keys() -> dict[str, heads.Public]:
    """Return every key whose heads are accepted, by id: the present one and each `ledger*.pub` beside it."""
    retired = key_file().parent.glob(f"{key_file().stem}*.pub")
    keys = [heads.read_public(file.read_bytes()) for file in sorted(retired)]
    present = public_key()
    return {heads.key_id(key): key for key in [*keys, *([present] if present else [])]}
