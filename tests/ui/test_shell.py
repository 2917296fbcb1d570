"""The shell's own pages and promises: components, reading choices, languages, policy, and faults in words."""

import pytest
from django.test import Client, RequestFactory, override_settings
from django.urls import path
from django.utils import translation

from yiwang.ui import middleware, reading, shell, urls, views


def broken(_request):
    raise RuntimeError("a secret of the house")


urlpatterns = [*urls.urlpatterns, path("broken", broken), path("home", broken, name="home")]
handler404, handler500 = "yiwang.ui.views.not_found", "yiwang.ui.views.server_error"
shell_alone = override_settings(ROOT_URLCONF=__name__)


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    "address", ["/ui/components", "/ui/samples/portal", "/ui/samples/desk", "/ui/samples/wall"]
)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.django_db
def test_pages_show_in_both_languages(client, address, language):
    with shell_alone:
        page = client.get(address, headers={"accept-language": language})
    assert page.status_code == 200
    assert f'<html lang="{"en" if language == "en" else "zh-CN"}"' in page.text
    assert page.headers[middleware.HEADER] == middleware.POLICY


@pytest.mark.django_db
def test_size_and_contrast_are_kept_without_scripts(client):
    with shell_alone:
        answer = client.post(
            "/ui/reading", {"size": "large", "contrast": "high", "next": "/ui/components?a=1"}
        )
        assert answer.headers["Location"] == "/ui/components?a=1"
        page = client.get("/ui/components")
        assert page.status_code == 200
        assert 'data-size="large" data-contrast="high"' in page.text
        client.post("/ui/reading", {"size": ""})
        page = client.get("/ui/components").text
    assert 'data-size="' not in page.split(">", 2)[1]
    assert 'data-contrast="high"' in page


@pytest.mark.parametrize(
    "back", ["https://elsewhere.example/", "//elsewhere.example", "", "javascript:alert(1)"]
)
def test_reading_never_leads_elsewhere(client, back):
    with shell_alone:
        assert client.post("/ui/reading", {"next": back}).headers["Location"] == "/home"


def test_a_cookie_with_nonsense_is_ignored():
    nonsense = {"yiwang_size": '"><script>', "yiwang_contrast": "large"}
    assert reading.chosen(nonsense) == {"size": "", "contrast": ""}


def test_a_missing_page_is_said_to_people_and_to_htmx(client):
    with shell_alone:
        page = client.get("/nowhere", headers={"accept": "text/html"})
        short = client.get("/nowhere", headers={"hx-request": "true"})
        english = client.get("/nowhere", headers={"accept-language": "en", "hx-request": "true"})
    assert (page.status_code, short.status_code) == (404, 404)
    assert "<h1>页面不存在</h1>" in page.text
    assert short.text == "页面不存在：网址可能有误，或相关内容您无权查看。"
    assert english.text.startswith("There is no such page.")


def test_a_fault_tells_nothing_of_the_house(client):
    with shell_alone:
        page = client.get("/broken", headers={"accept": "text/html"})
        machine = client.get("/broken", headers={"accept": "application/json"})
    assert (page.status_code, machine.status_code) == (500, 500)
    assert "系统出错了" in page.text
    assert "secret" not in page.text + machine.text
    assert machine.headers["Content-Type"].startswith("text/plain")


@pytest.mark.parametrize(
    ("view", "status", "words"),
    [
        (views.bad_request, 400, "请求有误"),
        (views.forbidden, 403, "您无权查看"),
        (views.csrf_failure, 403, "表单已过期"),
    ],
)
def test_other_faults_have_their_words(view, status, words):
    with translation.override("zh-hans"):
        page = view(RequestFactory().get("/"), Exception())
    assert page.status_code == status
    assert words in page.text


def test_an_old_form_is_refused_in_words():
    with shell_alone:
        answer = Client(enforce_csrf_checks=True).post("/ui/reading", {"size": "large"})
    assert answer.status_code == 403
    assert "表单已过期" in answer.text


def test_an_answer_may_bring_its_own_policy():
    def answer(_request):
        from django.http import HttpResponse  # noqa: PLC0415

        return HttpResponse(headers={middleware.HEADER: "sandbox"})

    response = middleware.content_security(answer)(RequestFactory().get("/"))
    assert response.headers[middleware.HEADER] == "sandbox"


def test_the_brand_has_words_before_any_city():
    with translation.override("en"):
        assert str(shell.DEFAULT.line) == "One platform for the city's digital government"
    with translation.override("zh-hans"):
        assert str(shell.DEFAULT.desk) == "城市运行工作台"
