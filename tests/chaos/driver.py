"""Who uses the tormented town: a process apart that files, acts, and keeps a journal of what was acknowledged.

`prepare` migrates, publishes and appoints; `drive` is the load until a file says stop; `check` waits until the town
is at rest and returns what is wrong. Requests and steps are tried again under the same key, as any
client should, until they are acknowledged.
"""

import datetime as dt
import itertools
import json
import threading
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, InterfaceError, connection

from yiwang.cases import actions
from yiwang.cases.definitions.facts import Opening
from yiwang.cases.definitions.refusals import Conflict
from yiwang.cases.queries import visible
from yiwang.kernel.access import logic as access
from yiwang.kernel.access import queries as access_queries
from yiwang.kernel.ledger import queries as ledger
from yiwang.kernel.people import actions as people
from yiwang.kernel.people import models as people_models
from yiwang.kernel.releases import actions as releases
from yiwang.packs import loading

CITIZENS, PATIENCE = 6, 60.0
LOST = (OSError, DatabaseError, InterfaceError)


def prepare() -> None:
    call_command("migrate", verbosity=0)
    releases.publish(loading.load(Path(__file__).parent / "hurry", roots=[settings.PACKS_ROOT]))
    handler = people.register("handler", "经办人", None)
    people.grant(handler, "urban", "handler", "510107", dt.date(2026, 1, 1))


class Journal:
    """What was acknowledged, a line each."""

    def __init__(self, path: Path) -> None:
        self.file, self.lock = path.open("a"), threading.Lock()

    def note(self, **acknowledged: Any) -> None:
        with self.lock:
            self.file.write(json.dumps(acknowledged) + "\n")
            self.file.flush()


