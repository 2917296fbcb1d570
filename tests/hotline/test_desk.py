"""The agent's desk: only for the roles the pack names; suggestions, areas, former cases, and what was filed."""

import pytest
from django.urls import reverse

from tests.cases import make as town
from tests.hotline import make
from yiwang.cases import models
from yiwang.hotline.queries import agents
from yiwang.kernel.people.models import Person

pytestmark = pytest.mark.django_db
PAGES = ["hotline-new", "hotline-suggest", "hotline-areas", "hotline-caller"]


@pytest.fixture(autouse=True)
def desk(db):
    make.staffed()


@pytest.fixture
def agent(client):
    client.force_login(Person.objects.get(username__startswith="hotline-agent"))
    return client


def page(answer) -> str:
    return answer.content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_the_desk_is_closed_to_others(client, name: str):
    assert client.get(reverse(name)).status_code == 302
    client.force_login(Person.objects.get(username__startswith="handler"))
    assert client.get(reverse(name)).status_code == 403


def test_a_call_is_filed_and_its_way_explained(agent):
    typed = {
        "key": make.key(),
        "text": make.WORDS,
        "mobile": "138 1234 2217",
        "area": "510107007",
        "urgency": "2",
    }
    answer = agent.post(reverse("hotline-new"), typed)
    shown = page(agent.get(answer["Location"]))
    case = models.Case.objects.get()
    assert (case.channel, case.urgency, case.reporter_mobile) == ("hotline", 2, "13812342217")
    assert case.number in shown
    assert case.tracking in shown
    assert "武侯区水务局" in shown
    assert "新清单" in shown


def test_a_refused_call_keeps_what_was_typed(agent):
    answer = agent.post(reverse("hotline-new"), {"text": make.WORDS, "mobile": "12", "area": "510107007"})
    assert answer.status_code == 422
    assert make.WORDS in page(answer)
    assert "武侯区玉林街道" in page(answer)
    assert not models.Case.objects.exists()


def test_suggestions_name_the_words_that_speak(agent):
    shown = page(agent.get(reverse("hotline-suggest"), {"text": "雨水井的井盖"}))
    assert "井盖、雨水井" in shown
    assert "雨水井" not in page(agent.get(reverse("hotline-suggest"), {"text": "你好"}))


@pytest.mark.parametrize("words", ["玉林", "武侯 玉林", "510107007"])
def test_areas_are_found_by_name_and_code(agent, words: str):
    shown = page(agent.get(reverse("hotline-areas"), {"find": words}))
    assert 'value="510107007"' in shown


@pytest.mark.parametrize("words", ["", "火星", "\x00", "%"])
def test_no_area_is_no_fault(agent, words: str):
    assert 'type="radio"' not in page(agent.get(reverse("hotline-areas"), {"find": words}))


def test_former_cases_of_a_number_are_those_the_agent_may_see(agent):
    agent.post(reverse("hotline-new"), {"text": "路灯不亮", "mobile": "13812342217", "area": "510107007"})
    make.report(text="别处的井盖", mobile="13812342217")
    shown = page(agent.get(reverse("hotline-caller"), {"mobile": "138-1234-2217"}))
    assert "路灯不亮" in shown
    assert "别处的井盖" not in shown
    assert page(agent.get(reverse("hotline-caller"), {"mobile": "13812"})).strip()


def test_the_menu_offers_the_desk_to_agents_alone(agent):
    assert reverse("hotline-new") in page(agent.get(reverse("hotline-new")))
    assert agents.may_file(town.person("hotline-agent"))
    assert not agents.may_file(town.person("leader"))
