"""The JSON door: filing, following, problem details."""

import json

import pytest
from django.db import connection

from tests.hotline import make
from yiwang.cases import models
from yiwang.kernel.releases import queries as releases

pytestmark = pytest.mark.django_db
URL = "/api/v1/requests"


@pytest.fixture(autouse=True)
def desk(db):
    make.published()


def post(client, body, key: str | None = None, **headers):
    content = body if isinstance(body, str | bytes) else json.dumps(body)
    headers = {"Idempotency-Key": make.key() if key is None else key, **headers}
    return client.post(
        URL, content, content_type="application/json", headers={k: v for k, v in headers.items() if v}
    )


def test_a_request_is_filed_and_followed(client):
    answer = post(
        client, {"text": make.WORDS, "area": "武侯区玉林街道", "lon": 104.05, "lat": 30.65, "datum": "WGS-84"}
    )
    assert answer.status_code == 201
    filed = answer.json()
    assert answer["Location"] == f"{URL}/{filed['tracking']}"
    assert (filed["organisation"], filed["category"], filed["area"]) == ("water", "manhole", "510107007")
    told = client.get(answer["Location"]).json()
    assert (told["number"], told["state"]["name"]) == (filed["number"], "已派遣")
    assert told["steps"][0]["organisation"]


def test_the_same_key_gives_the_same_case_and_another_text_is_refused(client):
    first, again = (post(client, {"text": make.WORDS}, "k1").json() for _ in range(2))
    assert (first["tracking"], again["repeated"]) == (again["tracking"], True)
    refused = post(client, {"text": "别的"}, "k1")
    assert (refused.status_code, refused["Content-Type"]) == (422, "application/problem+json")
    assert models.Case.objects.count() == 1


@pytest.mark.parametrize("key", ["", "x" * 101, "键"])
def test_a_key_is_needed(client, key: str):
    headers = {"Idempotency-Key": key.encode().decode("latin-1")} if key else {}
    answer = client.post(URL, json.dumps({"text": "井盖"}), content_type="application/json", headers=headers)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"] == "no-key"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"text": "", "title": " "}, "text"),
        ({"text": "井盖", "mobile": "1"}, "mobile"),
        ({"text": "井盖", "category": "x"}, "category"),
        ({"text": "井盖", "colour": "red"}, "colour"),
        ({"text": 5}, "text"),
        ({"text": "井盖", "lon": "104"}, "lon"),
        ({"text": "井盖", "urgency": 9}, "urgency"),
        ({"text": "井盖\x00"}, "text"),
        ({}, "text"),
    ],
)
def test_faults_name_their_field_in_the_readers_language(client, body, field: str):
    for language in ("zh-hans", "en"):
        answer = post(client, body, **{"Accept-Language": language})
        assert answer.status_code == 422, answer.content
        problem = answer.json()
        assert problem["status"] == 422
        assert [one["field"] for one in problem["errors"]] == [field]
        assert (
            any("\u4e00" <= letter <= "\u9fff" for letter in problem["errors"][0]["message"])
            or language == "en"
        )
    assert not models.Case.objects.exists()


@pytest.mark.parametrize("body", ["", "{", b"\xff\xfe", "null", "[]", '"x"', '{"text": "\\ud800"}'])
def test_what_is_no_request_is_a_problem_not_a_fault(client, body):
    answer = post(client, body)
    assert answer.status_code in {400, 422}
    assert answer["Content-Type"] == "application/problem+json"


def test_an_unknown_code_is_not_found(client):
    answer = client.get(f"{URL}/222222222222", headers={"Accept-Language": "en"})
    assert (answer.status_code, answer.json()["detail"]) == (
        404,
        "There is no request with this tracking code.",
    )


def test_filing_asks_for_no_session_and_sets_no_cookie(client):
    answer = post(client, {"text": make.WORDS})
    assert not answer.cookies


def test_the_interface_describes_itself(client):
    described = client.get("/api/openapi.json").json()
    assert {"/api/v1/requests", "/api/v1/requests/{code}"} <= set(described["paths"])


@pytest.mark.django_db(transaction=True)
def test_filing_asks_the_database_nothing_besides_the_statement_that_writes(client):
    post(client, {"text": make.WORDS})
    releases.current()
    with connection.execute_wrapper(_forbid):
        assert post(client, {"text": make.WORDS}).status_code == 201


def _forbid(execute, sql, params, many, context):
    assert "pg_notify" in sql, f"an extra query: {sql}"
    return execute(sql, params, many, context)