def drive(port: int, path: Path) -> None:
    """Let citizens file and an official act until the journal's companion `.over` appears."""
    journal, over = Journal(path), path.with_suffix(".over")
    handler = access_queries.actor_of(people_models.Person.objects.get(username="handler"))
    numbers = itertools.count()

    def citizen() -> None:
        while not over.exists():
            live(port, next(numbers), handler, journal)
        connection.close()

    threads = [threading.Thread(target=citizen) for _ in range(CITIZENS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def live(port: int, number: int, handler: Any, journal: Journal) -> None:
    """File one case, by either door, and take it a random part of its way; the rest is left to the deadlines."""
    key = f"chaos-{uuid.uuid4()}"
    by = file_over_http if number % 2 else file_in_process
    tracking, case = insist(by, port, number, key)
    journal.note(opened=tracking, key=key, case=case)
    steps = [
        ("sign_in", handler, {}),
        ("close", handler, {"reply": "好"}),
        ("rate", access.citizen(tracking), {"grade": 5}),
    ]
    for action, actor, given in steps[: number % 5]:
        mark = f"{key}:{action}"
        done = insist(actions.perform, uuid.UUID(case), action, actor, given, mark)
        journal.note(step=action, key=mark, case=case, seq=done.seq)


def file_over_http(port: int, number: int, key: str) -> tuple[str, str]:
    body = {
        "title": f"件 {number}",
        "text": f"第 {number} 件，请尽快处理此事",
        "area": "510107",
        "mobile": "13812342217",
    }
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/api/v1/requests",
        json.dumps(body).encode(),
        {"Content-Type": "application/json", "Idempotency-Key": key},
    )
    with urllib.request.urlopen(request, timeout=5) as answer:
        tracking = json.load(answer)["tracking"]
    return tracking, str(visible.cases(access.citizen(tracking)).values_list("pk", flat=True).get())


def file_in_process(_port: int, number: int, key: str) -> tuple[str, str]:
    opened = actions.open(
        Opening(
            key, "hurry", f"件 {number}", "请尽快处理", "other", "510107", "web", access.NOBODY, dt.datetime.now(dt.UTC),
            reporter_mobile="13812342217",
        )
    )  # fmt: skip
    return opened.tracking, str(opened.id)


def insist(what: Callable[..., Any], *given: Any) -> Any:
    """Do something again under the same key until it is acknowledged; a fault that is not the town's is raised."""
    give_up = time.monotonic() + PATIENCE
    while True:
        try:
            return what(*given)
        except urllib.error.HTTPError as answer:
            if answer.code < 500:
                raise
        except (*LOST, Conflict):
            connection.close()
        if time.monotonic() > give_up:
            raise TimeoutError("the town did not come back")
        time.sleep(0.1)


def check(journal: Path) -> list[str]:
    """Return what is wrong once the town has come to rest."""
    lines = [json.loads(line) for line in journal.read_text().splitlines()]
    wrong = [] if at_rest() else [f"the town does not come to rest: {rows(UNREST)}"]
    for name, statement in QUESTIONS.items():
        wrong += [f"{name}: {row}" for row in rows(statement)[:5]]
    wrong += not_there(lines)
    wrong += sent_without_notice()
    return wrong + ledger_faults()


def at_rest(seconds: float = PATIENCE) -> bool:
    """Wait until nothing is on its way: no message, no failed delivery, no deadline, all sealed.

    A job whose worker was killed is given back after a minute; tests/site/test_work.py shows that, nothing
    here waits for it.
    """
    give_up = time.monotonic() + seconds
    while time.monotonic() < give_up:
        if not any(count for (count,) in rows(UNREST)):
            return True
        time.sleep(0.3)
    return False


UNREST = """
SELECT count(*) FROM outbox_message UNION ALL
SELECT count(*) FROM outbox_failed UNION ALL
SELECT count(*) FROM cases_clock WHERE next_at IS NOT NULL UNION ALL
SELECT count(*) FROM ledger_entry WHERE leaf IS NULL
"""
QUESTIONS = {
    "a key was used twice": "SELECT key FROM cases_event WHERE key IS NOT NULL GROUP BY key HAVING count(*) > 1",
    "two cases of one request": "SELECT title FROM cases_case GROUP BY title HAVING count(*) > 1",
    "a history has gaps": """
        SELECT id FROM cases_case c WHERE seq <> (SELECT count(*) FROM cases_event e WHERE e.case_id = c.id)""",
    "a state is not that of the last step": """
        SELECT c.id, c.state FROM cases_case c JOIN cases_event e ON e.case_id = c.id AND e.seq = c.seq
        WHERE e.to_state <> c.state""",
    "a head is not the last seal": """
        SELECT c.id FROM cases_case c LEFT JOIN ledger_entry l ON l.subject = c.id AND l.seq = c.seq
        WHERE l.hash IS DISTINCT FROM c.head""",
    "an alert was given twice": """
        SELECT case_id, data->>'clock', data->>'level' FROM cases_event WHERE action = 'alert'
        GROUP BY 1, 2, 3 HAVING count(*) > 1""",
    "an alert is missing or was not earned": """
        SELECT k.case_id, k.code, k.alerts_fired FROM cases_clock k WHERE k.alerts_fired <> (
            SELECT count(*) FROM cases_event e
            WHERE e.case_id = k.case_id AND e.action = 'alert' AND e.data->>'clock' = k.code)""",
    "a deadline was forgotten": """
        SELECT case_id, code FROM cases_clock WHERE stopped_at IS NULL AND alerts_fired < 2""",
    "a notice was given twice": """
        SELECT case_id, zh FROM cases_notice GROUP BY 1, 2, person_id, mobile
        HAVING count(*) > CASE WHEN zh LIKE '超时%' THEN (
            SELECT count(*) FROM cases_event e
            WHERE e.case_id = cases_notice.case_id AND e.data->>'level' = 'overdue') ELSE 1 END""",
    "a notice is missing": """
        SELECT c.id, wanted.zh FROM cases_case c CROSS JOIN LATERAL (
            SELECT '已登记：' || c.title AS zh UNION ALL SELECT '待签收：' || c.title UNION ALL
            SELECT '已办结：' || c.title FROM cases_event e WHERE e.case_id = c.id AND e.action = 'close' UNION ALL
            SELECT '超时：' || c.title FROM cases_event e WHERE e.case_id = c.id AND e.data->>'level' = 'overdue'
        ) wanted WHERE NOT EXISTS (SELECT FROM cases_notice n WHERE n.case_id = c.id AND n.zh = wanted.zh)""",
    "a notice of a step that was not committed": """
        SELECT id, zh FROM cases_notice n
        WHERE zh LIKE '已办结%' AND NOT EXISTS (
                  SELECT FROM cases_event e WHERE e.case_id = n.case_id AND e.action = 'close')
           OR zh LIKE '超时%' AND NOT EXISTS (
                  SELECT FROM cases_event e WHERE e.case_id = n.case_id AND e.data->>'level' = 'overdue')""",
    "a case cannot be found": """
        SELECT id FROM cases_case c WHERE NOT EXISTS (SELECT FROM cases_searchable s WHERE s.case_id = c.id)""",
}  # fmt: skip


def not_there(lines: list[dict[str, Any]]) -> list[str]:
    """Return what was acknowledged and is not in the database exactly as acknowledged."""
    cases = {(tracking, str(case)) for tracking, case in rows("SELECT tracking, id FROM cases_case")}
    steps = {(str(case), seq, action, key) for case, seq, action, key in rows(
        "SELECT case_id, seq, action, key FROM cases_event")}  # fmt: skip
    lost = [line for line in lines if "opened" in line and (line["opened"], line["case"]) not in cases]
    gone = [
        line for line in lines
        if "step" in line and (line["case"], line["seq"], line["step"], line["key"]) not in steps
    ]  # fmt: skip
    return [f"acknowledged and lost: {line}" for line in (lost + gone)[:5]]


def sent_without_notice() -> list[str]:
    """Return messages that left for a mobile without a committed notice."""
    file = Path(settings.HOME) / "outbox" / "sms.jsonl"
    lines = file.read_text().splitlines() if file.exists() else []
    known = {f"notice-{number}" for (number,) in rows("SELECT id FROM cases_notice WHERE mobile <> ''")}
    left = {json.loads(line)["reference"] for line in lines}
    return [f"sent without its commit: {one}" for one in sorted(left - known)[:5]]


def ledger_faults() -> list[str]:
    report = ledger.verify()
    return [f"ledger: {finding}" for finding in report.findings[:5]]


def rows(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()
