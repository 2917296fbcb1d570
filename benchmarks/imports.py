"""`yiwang import requests FILE`: rows a second, the command's start included.

Bounded by Python: reading, keyword rules and checks, deciding and hashing, then one statement for 500 rows.
Target: 2,000 rows/s on two cores.
"""

import csv
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import figures, loading, stage

SHORT, FULL, TARGET = 20_000, 200_000, 2_000


def run(*, full: bool) -> None:
    stage.fresh(stage.EMPTY)
    rows = FULL if full else SHORT
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "requests.csv"
        _write(file, rows)
        first, again = _import(file), _import(file)
    stored = stage.run("SELECT count(*) FROM cases_case")[0][0]
    if stored != rows:
        raise SystemExit(f"{stored} cases of {rows} rows")
    figures.line(f"{rows:,} rows", f"{rows / first:,.0f} rows/s", rows / first / TARGET, 1)
    figures.line("the same file again, nothing opened", f"{rows / again:,.0f} rows/s")


def _write(file: Path, rows: int) -> None:
    luck = random.Random(3)
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(["编号", "标题", "内容", "地址", "手机号"])
        for number in range(rows):
            title, text, address = loading.words(luck)
            writer.writerow([number, title, text, address, f"13{luck.randrange(10**9):09d}"])


def _import(file: Path) -> float:
    """Import a file as an operator would; return the seconds it took."""
    begun = time.monotonic()
    command = [sys.executable, "-m", "yiwang.site.cli", "import", "requests", str(file), "--area", "510107"]
    run = subprocess.run(command, env=stage.environment(), capture_output=True, text=True, check=False)
    if run.returncode:
        raise SystemExit(f"import failed: {run.stdout}{run.stderr}")
    return time.monotonic() - begun
