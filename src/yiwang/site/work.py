"""`yiwang work`: the queue worker and the standing loops (outbox, deadlines, sealing) in one process.

Before: the command or the supervisor. After: loops and the rooms' actions. Any number of these may run at
once: every loop's action locks what it takes.
"""

import asyncio
import contextlib
import logging
import signal
import threading

import procrastinate
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app as queue
from procrastinate.contrib.django import db_cleanup

from yiwang.site import loops

logger = logging.getLogger(__name__)
JOBS_AT_ONCE = 4
GRACE_SECONDS = 10.0
HEARTBEAT_SECONDS = 60  # a worker silent for so long is dead
HOPELESS_SECONDS = 3600  # no job takes so long: its end was lost with a connection
MOST_ATTEMPTS = 10  # a job that keeps killing its worker is left alone
STRANDED = """
    SELECT job.id FROM procrastinate_jobs job LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id
    WHERE job.status = 'doing'
      AND (coalesce(worker.last_heartbeat, '-infinity') < now() - make_interval(secs => %s)
           OR (SELECT max(event.at) FROM procrastinate_events event
               WHERE event.job_id = job.id AND event.type = 'started') < now() - make_interval(secs => %s))
      AND job.attempts < %s
    FOR UPDATE OF job SKIP LOCKED
"""


def run(standing: list[loops.Loop]) -> None:
    """Work until SIGINT or SIGTERM; current steps and jobs are finished first."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with loops.running(standing, stop):
        serve_queue(stop)


def serve_queue(stop: threading.Event) -> None:
    """Run queued jobs until `stop` is set; when the worker fails (the database went away) begin again."""
    pause = 1.0
    while not stop.is_set():
        try:
            asyncio.run(_serve_queue_once(stop))
            pause = 1.0
        except Exception as fault:  # noqa: BLE001 - the queue must come back whatever ended it
            logger.warning("queue worker failed, again in %.0f s: %s", pause, str(fault).strip())
            stop.wait(pause)
            pause = min(pause * 2, loops.LONGEST_PAUSE)


def revive() -> int:
    """Give jobs back to the queue whose worker was killed, or could not report their end; return how many.

    Such a job may have done its work already, so tasks must bear repeating.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(STRANDED, [HEARTBEAT_SECONDS, HOPELESS_SECONDS, MOST_ATTEMPTS])
        stranded = [number for (number,) in cursor.fetchall()]
        for number in stranded:
            queue.job_manager.retry_job_by_id(number, retry_at=timezone.now())
    return len(stranded)


async def _serve_queue_once(stop: threading.Event) -> None:
    async with _worker_app().open_async() as app:
        worker = asyncio.create_task(
            app.run_worker_async(
                concurrency=JOBS_AT_ONCE,
                fetch_job_polling_interval=1.0,
                install_signal_handlers=False,
                shutdown_graceful_timeout=GRACE_SECONDS,
                delete_jobs="successful",
            )
        )
        while not stop.is_set() and not worker.done():
            await asyncio.wait([worker], timeout=0.2)
        worker.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await worker


def _worker_app() -> procrastinate.App:
    """Return an app with the same tasks on the worker's own connections.

    The shared app keeps Django's: what a loop enqueues must stay inside its own transaction.
    """
    app = db_cleanup.DjangoApp(connector=queue.connector.get_worker_connector())  # type: ignore[attr-defined]
    app.tasks = queue.tasks
    app.periodic_registry = queue.periodic_registry
    return app
