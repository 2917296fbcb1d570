"""Signed tree heads: their text (C2SP tlog-checkpoint), signature (Ed25519) and JSON file form."""

import base64
import binascii
import datetime as dt
import hashlib
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519

from yiwang.kernel.ledger import definitions
from yiwang.kernel.ledger.logic import chain

Private = ed25519.Ed25519PrivateKey
Public = ed25519.Ed25519PublicKey


def signed_text(size: int, root: bytes, at: dt.datetime) -> bytes:
    """Return the bytes that are signed: origin, size, root in base64 and time, one a line."""
    lines = [definitions.ORIGIN, str(size), base64.b64encode(root).decode(), chain.timestamp(at), ""]
    return "\n".join(lines).encode()


def sign(key: Private, size: int, root: bytes, at: dt.datetime) -> definitions.Head:
    signature = key.sign(signed_text(size, root, at))
    return definitions.Head(size, root, at, key_id(key.public_key()), signature)


def signature_holds(head: definitions.Head, key: Public) -> bool:
    """Tell whether the head was signed with this key."""
    try:
        key.verify(head.signature, signed_text(head.size, head.root, head.at))
    except InvalidSignature:
        return False
    return True


def key_id(key: Public) -> str:
    """Return the first 16 hex digits of SHA-256 over the raw public key."""
    return hashlib.sha256(key.public_bytes_raw()).hexdigest()[:16]


def public_pem(key: Public) -> str:
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_bytes(serialization.Encoding.PEM, form).decode()


def private_pem(key: Private) -> bytes:
    form, none = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, form, none)


def read_public(pem: bytes) -> Public:
    """Read a public key in PEM form, or raise Refused."""
    try:
        key = serialization.load_pem_public_key(pem)
    except ValueError as error:
        raise definitions.Refused("not-a-key", reason=str(error).split(".")[0]) from error
    if not isinstance(key, Public):
        raise definitions.Refused("not-a-key", reason=type(key).__name__)
    return key


def read_private(pem: bytes) -> Private:
    """Read a private key in PEM form, or raise Refused."""
    try:
        key = serialization.load_pem_private_key(pem, password=None)
    except (ValueError, TypeError) as error:
        raise definitions.Refused("not-a-key", reason=str(error).split(".")[0]) from error
    if not isinstance(key, Private):
        raise definitions.Refused("not-a-key", reason=type(key).__name__)
    return key


def to_json(head: definitions.Head) -> dict[str, Any]:
    """Return the head as it stands in files: hashes and signature in hex."""
    return {
        "origin": definitions.ORIGIN,
        "size": head.size,
        "root": head.root.hex(),
        "at": chain.timestamp(head.at),
        "key_id": head.key_id,
        "signature": head.signature.hex(),
    }


def from_json(data: Any) -> definitions.Head:
    """Read a head from its file form, or raise Refused."""
    try:
        if data["origin"] != definitions.ORIGIN or not isinstance(data["size"], int) or data["size"] < 1:
            raise definitions.Refused("not-a-head", reason=f"{data['origin']!r}, {data['size']!r}")
        return definitions.Head(
            data["size"],
            bytes.fromhex(data["root"]),
            dt.datetime.fromisoformat(data["at"]),
            str(data["key_id"]),
            bytes.fromhex(data["signature"]),
        )
    except (KeyError, TypeError, ValueError, binascii.Error) as error:
        if isinstance(error, definitions.Refused):
            raise
        raise definitions.Refused("not-a-head", reason=repr(error)) from error
