"""Send a notice to a citizen's mobile, through the sender the settings name. Called by the queue, after the commit."""

import json
import logging
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from yiwang.cases import models

log = logging.getLogger(__name__)


class Sender(Protocol):
    """What carries a short message. It raises where the message did not go out; the queue tries again."""

    def send(self, mobile: str, text: str, reference: str) -> None:
        """Send one message; the same `reference` again is the same message."""


class ConsoleSender:
    """Write messages to the log: for trying things out."""

    def send(self, mobile: str, text: str, reference: str) -> None:
        log.info("SMS %s to %s: %s", reference, mobile, text)


class FileSender:
    """Append messages to HOME/outbox/sms.jsonl, where a gateway or a tester picks them up."""

    def send(self, mobile: str, text: str, reference: str) -> None:
        folder = Path(settings.HOME) / "outbox"
        folder.mkdir(exist_ok=True)
        line = {"at": timezone.now().isoformat(), "reference": reference, "mobile": mobile, "text": text}
        with (folder / "sms.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def send(notice: int) -> bool:
    """Send a notice that has not been sent yet; return whether it was sent now."""
    sender: Sender = import_string(settings.SMS_SENDER)()
    with transaction.atomic():
        waiting = (
            models.Notice.objects.select_for_update()
            .filter(pk=notice, sent_at=None)
            .exclude(mobile="")
            .first()
        )
        if waiting is None:
            return False
        sender.send(waiting.mobile, waiting.zh, f"notice-{waiting.pk}")
        waiting.sent_at = timezone.now()
        waiting.save(update_fields=["sent_at"])
    return True
