"""Published packs. A row never changes: a case that began under a release ends under it."""

import pgtrigger
from django.db import models
from django.db.models.functions import Now


class Sha256(models.Func):
    """SHA-256 of a text in UTF-8, as 64 hexadecimal digits."""

    template = "encode(sha256(convert_to(%(expressions)s, 'UTF8')), 'hex')"
    output_field = models.TextField()


class Release(models.Model):
    """One pack with everything it requires, as it was at one moment.

    `content` is the pack's canonical JSON text (see packs.digest), kept as text because the order of what
    is declared is part of it; PostgreSQL itself checks it against the digest.
    """

    id = models.BigAutoField(primary_key=True)
    pack = models.TextField()
    digest = models.CharField(max_length=64)
    content = models.TextField()
    published_at = models.DateTimeField(db_default=Now())
    published_by = models.TextField(default="", blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="release_digest_matches_content",
                condition=models.Q(digest=Sha256(models.F("content"))),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="immutable", operation=pgtrigger.Update | pgtrigger.Delete),
        ]
