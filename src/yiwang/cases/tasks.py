"""Work of cases for the queue. Every task may be repeated."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from yiwang.cases.actions import sending


@app.task(name="cases.send_notice", queue="notices", retry=RetryStrategy(max_attempts=10, exponential_wait=5))
def send_notice(notice: int) -> None:
    """Send a notice to a citizen's mobile."""
    sending.send(notice)
