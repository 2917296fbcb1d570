"""Taking a file in: copy and hash, look at the bytes, then the row and the durable file.

The content is on disk (fsync) before the row can commit; what is refused leaves nothing behind.
"""

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from yiwang.kernel.files import definitions, queries
from yiwang.kernel.files.definitions import ImageFacts, Purpose, Refused
from yiwang.kernel.files.logic import photos, sniffing
from yiwang.kernel.files.models import StoredFile

CHUNK = definitions.MEGABYTE


class _Draft(NamedTuple):
    """A copy in the temporary folder, not yet known to anybody."""

    file: Path
    sha: str
    size: int


def store(stream: BinaryIO, purpose: Purpose) -> StoredFile:
    """Keep a content and return its row; the same content again returns the same row.

    Raises Refused if it is empty, too large, not of a kind the purpose allows, or damaged.
    """
    with _draft(stream, purpose.limit) as draft:
        with draft.file.open("rb") as copy:
            media_type = sniffing.check(copy, purpose)
            zone = timezone.get_default_timezone()
            facts = photos.read(copy, zone) if media_type in definitions.IMAGES else None
        return _keep(draft, media_type, facts)


@contextlib.contextmanager
def _draft(stream: BinaryIO, limit: int) -> Iterator[_Draft]:
    folder = Path(settings.FILES_ROOT) / "tmp"
    folder.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=folder)
    file = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as copy:
            sha, size = _copy(stream, copy, limit)
        yield _Draft(file, sha, size)
    finally:
        file.unlink(missing_ok=True)


def _copy(stream: BinaryIO, copy: BinaryIO, limit: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > limit:
            raise Refused("too-large", limit=limit // definitions.MEGABYTE)
        digest.update(chunk)
        copy.write(chunk)
    copy.flush()
    os.fsync(copy.fileno())
    return digest.hexdigest(), size


def _keep(draft: _Draft, media_type: str, facts: ImageFacts | None) -> StoredFile:
    """Write the row first: its lock keeps a sweep of the same content away until the file is in place."""
    with transaction.atomic():
        _upsert(draft, media_type, facts)
        _place(draft.file, queries.path(draft.sha))
        return StoredFile.objects.get(pk=draft.sha)


def _upsert(draft: _Draft, media_type: str, facts: ImageFacts | None) -> None:
    now = timezone.now()
    row = StoredFile(sha256=draft.sha, size=draft.size, media_type=media_type, created_at=now, stored_at=now)
    if facts:
        row.width, row.height, row.taken_at = facts.width, facts.height, facts.taken_at
        row.lon, row.lat, row.datum = facts.lon, facts.lat, facts.datum
    StoredFile.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["sha256"], update_fields=["stored_at"]
    )


def _place(draft: Path, final: Path) -> None:
    """Move a content to its place, durably; over the same content if it is there already."""
    final.parent.mkdir(parents=True, exist_ok=True)
    draft.chmod(0o640)
    draft.replace(final)
    for folder in (final.parent, final.parent.parent):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
