"""A spike of arrivals: 1 whole life a second, then 35, then 1 again, with web and worker running.

Arrivals keep their own time whatever the platform does; the request comes over HTTP, the steps in process, as the
desk's would. Target: no error, and afterwards the latency of before (at most twice, on a shared machine).
"""

import json
import time
import urllib.request
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection

from benchmarks import figures, play, shooting, stage
from yiwang.cases.queries import visible
from yiwang.kernel.access import logic as access

TARGET = 2.0


def run(*, full: bool) -> None:
    stage.fresh(stage.EMPTY)
    cast, calm = play.Cast(), 20 if full else 8
    with stage.web() as port, stage.worker(), ThreadPoolExecutor(32) as pool:
        for _ in range(40):
            _live(cast, port)
        before, _, after = (
            _phase(pool, cast, port, rate, seconds) for rate, seconds in ((1, calm), (35, calm), (1, calm))
        )
        pool.submit(connection.close)
    figures.line(
        "latency after the spike against before", f"{after:.0f} ms", after / before, TARGET, least=False
    )


def _phase(pool: ThreadPoolExecutor, cast: play.Cast, port: int, rate: int, seconds: int) -> float:
    """Let lives arrive at a rate; return the median milliseconds of one."""
    begun, lives = time.monotonic(), []
    for number in range(rate * seconds):
        time.sleep(max(0.0, begun + number / rate - time.monotonic()))
        lives.append(pool.submit(_live, cast, port))
    times = [life.result() for life in lives]
    p50, p95 = figures.percentiles(times)
    figures.line(f"{rate} arrivals a second for {seconds} s, no error", f"{p50:.0f} / {p95:.0f} ms")
    return p50


def _live(cast: play.Cast, port: int) -> float:
    """Live one life; return how many milliseconds it took."""
    begun = time.perf_counter()
    filed = _file(port)
    case = visible.cases(access.citizen(filed["tracking"])).values_list("pk", flat=True).get()
    cast.handle(case, filed["tracking"])
    return 1000 * (time.perf_counter() - begun)


def _file(port: int) -> dict[str, Any]:
    head = {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())}
    request = urllib.request.Request(f"http://127.0.0.1:{port}{shooting.PATH}", shooting.BODY, head)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)
