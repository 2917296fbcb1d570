"""The one screen listens to cases."""

from yiwang.kernel.outbox.definitions import Delivery
from yiwang.operations import actions


def count(batch: list[Delivery]) -> None:
    """Count what happened."""
    actions.count([one.event for one in batch])
