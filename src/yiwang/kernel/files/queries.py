"""Reading stored files. Whether an actor may see a file is decided by the room that refers to it."""

import re
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from yiwang.kernel.files import definitions
from yiwang.kernel.files.models import StoredFile

_SHA = re.compile(r"[0-9a-f]{64}")


def get(sha: str) -> StoredFile:
    """Return the stored file, or raise Refused("unknown")."""
    found = StoredFile.objects.filter(pk=sha).first() if _SHA.fullmatch(sha) else None
    if found is None:
        raise definitions.Refused("unknown", value=sha[:80])
    return found


def path(sha: str) -> Path:
    """Return where a content lies: under FILES_ROOT, as ab/cd/abcd…."""
    if not _SHA.fullmatch(sha):
        raise definitions.Refused("unknown", value=sha[:80])
    return Path(settings.FILES_ROOT) / sha[:2] / sha[2:4] / sha


def open(sha: str) -> BinaryIO:  # noqa: A001 - files.queries.open reads as what it is
    """Return the content as a stream; raise Refused("unknown") if it is not stored."""
    try:
        return path(sha).open("rb")
    except FileNotFoundError as error:
        raise definitions.Refused("unknown", value=sha) from error
