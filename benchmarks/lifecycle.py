"""Whole lives of requests (open, dispatch, sign in, reply, close, rate) with nothing stored and with much stored.

Bounded by Python's work for five verbs and ten statements; what is stored must not matter, because every statement
finds its rows by keys. A figure published elsewhere for the same life: 37/s, falling to 6.3/s at 1 million rows on
16 cores. Both databases are on one server and take turns.
"""

import statistics

from benchmarks import figures, loading, play, stage

SHORT, FULL, THREADS, TARGET = 20_000, 1_000_000, 4, 0.9


def run(*, full: bool) -> None:
    stored = FULL if full else SHORT
    stage.use(stage.MILLION)
    loading.load(stored)
    stage.fresh(stage.EMPTY)
    rates: dict[str, list[float]] = {stage.EMPTY: [], stage.MILLION: []}
    for _ in range(5 if full else 2):
        for database, taken in rates.items():
            stage.use(database)
            cast = play.Cast()
            cast.live()
            taken.append(play.rate(cast.live, 6 if full else 4, THREADS))
    empty, much = (statistics.median(taken) for taken in rates.values())
    figures.line("lives a second, nothing stored", f"{empty:,.0f} lives/s")
    figures.line(f"lives a second, {stored:,} cases stored", f"{much:,.0f} lives/s", much / empty, TARGET)
