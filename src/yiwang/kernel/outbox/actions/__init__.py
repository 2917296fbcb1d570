"""Telling facts and delivering them: `emit` (or `EMIT` in a statement of one's own), `drain`, `retry_due`."""

from yiwang.kernel.outbox.actions.deliver import drain
from yiwang.kernel.outbox.actions.emit import CHANNEL, EMIT, emit, wake
from yiwang.kernel.outbox.actions.retry import retry_due, revive

__all__ = ["CHANNEL", "EMIT", "drain", "emit", "retry_due", "revive", "wake"]
