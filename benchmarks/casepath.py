"""The case path against pgbench running the same statement with 16 clients on the same server.

In process, 16 threads share one interpreter lock: bounded by Python's own work for a case (deciding, hashing,
JSON), while pgbench spends nothing outside the server; waiting writers share statements, which wins part of it
back. Over HTTP two processes serve and a third shoots, all on the same cores. Bulk intake is one statement for 500.
Yardstick and figure take turns, and the medians are compared, because a shared machine drifts.
"""

import statistics
from collections.abc import Callable

from benchmarks import figures, pgbench, play, shooting, stage
from yiwang.cases import actions

THREADS, BATCH = 16, 500
TARGETS = {"in process": 0.5, "over HTTP": 0.25, "bulk, 500 at once": 2.0}


def run(*, full: bool) -> None:
    stage.fresh(stage.EMPTY)
    play.open_one()
    stage.settle()
    seconds, rounds = (6, 5) if full else (3, 3)
    with stage.web() as port:
        shooting.report(port, 6, THREADS)
        figures_of: dict[str, Callable[[], float]] = {
            "pgbench, 16 clients, same SQL": lambda: pgbench.transactions_per_second(seconds),
            "in process": lambda: play.rate(play.open_one, seconds, THREADS),
            "over HTTP": lambda: _over_http(port, seconds),
            "bulk, 500 at once": lambda: _bulk(seconds),
        }
        taken: dict[str, list[float]] = {name: [] for name in figures_of}
        for _ in range(rounds):
            for name, measure in figures_of.items():
                taken[name].append(measure())
    yardstick = statistics.median(taken["pgbench, 16 clients, same SQL"])
    for name, rates in taken.items():
        rate = statistics.median(rates)
        figures.line(name, f"{rate:,.0f} cases/s", rate / yardstick, TARGETS.get(name))


def _over_http(port: int, seconds: float) -> float:
    report = shooting.report(port, seconds, THREADS)
    if set(report["statuses"]) != {"201"}:
        raise SystemExit(f"not every request was taken: {report['statuses']}")
    return report["rate"]


def _bulk(seconds: float) -> float:
    """Return cases a second opened in batches, quietly: while one batch is written the next one is decided."""
    return BATCH * play.rate(
        lambda: actions.open_many([play.opening(quiet=True) for _ in range(BATCH)]), seconds, 2
    )
