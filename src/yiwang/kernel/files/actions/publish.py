"""The public form of a photo: only pixels, upright, of moderate size. Made once, when first asked for."""

import io

from django.db import transaction

from yiwang.kernel.files import definitions, queries
from yiwang.kernel.files.actions.store import store
from yiwang.kernel.files.definitions import Refused
from yiwang.kernel.files.logic import photos
from yiwang.kernel.files.models import Derivative, StoredFile

LONGEST = {"publication": 2048, "thumbnail": 320}


def publication(sha: str) -> StoredFile:
    """Return the photo without position, time, camera or any other metadata, at most 2048 pixels a side."""
    return _derive(sha, "publication")


def thumbnail(sha: str) -> StoredFile:
    """Return a small form for lists, at most 320 pixels a side, without metadata as well."""
    return _derive(sha, "thumbnail")


def _derive(sha: str, form: str) -> StoredFile:
    made = Derivative.objects.select_related("file").filter(source=sha, form=form).first()
    return made.file if made else _make(queries.get(sha), form)


def _make(source: StoredFile, form: str) -> StoredFile:
    if source.media_type not in definitions.IMAGES:
        raise Refused("no-publication")
    with queries.open(source.sha256) as stream:
        content = photos.published(stream, LONGEST[form])
    with transaction.atomic():
        file = store(io.BytesIO(content), definitions.PHOTO)
        Derivative.objects.bulk_create(
            [Derivative(source=source, form=form, file=file)], ignore_conflicts=True
        )
    return file
