"""Telling, delivering, failing, retrying."""

import datetime as dt
import importlib
import json
import os
import signal
import subprocess
import sys
import threading

import psycopg
import pytest
from django.db import connection, transaction
from django.utils import timezone

from tests.kernel.outbox import make
from tests.kernel.outbox.make import Closed, Opened
from yiwang.kernel.outbox import actions, logic, queries
from yiwang.kernel.outbox.models import Failed, Message


@pytest.fixture
def table(db):
    make.table()


def tell(made, *numbers):
    actions.emit(*(Opened(n) for n in numbers), registry=made)


def make_due():
    Failed.objects.update(due_at=timezone.now())


def test_what_is_told_reaches_every_listener_in_order(table):
    made = make.registry(("taker", make.taker()), ("other", make.taker("other")))
    tell(made, 3, 1, 2)
    assert actions.drain(registry=made) == 3
    assert make.effects() == make.effects("other") == [3, 1, 2]
    assert actions.drain(registry=made) == 0
    assert not Message.objects.exists()


def test_one_name_hears_several_types_in_one_ordered_batch(table):
    batches = []
    made = make.registry(("one", batches.append))
    handle = made.handler("one").handle
    made.on(Closed, "one", handle)
    actions.emit(Opened(1), Closed(2), Opened(3), registry=made)
    actions.drain(registry=made)
    assert [[one.event for one in batch] for batch in batches] == [[Opened(1), Closed(2), Opened(3)]]
    assert batches[0][0].at <= timezone.now()


def test_a_rolled_back_transaction_tells_nothing(table):
    made = make.registry(("taker", make.taker()))
    with transaction.atomic():
        tell(made, 1)
        transaction.set_rollback(True)
    assert actions.drain(registry=made) == 0


def test_emit_composes_into_a_statement(table):
    made = make.registry(("taker", make.taker()))
    topic, payload = made.encode(Opened(9))
    make.run(
        "WITH told AS (SELECT %s AS topic, %s::jsonb AS payload, now() AS at), "
        f"sent AS ({actions.EMIT.format(rows='told')}) SELECT 1",
        [topic, payload],
    )
    actions.drain(registry=made)
    assert make.effects() == [9]


def test_an_event_without_listeners_is_done(table):
    made = make.registry()
    tell(made, 1)
    assert actions.drain(registry=made) == 1
    assert not Failed.objects.exists()


def test_batches_are_limited(table):
    made = make.registry(("taker", make.taker()))
    tell(made, *range(7))
    assert [actions.drain(3, registry=made) for _ in range(4)] == [3, 3, 1, 0]
    assert make.effects() == list(range(7))


def test_one_handlers_fault_stops_nobody_else(table):
    made = make.registry(
        ("before", make.taker("before")), ("picky", make.picky({2})), ("after", make.taker("after"))
    )
    tell(made, 1, 2, 3)
    assert actions.drain(registry=made) == 3
    assert make.effects("before") == make.effects("after") == [1, 2, 3]
    assert make.effects("picky") == [1, 3]
    row = Failed.objects.get()
    assert (row.handler, row.payload["n"], row.attempts, row.dead) == ("picky", 2, 1, False)
    assert row.error == "ValueError: cannot take 2"
    assert row.due_at - timezone.now() < logic.wait(1)


def test_a_database_fault_of_a_handler_is_its_own(table):
    def broken(batch):
        make.run("SELECT 1/0")

    made = make.registry(("broken", broken), ("taker", make.taker()))
    tell(made, 1)
    actions.drain(registry=made)
    assert make.effects() == [1]
    assert "division by zero" in Failed.objects.get().error


def test_a_failed_delivery_is_tried_again_until_it_succeeds(table):
    bad = {1}
    made = make.registry(("picky", make.picky(bad)))
    tell(made, 1)
    actions.drain(registry=made)
    assert actions.retry_due(registry=made) == 0
    make_due()
    assert actions.retry_due(registry=made) == 1
    assert Failed.objects.get().attempts == 2
    bad.clear()
    make_due()
    assert actions.retry_due(registry=made) == 1
    assert make.effects("picky") == [1]
    assert not Failed.objects.exists()


def test_after_many_attempts_a_person_is_needed_and_can_revive(table):
    bad = {1}
    made = make.registry(("picky", make.picky(bad)))
    tell(made, 1)
    actions.drain(registry=made)
    for _ in range(logic.ATTEMPTS):
        make_due()
        actions.retry_due(registry=made)
    row = queries.failed(dead=True).get()
    assert row.attempts == logic.ATTEMPTS
    bad.clear()
    assert actions.revive([row.pk], registry=made) == 1
    assert actions.retry_due(registry=made) == 1
    assert make.effects("picky") == [1]
    assert not queries.failed().exists()


