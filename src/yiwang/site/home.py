"""Where this installation keeps its things: data directory, secrets, database address, packs."""

import contextlib
import hashlib
import os
import secrets
from pathlib import Path

import platformdirs
from django.core.exceptions import ImproperlyConfigured

from yiwang.site.language import gettext as _


def path() -> Path:
    """Return the data directory (YIWANG_HOME, or the user's data directory), made if missing."""
    root = Path(os.environ.get("YIWANG_HOME") or platformdirs.user_data_dir("yiwang")).absolute()
    root.mkdir(parents=True, exist_ok=True)
    return root


def secret(name: str) -> str:
    """Return a secret that is made once and kept, readable by its owner only."""
    file = path() / "keys" / name
    if not file.exists():
        file.parent.mkdir(mode=0o700, exist_ok=True)
        draft = file.with_suffix(f".{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48))
        with contextlib.suppress(FileExistsError):  # another process was first: its secret counts
            os.link(draft, file)
        draft.unlink()
    return file.read_text()


def database_url() -> str:
    """Return DATABASE_URL, or the address of the embedded PostgreSQL."""
    return os.environ.get("DATABASE_URL") or f"postgresql:///yiwang?host={socket_directory()}&user=postgres"


def database_engine() -> str:
    """Return Django's engine: the embedded server's own one starts the server on connecting."""
    if not os.environ.get("DATABASE_URL"):
        return "yiwang.site.postgres.backend"
    if not database_url().startswith(("postgresql://", "postgres://")):
        raise ImproperlyConfigured(_("DATABASE_URL must begin with postgresql://"))
    return "django.db.backends.postgresql"


def socket_directory() -> Path:
    """Return the embedded server's socket directory; a Unix socket path has at most 107 bytes."""
    inside = path() / "postgres" / "run"
    if len(str(inside)) <= 80:
        return inside
    return Path("/tmp") / f"yiwang-{hashlib.sha256(str(inside).encode()).hexdigest()[:12]}"  # noqa: S108


def packs_root() -> Path:
    """Return the packs shipped with the product: beside the checkout, or inside the wheel."""
    package = Path(__file__).resolve().parents[1]
    beside = package.parents[1] / "packs"
    return beside if beside.is_dir() else package / "_packs"
