"""The staff desk over HTTP: pages, forms, refusals, conflicts, batches, notices, photos, and what they cost."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from tests.cases import make
from tests.kernel.files import make as files
from yiwang.cases import models
from yiwang.cases.logic import deciding
from yiwang.cases.queries import details
from yiwang.kernel.outbox import actions as outbox
from yiwang.kernel.people.models import Person

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def town(db, settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"
    make.published()


@pytest.fixture
def sit(client):
    """Return a function that signs a new person in and returns them as an actor."""

    def signed_in(role: str, *where: str):
        actor = make.person(role, *where)
        client.force_login(Person.objects.get(pk=actor.person))
        return actor

    return signed_in


def page(opened) -> str:
    return reverse("case", args=[opened.number])


def act(opened, action: str) -> str:
    return reverse("case-act", args=[opened.number, action])


def row(opened) -> models.Case:
    return models.Case.objects.get(pk=opened.id)


def steps(opened) -> list[str]:
    return list(models.Event.objects.filter(case=opened.id).order_by("seq").values_list("action", flat=True))


def text(response) -> str:
    return response.content.decode()


def upload(name: str = "井盖.jpg", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or files.photo(position=files.gps()).read(), "image/jpeg")


# --- who may come in --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["desk", "notices", "organisation-search", "case", "case-act", "case-photo"])
def test_strangers_are_asked_to_sign_in(client, name):
    number = make.case().number
    args = {"case": [number], "case-act": [number, "sign_in"], "case-photo": [number, "a" * 64]}.get(name, [])
    address = reverse(name, args=args)
    response = client.get(address)
    assert (response.status_code, response.url) == (302, f"{reverse('sign-in')}?next={address}")
    assert client.post(reverse("case-batch")).status_code == 302


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_case_of_others_does_not_exist(client, sit, method):
    opened = make.case(category="lamp")
    sit("handler", "jinjiang", "510104")
    before = steps(opened)
    for address in (
        act(opened, "sign_in"),
        reverse("case-photo", args=[opened.number, "a" * 64]),
        page(opened),
    ):
        response = getattr(client, method)(address)
        assert response.status_code == 404 or (method, response.status_code) == ("post", 405), address
    assert steps(opened) == before


@pytest.mark.parametrize("number", ["CD20261122-9999999", "nothing", "%00", "CD%0020", "1" * 300, "井盖"])
def test_a_number_that_is_none_is_not_found(client, sit, number):
    sit("leader")
    assert client.get(f"/desk/cases/{number}/").status_code == 404
    assert client.get(f"/desk/cases/{number}/act/sign_in").status_code == 404


# --- lists ------------------------------------------------------------------------------------------------


def test_the_desk_shows_what_waits_with_the_names_of_things(client, sit):
    sit("handler")
    opened = make.case(category="lamp", title="<b>路灯</b>不亮")
    shown = text(client.get(reverse("desk")))
    for words in (
        opened.number,
        "&lt;b&gt;路灯&lt;/b&gt;不亮",
        "待签收",
        "武侯区·玉林街道",
        "网上诉求",
        "我的待办",
    ):
        assert words in shown, words
    assert "<b>路灯</b>" not in shown


def test_the_desk_speaks_english(client, sit):
    sit("handler")
    make.case(category="lamp")
    shown = text(client.get(reverse("desk"), headers={"Accept-Language": "en"}))
    assert "To be signed in" in shown
    assert "待签收" not in shown


def test_htmx_gets_the_table_alone_and_a_boosted_link_the_page(client, sit):
    sit("handler")
    opened = make.case(category="lamp")
    part = text(client.get(reverse("desk"), headers=HTMX))
    assert opened.number in part
    assert "<html" not in part
    for more in ({"HX-Boosted": "true"}, {"HX-History-Restore-Request": "true"}):
        assert "<html" in text(client.get(reverse("desk"), headers=HTMX | more))


@pytest.mark.parametrize("tab", ["todo", "open", "overdue", "ended", "all"])
def test_a_page_of_thirty_costs_what_a_page_of_one_does(client, sit, tab):
    sit("handler")

    def cost(**more) -> int:
        with make.counted() as statements:
            assert client.get(reverse("desk"), {"tab": tab}, **more).status_code == 200
        return len(statements)

    make.cases(1)
    one = cost(), cost(headers=HTMX)
    make.cases(29)
    assert (cost(), cost(headers=HTMX)) == one
    assert one[0] <= 14, one
    assert one[1] <= 5, one


def test_pages_are_turned_by_links(client, sit):
    sit("handler")
    make.cases(65)
    address, seen = reverse("desk") + "?tab=all", []
    for _ in range(3):
        shown = text(client.get(address, headers=HTMX))
        seen += re.findall(r'name="case" value="([^"]+)"', shown)
        older = re.search(r'href="(\?[^"]*after=[^"]+)"', shown)
        address = reverse("desk") + (older[1].replace("&amp;", "&") if older else "")
    assert older is None
    assert (len(seen), len(set(seen))) == (65, 65)


@pytest.mark.parametrize(
    "query",
    [
        {"q": "井\x00盖"}, {"area": "\x00"}, {"after": "\x00"}, {"before": "x"}, {"tab": "\x00"}, {"q": "%_\\'\""},
        {"category": "x" * 5000}, {"state": "'; DROP TABLE cases_case"},
    ],
)  # fmt: skip
def test_odd_questions_get_an_answer(client, sit, query):
    sit("leader")
    make.case()
    assert client.get(reverse("desk"), query).status_code == 200


# --- one case -----------------------------------------------------------------------------------------------


def test_a_case_tells_its_story_to_those_who_may_see_it(client, sit):
    handler = sit("handler")
    opened = make.case(category="lamp")
    make.act(opened, "sign_in", handler)
    shown = text(client.get(page(opened)))
    for words in (
        "玉林东路井盖破损", "处理中", "本单位承办", "三定", "handler of urban", "138****2217", "张**", "办结回复", "办理时限",
    ):  # fmt: skip
        assert words in shown, words
    for hidden in ("13812342217", "张三丰"):
        assert hidden not in shown
    assert "<html" not in text(client.get(page(opened), headers=HTMX))


def test_a_case_costs_no_more_with_a_long_history(client, sit):
    handler = sit("handler")
    opened = make.case(category="lamp")
    make.act(opened, "sign_in", handler)

    def cost() -> int:
        with make.counted() as statements:
            assert client.get(page(opened), headers=HTMX).status_code == 200
        return len(statements)

    short = cost()
    for _ in range(6):
        make.act(opened, "progress", handler, reply="还在修")
    assert cost() == short
    assert short <= 16, short


def test_the_buttons_are_the_actions_one_may_take(client, sit):
    opened = make.case(category="lamp")
    for role, offered in {
        "handler": {"sign_in", "return", "merge"},
        "dispatcher": {"merge"},
        "supervisor": {"urge"},
        "leader": set(),
    }.items():
        actor = sit(role)
        shown = text(client.get(page(opened)))
        assert set(re.findall(r'href="[^"]*/act/(\w+)[?"]', shown)) == offered, role
        assert set(details.possible(row(opened), actor)) == offered


def test_parts_and_merged_cases_are_linked(client, sit):
    handler = sit("handler")
    lead, child = make.case(category="lamp"), make.case(category="lamp", title="同一盏灯")
    make.act(lead, "sign_in", handler)
    make.act(lead, "co_handle", handler, organisations=["water"], note="请配合")
    response = client.post(act(child, "merge"), {"case": lead.number.lower()})
    assert response.status_code == 302
    shown = text(client.get(page(lead)))
    assert "武侯区水务局" in shown
    assert page(child) in shown
    assert page(lead) in text(client.get(page(child)))


# --- acting -------------------------------------------------------------------------------------------------


def test_the_form_asks_what_the_flow_asks(client, sit):
    sit("handler")
    opened = make.case(category="lamp")
    shown = text(client.get(act(opened, "return")))
    assert 'name="note"' in shown
    assert "退回理由" in shown
    assert re.search(r'name="key" value="[0-9a-f-]{36}"', shown)
    assert "<html" not in text(client.get(act(opened, "return"), headers=HTMX))


@pytest.mark.parametrize("action", ["close", "dispatch", "nonsense"])
def test_there_is_no_form_for_what_one_may_not_do(client, sit, action):
    sit("handler")
    opened = make.case(category="lamp")
    assert client.get(act(opened, action)).status_code == 404


def test_an_action_is_taken_once_however_often_it_is_sent(client, sit):
    sit("handler")
    opened, key = make.case(category="lamp"), make.key()
    for _ in range(2):
        response = client.post(act(opened, "sign_in"), {"key": key})
        assert (response.status_code, response.url) == (302, page(opened))
    assert steps(opened) == ["open", "route", "sign_in"]


def test_htmx_is_told_to_close_the_dialog_and_look_again(client, sit):
    sit("handler")
    opened = make.case(category="lamp")
    response = client.post(act(opened, "sign_in"), headers=HTMX)
    assert response.status_code == 204
    assert opened.number in response.headers["HX-Trigger"]
    assert row(opened).state == "handling"


def test_a_form_without_a_key_is_taken_and_a_bad_key_refused(client, sit):
    sit("handler")
    opened = make.case(category="lamp")
    response = client.post(act(opened, "sign_in"), {"key": "k" * 121})
    assert response.status_code == 422
    assert "120" in text(response)
    for action, given in (
        ("sign_in", {}),
        ("progress", {"reply": "在修"}),
        ("progress", {"reply": "还在修"}),
    ):
        assert client.post(act(opened, action), given | {"key": ""}).status_code == 302
    assert steps(opened) == ["open", "route", "sign_in", "progress", "progress"]


def test_a_refusal_names_the_field_and_keeps_every_typed_word(client, sit):
    handler = sit("handler")
    opened = make.case(category="lamp")
    make.act(opened, "sign_in", handler)
    before = steps(opened)
    response = client.post(act(opened, "ask_extension"), {"days": "九十九", "note": "要开挖 <路面>"})
    assert response.status_code == 422
    shown = text(response)
    for words in ("要开挖 &lt;路面&gt;", 'value="九十九"', "1 到 90", 'class="field wrong"'):
        assert words in shown, words
    english = client.post(act(opened, "ask_extension"), {"days": "0"}, headers={"Accept-Language": "en"})
    assert "whole number from 1 to 90" in text(english)
    assert steps(opened) == before


def test_a_guard_speaks_in_the_flows_own_words(client, sit):
    sit("handler")
    opened = make.case(category="lamp")
    response = client.post(act(opened, "dispute"), {"note": "不是我局的事"})
    assert response.status_code == 422
    assert "先退回一次" in text(response)
    assert "不是我局的事" in text(response)


def test_whoever_comes_second_is_told_and_keeps_their_words(client, sit):
    """The form was opened before a colleague acted; what was typed into it is not thrown away."""
    sit("handler")
    opened = make.case(category="lamp")
    make.act(opened, "return", make.person("handler"), note="同事已退回")
    make.act(opened, "dispatch", make.person("dispatcher"), organisation="urban")
    make.act(opened, "sign_in", make.person("handler"))
    response = client.post(act(opened, "dispute"), {"note": "我写了很久的理由"})
    assert response.status_code == 422
    assert "处理中" in text(response)
    assert "我写了很久的理由" in text(response)


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_race_has_one_winner_and_one_clear_conflict(client, sit, monkeypatch, headers):
    """A colleague acts between our decision and our writing."""
    sit("handler")
    opened, colleague, real = make.case(category="lamp"), make.person("handler"), deciding.decide

    def decide(world, case, code, *more):
        decision = real(world, case, code, *more)
        if code == "return":
            make.act(opened, "sign_in", colleague)
        return decision

    monkeypatch.setattr(deciding, "decide", decide)
    response = client.post(act(opened, "return"), {"note": "不是我的"}, headers=headers)
    assert response.status_code == 409
    assert "刚刚被他人处理（现为“处理中”）" in text(response)
    assert ("不是我的" in text(response)) is not bool(headers)
    assert (steps(opened)[-1], row(opened).state) == ("sign_in", "handling")


def test_a_case_given_away_leads_back_to_the_list(client, sit):
    sit("handler")
    one, two = make.case(category="lamp"), make.case(category="lamp")
    response = client.post(act(one, "return"), {"note": "不是我的"}, follow=True)
    assert response.redirect_chain == [(reverse("desk"), 302)]
    assert "已转出" in text(response)
    here = f"http://testserver{reverse('desk')}?tab=open"
    response = client.post(act(two, "return"), {"note": "也不是"}, headers=HTMX | {"HX-Current-URL": here})
    assert (response.status_code, response.headers["HX-Redirect"]) == (204, reverse("desk") + "?tab=open")


def test_photos_come_with_an_action_and_a_file_that_is_none_is_refused(client, sit):
    handler = sit("handler")
    opened = make.case(category="lamp")
    make.act(opened, "sign_in", handler)
    bad = client.post(act(opened, "reply"), {"reply": "已修好", "files": upload("说明.jpg", b"plain words")})
    assert bad.status_code == 422
    assert "说明.jpg" in text(bad)
    assert "已修好" in text(bad)
    assert row(opened).state == "handling"
    good = client.post(act(opened, "reply"), {"reply": "已修好", "files": [upload(), upload()]})
    assert good.status_code == 302
    assert models.CaseFile.objects.filter(case=opened.id).count() == 1


def test_a_case_that_one_may_not_see_cannot_be_merged_into(client, sit):
    sit("handler")
    opened, foreign = make.case(category="lamp"), make.case()
    for number in (foreign.number, "CD20260101-9999999", "\x00"):
        response = client.post(act(opened, "merge"), {"case": number})
        assert response.status_code == 422, number
        assert "或您无权查看" in text(response)
    assert "请填写" in text(client.post(act(opened, "merge"), {"case": ""}))


# --- batches ------------------------------------------------------------------------------------------------


def test_a_batch_says_for_each_case_how_it_went(client, sit):
    handler = sit("handler")
    one, two, foreign = make.case(category="lamp"), make.case(category="lamp"), make.case()
    make.act(two, "sign_in", handler)
    given = {
        "case": [one.number, two.number, foreign.number, "x\x00"],
        "action": "sign_in",
        "note": "一起签收",
    }
    shown = text(client.post(reverse("case-batch"), given))
    assert one.number in shown
    assert "不能“签收”" in shown
    assert foreign.number not in shown
    assert [row(case).state for case in (one, two, foreign)] == ["handling", "handling", "dispatched"]


def test_a_batch_dispatches_to_one_organisation(client, sit):
    sit("dispatcher")
    opened = [make.case(category="other", area="510107") for _ in range(3)]
    given = {"case": [one.number for one in opened], "action": "dispatch"}
    assert text(client.post(reverse("case-batch"), given)).count("请填写") == 3
    client.post(reverse("case-batch"), given | {"organisation": "urban", "note": "请处理"})
    assert {(row(one).state, row(one).organisation_id) for one in opened} == {("dispatched", "urban")}


@pytest.mark.parametrize("given", [{}, {"action": "sign_in"}, {"action": "nonsense", "case": ["x"]}])
def test_a_batch_of_nothing_says_so(client, sit, given):
    sit("handler")
    assert "请先勾选工单" in text(client.post(reverse("case-batch"), given))


def test_an_unknown_action_on_many_is_refused_for_each(client, sit):
    sit("handler")
    opened = make.case(category="lamp")
    shown = text(client.post(reverse("case-batch"), {"action": "nonsense", "case": [opened.number]}))
    assert "没有操作“nonsense”" in shown


# --- notices, suggestions, photos -----------------------------------------------------------------------------


def test_notices_are_read_by_their_owner_alone(client, sit):
    colleague, handler = make.person("handler"), sit("handler")
    opened = make.case(category="lamp")
    while outbox.drain():
        pass
    mine = models.Notice.objects.get(person=handler.person)
    theirs = models.Notice.objects.get(person=colleague.person)
    shown = text(client.get(reverse("notices")))
    assert "新工单待签收：玉林东路井盖破损" in shown
    assert page(opened) in shown
    given = {"notice": [mine.pk, theirs.pk, "²", "x", "9" * 40]}
    assert client.post(reverse("notices"), given).status_code == 302
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert mine.read_at is not None
    assert theirs.read_at is None


def test_the_notices_cost_the_same_however_many(client, sit):
    sit("handler")

    def cost() -> int:
        while outbox.drain():
            pass
        with make.counted() as statements:
            assert client.get(reverse("notices")).status_code == 200
        return len(statements)

    make.cases(1)
    one = cost()
    make.cases(20)
    assert cost() == one
    assert one <= 9, one


def test_organisations_are_suggested(client, sit):
    sit("dispatcher")
    shown = text(client.get(reverse("organisation-search"), {"find": "水务", "name": "organisation"}))
    assert 'type="radio" name="organisation" value="water" checked' in shown
    many = text(client.get(reverse("organisation-search"), {"find": "城管局", "name": "<x>", "many": "1"}))
    assert many.count('type="checkbox"') == 2
    assert "<x>" not in many


def test_a_photo_is_shown_without_its_position_to_those_who_see_the_case(client, sit):
    handler = sit("handler")
    opened, other = make.case(category="lamp"), make.case(category="lamp")
    make.act(opened, "sign_in", handler)
    for reply in ("第一次", "第二次"):
        client.post(act(opened, "progress"), {"reply": reply, "files": upload()})
    sha = models.CaseFile.objects.filter(case=opened.id).first().file_id
    address = reverse("case-photo", args=[opened.number, sha])
    assert address in text(client.get(page(opened)))
    response = client.get(address)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "image/jpeg")
    picture = Image.open(io.BytesIO(b"".join(response.streaming_content)))
    assert not picture.getexif()
    assert client.get(reverse("case-photo", args=[other.number, sha])).status_code == 404
    sit("handler", "water")
    assert client.get(address).status_code == 404
