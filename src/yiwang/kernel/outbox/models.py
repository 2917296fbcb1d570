"""Tables of the outbox: messages on their way, and deliveries that failed. Written by `actions` only."""

from django.db import models
from django.db.models.functions import Now


class Message(models.Model):
    """An event told by a committed transaction and not handled yet."""

    topic = models.TextField()
    payload = models.JSONField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "outbox_message"


class Failed(models.Model):
    """A delivery that a handler could not take: tried again when due, or dead until a person looks at it.

    `handler` is empty when no handler could be asked, because the message itself cannot be read.
    """

    message = models.BigIntegerField()
    handler = models.TextField(blank=True)
    topic = models.TextField()
    payload = models.JSONField()
    told_at = models.DateTimeField()
    attempts = models.IntegerField()
    due_at = models.DateTimeField()
    error = models.TextField()
    dead = models.BooleanField(default=False)

    class Meta:
        db_table = "outbox_failed"
        constraints = [models.UniqueConstraint(fields=["message", "handler"], name="outbox_failed_once")]
        indexes = [models.Index(fields=["due_at"], condition=models.Q(dead=False), name="outbox_failed_due")]
