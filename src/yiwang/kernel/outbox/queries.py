"""Reading the outbox: what waits and what failed, for `yiwang check` and the people who watch it."""

from django.db.models import QuerySet

from yiwang.kernel.outbox.models import Failed, Message


def waiting() -> int:
    """Return how many messages are not handled yet."""
    return Message.objects.count()


def failed(*, dead: bool | None = None) -> QuerySet[Failed]:
    """Return failed deliveries, newest first; only dead or only living ones if asked."""
    rows = Failed.objects.order_by("-id")
    return rows if dead is None else rows.filter(dead=dead)
