"""What follows a case's steps: search keys, notices, answers to merged cases. All idempotent."""

from yiwang.cases.actions import following
from yiwang.kernel.outbox.definitions import Delivery


def index(batch: list[Delivery]) -> None:
    """Make new cases findable."""
    following.index([one.event.case for one in batch])


def notify(batch: list[Delivery]) -> None:
    """Turn what a step tells into notices."""
    following.notify([(one.id, one.event) for one in batch])


def answer_merged(batch: list[Delivery]) -> None:
    """Answer every citizen whose case was merged into one that is answered or closed."""
    following.answer_merged([one.event for one in batch])
