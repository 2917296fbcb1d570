"""The ledger: sealing entries into the Merkle tree and verifying every chain, leaf and head.

Sealing is bounded by one UPDATE of each entry (its leaf number) beside an INSERT of it, the ratio's yardstick;
verifying by reading the owner's rows and hashing them again.
"""

import time
from collections.abc import Callable

from benchmarks import figures, play, stage
from yiwang.cases import actions
from yiwang.kernel.ledger import actions as ledger
from yiwang.kernel.ledger import queries

SHORT, FULL, BATCH = 20, 200, 500
COPY = """
INSERT INTO bench_ledger (kind, subject, seq, at, prev, hash)
SELECT kind, subject, seq, at, prev, hash FROM ledger_entry
"""


def run(*, full: bool) -> None:
    stage.fresh(stage.EMPTY)
    for _ in range(FULL if full else SHORT):
        actions.open_many([play.opening(quiet=True) for _ in range(BATCH)])
    entries = stage.run("SELECT count(*) FROM ledger_entry")[0][0]
    stage.settle()
    stage.run("CREATE TABLE bench_ledger (LIKE ledger_entry INCLUDING ALL)")
    inserting = entries / _seconds(lambda: stage.run(COPY))
    stage.run("DROP TABLE bench_ledger")
    sealing = entries / _seconds(_seal)
    verifying = entries / _seconds(_verify)
    figures.line(f"raw INSERT … SELECT of {entries:,} entries", f"{inserting:,.0f}/s")
    figures.line("sealing, 5,000 at a time", f"{sealing:,.0f}/s", sealing / inserting)
    figures.line("verifying", f"{verifying:,.0f}/s", verifying / inserting)


def _seal() -> None:
    while ledger.seal():
        pass


def _verify() -> None:
    report = queries.verify()
    if report.findings:
        raise SystemExit(f"the ledger is not sound: {report.findings[:3]}")


def _seconds(what: Callable[[], object]) -> float:
    begun = time.monotonic()
    what()
    return time.monotonic() - begun
