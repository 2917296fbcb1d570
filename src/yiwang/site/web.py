"""`yiwang web`: granian serving the WSGI application.

Before: the command or the supervisor. After: wsgi. Live streams get a process of their own beside this one.
"""

import os
import signal
import socket
from collections.abc import Callable
from typing import Any

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from yiwang.site import orphans

WORKERS = min(os.cpu_count() or 2, 8)
THREADS = 4  # the work is mostly Python's: more threads would only wait for each other


def serve(host: str, port: int) -> None:
    """Serve HTTP until SIGINT or SIGTERM; a worker process that dies is replaced."""
    Server(
        "yiwang.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=int(os.environ.get("YIWANG_WEB_WORKERS", WORKERS)),
        blocking_threads=int(os.environ.get("YIWANG_WEB_THREADS", THREADS)),
        blocking_threads_idle_timeout=600,
        backlog=2048,
        websockets=False,
        log_level=LogLevels.warning,
        log_access=os.environ.get("YIWANG_ACCESS_LOG", "") == "1",
        respawn_failed_workers=True,
        workers_kill_timeout=5,
    ).serve(target_loader=_application)


def free_port(host: str, wanted: int) -> int:
    """Return the wanted port, or the next free one within 100; raises OSError if none is.

    A plain bind is tried, because granian's shared ports would let two servers answer in turn.
    """
    for port in range(wanted, wanted + 100):
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                if port == wanted + 99:
                    raise
            else:
                return port
    raise OSError


def _application(_target: str) -> Callable[..., Any]:
    """Load the application inside a worker process."""
    orphans.end_with_parent(signal.SIGTERM)
    from yiwang.site import wsgi  # noqa: PLC0415 - after the fork: connections are not shared

    return wsgi.application
