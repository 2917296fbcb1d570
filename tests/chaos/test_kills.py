"""Web, workers and PostgreSQL are killed at random under load; whatever was acknowledged is there, once.

With PGOPTIONS="-c synchronous_commit=off" acknowledged cases are lost, and this test says so.
The moments come from a seed, printed with a failure (YIWANG_CHAOS_SEED repeats it, as far as a race repeats).
"""

import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.chaos.town import MEMBERS, ROOT, Town
from yiwang.site import web

pytestmark = pytest.mark.chaos
SEED = int(os.environ.get("YIWANG_CHAOS_SEED") or time.time())
KILLS = int(os.environ.get("YIWANG_CHAOS_KILLS", "7"))


@pytest.fixture
def town(tmp_path: Path):
    there = Town(tmp_path, web.free_port("127.0.0.1", 18600))
    yield there
    there.end()


def driver(town: Town, *arguments: str) -> str:
    """Run the driver to its end; return what it prints."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.chaos", *arguments],
        env=town.environment, capture_output=True, text=True, cwd=ROOT, timeout=150, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    return run.stdout


def test_nothing_acknowledged_is_lost_or_done_twice(town: Town, tmp_path: Path):
    journal = tmp_path / "journal"
    journal.touch()
    driver(town, "prepare")
    for member in MEMBERS:
        town.start(member)
    with ThreadPoolExecutor(1) as aside:
        load = aside.submit(driver, town, "drive", str(town.port), str(journal))
        try:
            killed = town.torment(SEED, KILLS, lambda: journal.read_text().count("\n"))
        finally:
            journal.with_suffix(".over").touch()
        load.result()
    wrong = json.loads(driver(town, "check", str(journal)))
    assert not wrong, (f"seed {SEED}, killed {killed}", *wrong)
    assert journal.read_text().count("\n") > 100, "too little was acknowledged to prove anything"
