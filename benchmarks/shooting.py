"""A lean load generator in a process of its own: keep-alive connections, each with one request on its way.

`python -m benchmarks.shooting PORT SECONDS CONNECTIONS` files requests and prints a JSON report: answers by
status, requests a second, milliseconds at the 50th and 95th per cent.
"""

import collections
import json
import re
import selectors
import socket
import statistics
import subprocess
import sys
import time
import uuid
from typing import Any

from benchmarks import home

PATH = "/api/v1/requests"
BODY = json.dumps(
    {
        "title": "玉林东路夜市占道经营",
        "text": "晚上九点以后，占道摊贩摆满人行道，行人只能走机动车道，油烟很大，请处理。" * 3,
        "category": "road-stall",
        "area": "510107007",
        "address": "玉林东路 12 号",
        "mobile": "13812345678",
    },
    ensure_ascii=False,
).encode()
LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


def report(port: int, seconds: float, connections: int) -> dict[str, Any]:
    """Shoot from a process of our own; return what it reports."""
    command = [sys.executable, "-m", "benchmarks.shooting", str(port), str(seconds), str(connections)]
    answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=home.ROOT)
    return json.loads(answer.stdout)


def request() -> bytes:
    """Return one filing of a request, under a key of its own."""
    head = (
        f"POST {PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Idempotency-Key: {uuid.uuid4()}\r\nContent-Length: {len(BODY)}\r\n\r\n"
    )
    return head.encode() + BODY


class Gun:
    """One connection."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.got, self.since = b"", 0.0

    def shoot(self) -> None:
        self.got, self.since = b"", time.perf_counter()
        self.socket.sendall(request())

    def hear(self) -> str | None:
        """Read what has come; return the status once the answer is whole."""
        more = self.socket.recv(65536)
        if not more:
            raise ConnectionError("the server hung up")
        self.got += more
        head, found, body = self.got.partition(b"\r\n\r\n")
        if found and len(body) >= int(LENGTH.search(head)[1]):
            return head.split(b" ", 2)[1].decode()
        return None


def shoot(port: int, seconds: float, connections: int) -> dict[str, Any]:
    """File requests for so long; return the report."""
    watch, statuses, times = selectors.DefaultSelector(), collections.Counter[str](), []
    for _ in range(connections):
        gun = Gun(port)
        watch.register(gun.socket, selectors.EVENT_READ, gun)
        gun.shoot()
    begun = time.perf_counter()
    while time.perf_counter() < begun + seconds:
        for key, _ in watch.select(timeout=5):
            gun = key.data
            if status := gun.hear():
                statuses[status] += 1
                times.append(1000 * (time.perf_counter() - gun.since))
                gun.shoot()
    cuts = statistics.quantiles(times or [0.0, 0.0], n=20) if len(times) != 1 else times * 19
    rate = statuses.total() / (time.perf_counter() - begun)
    return {"statuses": statuses, "rate": rate, "p50": cuts[9], "p95": cuts[18]}


if __name__ == "__main__":
    print(json.dumps(shoot(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]))))
