"""Hot statements: planned once for each connection, and sent again when the connection was lost."""

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from tests.cases import make
from yiwang.cases import actions, models
from yiwang.cases.queries import prepared, worlds


def prepared_names() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        return [text for (text,) in cursor.fetchall()]


@pytest.fixture(autouse=True)
def whole_again():
    yield
    if not connection.in_atomic_block:
        connection.close()


def cut() -> None:
    """Let the server end this connection while it is idle."""
    number = prepared.run("SELECT pg_backend_pid()", [])[0][0]
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [number])
    other.close()


@pytest.mark.django_db
def test_a_statement_is_prepared_once():
    for number in range(3):
        assert prepared.run("SELECT $1::int + 1", [number]) == [(number + 1,)]
    assert prepared_names().count("SELECT $1::int + 1") == 1


@pytest.mark.django_db(transaction=True)
def test_a_lost_connection_is_made_anew():
    cut()
    assert prepared.run("SELECT $1::int", [7]) == [(7,)]


@pytest.mark.django_db(transaction=True)
def test_inside_a_transaction_a_lost_connection_is_a_fault():
    with pytest.raises(OperationalError), transaction.atomic():
        prepared.run("SELECT 1 FROM (SELECT pg_terminate_backend(pg_backend_pid())) AS gone", [])


@pytest.mark.django_db(transaction=True)
def test_a_server_that_was_restarted_costs_no_citizen_an_error():
    make.published()
    handler = make.person("handler", "water")
    worlds.current()  # known for a second; a web request asks it over a connection whose health was checked
    cut()
    opened = make.case()
    assert models.Event.objects.filter(case=opened.id).count() == 2
    cut()
    assert make.act(opened, "sign_in", handler).state == "handling"


@pytest.mark.django_db(transaction=True)
def test_a_fault_of_the_statement_is_not_tried_again():
    make.published()
    first = actions.open(make.opening(key="used"))
    with pytest.raises(IntegrityError):
        prepared.run(
            "INSERT INTO cases_event (case_id, seq, action, actor_kind, organisation_id, at, from_state, to_state, "
            "note, data, public) VALUES ($1, 1, 'x', 'x', 'water', now(), '', '', '', '{}', true) RETURNING id",
            [first.id],
        )