def test_a_handler_that_is_gone_keeps_its_deliveries(table):
    made = make.registry(("picky", make.picky({1})))
    tell(made, 1)
    actions.drain(registry=made)
    make_due()
    actions.retry_due(registry=make.registry())
    assert "no handler 'picky'" in Failed.objects.get().error


@pytest.mark.parametrize(
    ("topic", "payload", "reason"),
    [("test.unknown", {"n": 1}, "unknown topic"), ("test.opened", {"n": "x"}, "valid integer")],
)
def test_what_nobody_can_read_is_kept_dead_with_its_reason(table, topic, payload, reason):
    made = make.registry(("taker", make.taker()))
    Message.objects.create(topic=topic, payload=payload)
    tell(made, 5)
    assert actions.drain(registry=made) == 2
    row = Failed.objects.get()
    assert (row.dead, row.handler, row.payload) == (True, "", payload)
    assert reason in row.error
    assert make.effects() == [5]
    make_due()
    assert actions.retry_due(registry=made) == 0


def test_a_message_of_an_unknown_topic_is_delivered_once_it_is_known(table):
    Message.objects.create(topic="test.opened", payload={"n": 4})
    actions.drain(registry=(nothing := type(make.registry())()))
    row = Failed.objects.get()
    assert actions.revive([row.pk], registry=nothing) == 0
    made = make.registry(("taker", make.taker()), ("other", make.taker("other")))
    assert actions.revive([row.pk], registry=made) == 1
    assert actions.retry_due(registry=made) == 2
    assert make.effects() == make.effects("other") == [4]


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(1, 5), (2, 10), (5, 80), (10, 2560), (11, 3600), (99, 3600)]
)
def test_waits_double_up_to_an_hour(attempts, seconds):
    assert logic.wait(attempts) == dt.timedelta(seconds=seconds)


def address() -> str:
    made = connection.settings_dict
    pairs = {"host": made["HOST"], "port": made["PORT"], "user": made["USER"], "password": made["PASSWORD"]}
    pairs["dbname"] = made["NAME"]
    pairs |= {key: value for key, value in made["OPTIONS"].items() if key in ("host", "port", "user")}
    return psycopg.conninfo.make_conninfo(**{key: value for key, value in pairs.items() if value})


@pytest.mark.django_db(transaction=True)
def test_a_listener_is_woken_after_the_commit(monkeypatch):
    emitting = importlib.import_module("yiwang.kernel.outbox.actions.emit")
    monkeypatch.setattr(emitting, "_throttle", emitting._Throttle())
    made = make.registry()
    with psycopg.connect(address(), autocommit=True) as listener:
        listener.execute(f"LISTEN {actions.CHANNEL}")
        with transaction.atomic():
            tell(made, 1)
            assert not list(listener.notifies(timeout=0.05))
        assert len(list(listener.notifies(timeout=2, stop_after=1))) == 1
        for n in range(20):
            tell(made, n)
        assert len(list(listener.notifies(timeout=0.05))) <= 5


@pytest.mark.django_db(transaction=True)
def test_several_workers_deliver_each_message_once():
    make.table()
    made = make.registry(("taker", make.taker()))
    tell(made, *range(300))

    def work():
        try:
            while actions.drain(20, registry=made):
                pass
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(make.effects()) == list(range(300))
    make.run("DROP TABLE test_effect")


CHILD = """
import json, os, sys
import django
from django.conf import settings
settings.DATABASES["default"].update(json.loads(os.environ["TEST_DATABASE"]))
django.setup()
from tests.kernel.outbox import make
from yiwang.kernel.outbox import actions

def handle(batch):
    for number, one in enumerate(batch):
        make.effect(one.event.n)
        if number == len(batch) // 2:
            print("half", flush=True)
            sys.stdin.readline()

made = make.registry(("taker", handle))
while actions.drain(10, registry=made):
    pass
"""


@pytest.mark.chaos
@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle_of_a_batch_each_effect_happens_once():
    make.table()
    made = make.registry(("taker", make.taker()))
    tell(made, *range(40))
    keys = ("NAME", "HOST", "PORT", "USER", "PASSWORD")
    database = json.dumps({key: connection.settings_dict[key] for key in keys})
    for passed in (0, 1, 2):
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "TEST_DATABASE": database},
        )
        with child:
            for _ in range(passed):
                assert child.stdout.readline() == "half\n"
                child.stdin.write("\n")
                child.stdin.flush()
            assert child.stdout.readline() == "half\n"
            child.send_signal(signal.SIGKILL)
    while actions.drain(7, registry=made):
        pass
    assert sorted(make.effects()) == list(range(40))
    make.run("DROP TABLE test_effect")
