"""The yardstick: PostgreSQL's own pgbench running the statement that opens a case, 16 clients, prepared.

The parameters that Python would send are recorded from one real opening; ids, codes and keys are made anew by
SQL in front of the statement, which is otherwise the very text of `cases.actions.statements.OPEN`.
"""

import json
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from benchmarks import play, stage
from yiwang.cases.actions import statements
from yiwang.cases.queries import prepared
from yiwang.site.postgres import cluster

CLIENTS = 16
FRESH = """
WITH fresh AS MATERIALIZED (
    SELECT (lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0') || '7'
            || substr(h, 1, 3) || '8' || substr(h, 4, 15))::uuid::text AS id,
           upper(substr(h, 20, 12)) AS tracking, h AS key
    FROM (SELECT md5(random()::text || clock_timestamp()::text) AS h) AS luck
),
"""


def transactions_per_second(seconds: int, clients: int = CLIENTS) -> float:
    """Return how many cases a second pgbench opens on the database in play."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "open.sql"
        script.write_text(_script())
        command = [
            str(program()), "--no-vacuum", "--protocol=prepared", f"--client={clients}", "--jobs=2",
            f"--time={seconds}", f"--file={script}", stage.address(stage.run("SELECT current_database()")[0][0]),
        ]  # fmt: skip
        report = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return float(re.search(r"tps = ([\d.]+)", report)[1])


def program() -> Path:
    """Return pgbench: the one beside the embedded server, or the machine's."""
    embedded = cluster.program("pgbench")
    return embedded if embedded.exists() else Path(shutil.which("pgbench") or "pgbench")


def _script() -> str:
    """Return the statement with recorded parameters, on one line, as pgbench wants it."""
    one, given = _recorded()
    statement = statements.OPEN.strip().removeprefix("WITH ")
    for number, rows in enumerate(given, 1):
        text = json.dumps(rows, ensure_ascii=False)
        for old, new in one.items():
            text = text.replace(old, f"@{new}@")
        made = f"$json${text}$json$"
        for new in one.values():
            made = f"replace({made}, '@{new}@', {new})"
        statement = statement.replace(f"${number}::", f"(SELECT {made} FROM fresh)::")
    return " ".join((FRESH + statement).split()) + ";\n"


def _recorded() -> tuple[dict[str, str], list[Any]]:
    """Open a case; return the parts of its parameters to be made anew, and the parameters."""
    sent: list[list[str]] = []
    run = prepared.run

    def recording(statement: str, given: Any) -> Any:
        sent.append(given)
        return run(statement, given)

    prepared.run = recording
    try:
        opened, opening = play.open_one()
    finally:
        prepared.run = run
    given = [json.loads(text) for text in sent[-1]]
    return {str(opened.id): "id", opened.tracking: "tracking", opening.key: "key"}, given
