"""Many at once: one key opens once, one case has one winner, an alert is given once, no citizen is forgotten."""

import collections
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from tests.cases import make
from yiwang.cases import actions, models
from yiwang.cases.actions import writing
from yiwang.cases.definitions.refusals import Conflict, Refused
from yiwang.cases.logic import deciding
from yiwang.cases.queries import facts, worlds
from yiwang.kernel.ledger import queries as ledger
from yiwang.kernel.outbox import actions as outbox
from yiwang.kernel.outbox.models import Failed

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 8


@pytest.fixture(autouse=True)
def town(transactional_db):
    make.published()
    yield
    assert ledger.verify().findings == []


def at_once(what: Callable[[int], Any], threads: int = THREADS) -> list[Any]:
    """Do something in many threads that start together; return what each got or had raised."""
    results: list[Any] = [None] * threads
    start = threading.Barrier(threads)

    def run(number: int) -> None:
        start.wait()
        try:
            results[number] = what(number)
        except Exception as fault:  # noqa: BLE001 - the test looks at it
            results[number] = fault
        finally:
            connection.close()

    pool = [threading.Thread(target=run, args=(number,)) for number in range(threads)]
    for thread in pool:
        thread.start()
    for thread in pool:
        thread.join()
    return results


def drain() -> None:
    while outbox.drain():
        pass
    assert list(Failed.objects.values_list("handler", "error")) == []


def test_one_key_used_by_all_opens_one_case():
    asked = make.opening(key="same")
    results = at_once(lambda _: actions.open(asked))
    assert {one.id for one in results} == {models.Case.objects.get().id}
    assert sorted(one.repeated for one in results) == [False] + [True] * (THREADS - 1)


def test_a_used_key_among_others_costs_the_others_nothing():
    first = actions.open(make.opening(key="used"))
    asked = [make.opening(key="used"), *(make.opening() for _ in range(THREADS - 1))]
    results = at_once(lambda number: actions.open(asked[number]))
    assert results[0].id == first.id
    assert models.Case.objects.count() == THREADS
    assert models.Event.objects.filter(action="open").count() == THREADS


def test_the_same_file_imported_by_all_opens_each_row_once():
    asked = [make.opening(key=f"row:{n}", title=f"井盖 {n}") for n in range(40)]
    results = at_once(lambda _: actions.open_many(asked), threads=4)
    assert models.Case.objects.count() == 40
    assert all([one.id for one in result] == [one.id for one in results[0]] for result in results)


def test_of_many_actions_on_one_case_one_wins_and_the_others_learn_why():
    case, handler = make.case(), make.person("handler", "water")
    results = at_once(lambda number: actions.perform(case.id, "sign_in", handler, {}, f"mine:{number}"))
    kinds = collections.Counter(type(one) for one in results)
    assert kinds[actions.Outcome] == 1
    assert kinds[Conflict] + kinds[Refused] == THREADS - 1
    assert {one.code for one in results if isinstance(one, Refused)} <= {"conflict", "wrong-state"}
    assert list(models.Event.objects.filter(case=case.id).order_by("seq").values_list("seq", "action")) == [
        (1, "open"), (2, "route"), (3, "sign_in"),
    ]  # fmt: skip


def test_one_key_used_by_all_acts_once_and_all_hear_the_same():
    case, handler = make.case(), make.person("handler", "water")
    results = at_once(lambda _: actions.perform(case.id, "sign_in", handler, {}, "same"))
    assert {(one.state, one.seq) for one in results} == {("handling", 3)}
    assert models.Event.objects.filter(case=case.id, action="sign_in").count() == 1


def test_steps_on_many_cases_share_statements_and_keep_apart():
    handler = make.person("handler", "water")
    cases = [make.case(title=f"井盖 {n}") for n in range(THREADS)]

    def work(number: int) -> list[str]:
        order = cases[number:] + cases[:number]
        done = actions.perform_many([one.id for one in order], "sign_in", handler, {}, f"batch:{number}")
        return [one.state for one in done.values() if isinstance(one, actions.Outcome)]

    assert sum(len(one) for one in at_once(work)) == THREADS
    assert set(models.Case.objects.values_list("state", "seq")) == {("handling", 3)}


def test_workers_give_each_alert_once():
    cases = make.cases(12)
    clock = models.Clock.objects.filter(code="sign_in")
    clock.update(next_at="2026-01-01T00:00Z")
    assert sum(at_once(lambda _: actions.fire_due(), threads=4)) == len(cases)
    alerts = models.Event.objects.filter(action="alert").values_list("case", flat=True)
    assert sorted(alerts) == sorted(one.id for one in cases)


def test_an_alert_that_cannot_be_given_does_not_hold_up_the_others():
    broken, sound = make.cases(2)
    models.Clock.objects.filter(code="sign_in").update(next_at="2026-01-01T00:00Z")
    models.Clock.objects.filter(case=broken.id, code="sign_in").update(alerts_fired=99)
    assert actions.fire_due() == 1
    assert models.Event.objects.get(action="alert").case_id == sound.id


def test_nobody_is_merged_into_a_case_that_has_just_moved():
    parent, child = make.case(), make.case()
    handler, verifier = make.person("handler", "water"), make.person("verifier")
    make.act(child, "sign_in", handler)
    seen = facts.load(parent.id).case
    make.handled(parent, handler, verifier)
    with pytest.raises(Conflict) as refusal:
        make.act(child, "merge", handler, case=seen)
    assert refusal.value.code == "target-moved"
    assert models.Case.objects.get(pk=child.id).merged_into_id is None


def test_who_is_merged_while_the_parent_is_being_closed_is_answered_too():
    parent, child = make.case(), make.case()
    handler, verifier = make.person("handler", "water"), make.person("verifier")
    make.act(child, "sign_in", handler)
    make.act(parent, "sign_in", handler)
    make.act(parent, "reply", handler, reply="井盖已更换")
    loaded = facts.load(parent.id).case
    close = deciding.decide(
        worlds.of(loaded.release), loaded, "close", verifier, {}, "closing", writing.now()
    )
    make.act(child, "merge", handler, case=loaded)
    writing.write_move(writing.Writing(close, "closing"))
    drain()
    child_events = models.Event.objects.filter(case=child.id).order_by("seq").values_list("action", flat=True)
    assert child_events.last() == "close_with_parent"
