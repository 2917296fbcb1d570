"""What `yiwang work` repeats, and how often."""

from yiwang.cases import actions as cases
from yiwang.kernel.ledger import actions as ledger
from yiwang.kernel.outbox import actions as outbox
from yiwang.site import work
from yiwang.site.loops import Loop


def loops() -> list[Loop]:
    """Return the standing loops of the platform; each action locks what it takes, so many may run."""
    return [
        Loop("outbox", outbox.drain, interval=0.25, channel="yiwang_outbox"),
        Loop("outbox retries", outbox.retry_due, interval=1.0),
        Loop("deadlines", cases.fire_due, interval=1.0),
        Loop("ledger sealing", ledger.seal, interval=5.0),
        Loop("stranded jobs", work.revive, interval=30.0),
    ]
