"""Clearing contents that nobody refers to, drafts of killed processes, and files whose row never committed."""

import datetime as dt
import math
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from yiwang.kernel.files import queries
from yiwang.kernel.files.models import Derivative, StoredFile

SPARE = dt.timedelta(days=1)


def sweep(referenced: Iterable[str], spare: dt.timedelta = SPARE) -> int:
    """Delete stored files outside `referenced` that were last handed in longer than `spare` ago.

    Public forms live as long as their source. A file that another table still refers to is kept, even if the
    caller forgot to name it. Returns how many files are gone.
    """
    before = timezone.now() - spare
    kept = set(referenced)
    kept |= set(Derivative.objects.filter(source__in=kept).values_list("file", flat=True))
    old = StoredFile.objects.filter(stored_at__lt=before).values_list("pk", flat=True)
    # Sources go first: their public forms are free only then.
    derived = set(Derivative.objects.values_list("file", flat=True))
    orphans = sorted(
        (sha for sha in old.iterator() if sha not in kept), key=lambda sha: (sha in derived, sha)
    )
    return sum(_remove(sha, before) for sha in orphans) + sum(_clear(file) for file in _strays(before))


def _remove(sha: str, before: dt.datetime) -> bool:
    """Delete row and file together; whoever stores the same content meanwhile waits for the row."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("DELETE FROM files_derivative WHERE source_id = %s", [sha])
                cursor.execute(
                    "DELETE FROM files_storedfile WHERE sha256 = %s AND stored_at < %s", [sha, before]
                )
                gone = cursor.rowcount == 1
            if gone:
                queries.path(sha).unlink(missing_ok=True)
            return gone
    except IntegrityError:
        return False


def _strays(before: dt.datetime) -> Iterator[Path]:
    """Yield old files without a row. A file being stored just now is young: its draft was just written."""
    root = Path(settings.FILES_ROOT)
    known = set(StoredFile.objects.values_list("pk", flat=True))
    for pattern in ("tmp/*", "??/??/*"):
        for file in root.glob(pattern):
            if file.name not in known and _written(file) < before.timestamp():
                yield file


def _written(file: Path) -> float:
    """Return when a file was written; never, if its draft has just moved to its place."""
    try:
        return file.stat().st_mtime
    except FileNotFoundError:
        return math.inf


def _clear(file: Path) -> bool:
    file.unlink(missing_ok=True)
    return True
