"""The HTTP side of the roof: health, language, sign-in, ports."""

import socket

import pytest
from django.test import Client

from yiwang.kernel.people import actions as people
from yiwang.site import web


@pytest.fixture
def clerk(db):
    return people.register("clerk", "李四", "a-long-secret-9")


def test_health_answers_while_the_database_does(client: Client, db):
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"database": True}
    assert "no-cache" in answer["Cache-Control"]
    assert client.post("/healthz").status_code == 405


def test_the_language_is_remembered_in_a_cookie(client: Client, db):
    answer = client.post("/set-language", {"language": "en", "next": "/sign-in"})
    assert answer.status_code == 302
    assert client.cookies["yiwang_language"].value == "en"
    assert 'lang="en"' in client.get("/sign-in").text


def test_signing_in_and_out(client: Client, clerk):
    assert 'lang="zh-CN"' in client.get("/sign-in").text
    wrong = client.post("/sign-in", {"username": "clerk", "password": "wrong"})
    assert wrong.status_code == 200
    assert "_auth_user_id" not in client.session
    assert client.post("/sign-in", {"username": "clerk", "password": "a-long-secret-9"}).status_code == 302
    assert client.session["_auth_user_id"] == str(clerk.pk)
    assert client.post("/sign-out").status_code == 302
    assert "_auth_user_id" not in client.session


def test_sign_in_does_not_lead_away_from_this_site(client: Client, clerk):
    secret = {"username": "clerk", "password": "a-long-secret-9", "next": "//elsewhere.example/"}
    assert "elsewhere" not in client.post("/sign-in", secret)["Location"]


def test_sign_in_asks_for_a_token_against_forgery(clerk):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/sign-in", {"username": "clerk", "password": "a-long-secret-9"}).status_code == 403


def test_a_taken_port_is_passed_over():
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        taken = holder.getsockname()[1]
        assert web.free_port("127.0.0.1", taken) > taken


def test_a_free_port_is_kept():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert web.free_port("127.0.0.1", port) == port


def test_htmx_is_sent_to_sign_in_with_the_whole_page(client):
    page = "http://testserver/desk/cases/?tab=open"
    answer = client.get("/desk/cases/", headers={"HX-Request": "true", "HX-Current-URL": page})
    assert answer.status_code == 204
    assert answer["HX-Redirect"] == "/sign-in?next=%2Fdesk%2Fcases%2F%3Ftab%3Dopen"
