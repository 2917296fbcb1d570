"""The administration screens over HTTP: who may open them, forms, refusals, pages, and what they cost."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.cases import make as town
from tests.kernel.access import make
from yiwang.kernel.ledger import actions as ledger
from yiwang.kernel.people.models import Person
from yiwang.kernel.releases import actions as releases
from yiwang.packs import loading

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def published(db):
    make.published()


@pytest.fixture
def signed_in(client):
    """Return a function that signs a new person in and returns them as an actor."""

    def sign(*posts):
        actor = make.actor(*posts)
        client.force_login(Person.objects.get(pk=actor.person))
        return actor

    return sign


@pytest.fixture
def district(signed_in):
    return signed_in(("centre", "administrator", "510107"))


def text(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize("name", ["people", "person-register", "organisations", "releases", "ledger"])
def test_administration_is_for_those_whose_role_permits_it(client, signed_in, name):
    assert client.get(reverse(name)).status_code == 302
    signed_in(("urban", "handler", "510107"))
    assert client.get(reverse(name)).status_code == 403


def test_the_menu_shows_administration_to_administrators_only(client, signed_in):
    signed_in(("urban", "handler", "510107"))
    assert "人员与岗位" not in text(client.get(reverse("desk")))
    signed_in(("centre", "administrator", "510107"))
    assert "人员与岗位" in text(client.get(reverse("desk")))


def test_the_list_shows_people_of_the_area_with_their_posts(client, district):
    inside, outside = (
        make.person(("urban", "handler", "510107")),
        make.person(("jinjiang", "handler", "510104")),
    )
    shown = text(client.get(reverse("people")))
    assert inside.username in shown
    assert outside.username not in shown
    assert "武侯区城管局" in shown
    assert "经办人" in shown


def test_the_list_is_searched_and_filtered(client, district):
    handler, verifier = (
        make.person(("urban", "handler", "510107007")),
        make.person(("centre", "verifier", "510107")),
    )
    ask = lambda **given: text(client.get(reverse("people"), given, headers=HTMX))  # noqa: E731
    for given, found in [
        ({"q": handler.name}, handler),
        ({"q": verifier.username.upper()}, verifier),
        ({"role": "verifier"}, verifier),
        ({"organisation": "城管"}, handler),
        ({"organisation": "centre", "role": "verifier"}, verifier),
        ({"area": "510107007"}, handler),
    ]:
        other = verifier if found is handler else handler
        assert found.username in (shown := ask(**given)), given
        assert f">{other.username}<" not in shown
    assert "没有找到人员" in ask(q="查无此人")
    assert handler.username not in ask(standing="inactive")
    assert make.person().username in ask(standing="without")


def test_a_long_list_is_paged_by_cursor_both_ways(client, district):
    made = [one.username for one in make.many(65)]
    seen, address = [], reverse("people")
    for _ in range(4):
        shown = text(client.get(address, headers=HTMX))
        seen.append([one for one in sorted(made) if f">{one}<" in shown])
        further = [part for part in shown.split('"') if part.startswith("?after=")]
        if not further:
            break
        address = reverse("people") + further[0]
    assert [one for some in seen for one in some] == sorted(made)
    back = [part for part in shown.split('"') if part.startswith("?before=")]
    before = text(client.get(reverse("people") + back[0], headers=HTMX))
    assert [one for one in sorted(made) if f">{one}<" in before] == seen[-2]


def test_the_list_costs_the_same_however_many_people(client, district, django_assert_max_num_queries):
    make.many(40)
    client.get(reverse("people"))
    # session, person, the actor's posts, persons, their posts, the posts' joins; inside a test's transaction
    # the current release is asked for anew each time
    with django_assert_max_num_queries(10):
        client.get(reverse("people"), headers=HTMX)


def test_a_person_page_says_why_it_is_seen_and_what_hinders(client, district):
    person = make.person(("urban", "handler", "510107"), ("hotline", "leader", "5101"))
    shown = text(client.get(reverse("person", args=[person.pk])))
    assert "管理岗位所辖区域内的人员" in shown
    assert "另有 1 个岗位不在您管理的区域内" in shown
    assert "热线中心" not in shown
    assert reverse("person-password", args=[person.pk]) not in shown
    assert (
        client.get(reverse("person", args=[make.person(("jinjiang", "handler", "510104")).pk])).status_code
        == 404
    )


def test_a_person_is_registered_and_the_password_shown_once(client, district):
    answer = client.post(reverse("person-register"), {"username": "Li-Hong", "name": "李红"}, headers=HTMX)
    assert answer.status_code == 200
    assert answer["Cache-Control"].count("no-store") == 1
    person = Person.objects.get(username="li-hong")
    password = text(answer).split("<b>")[1].split("</b>")[0]
    assert person.check_password(password)
    assert password not in text(client.get(reverse("person", args=[person.pk])))


def test_a_wrong_form_is_shown_again_with_the_reason_and_all_words(client, district):
    answer = client.post(reverse("person-register"), {"username": "李红", "name": "李红", "mobile": "1"})
    assert answer.status_code == 422
    assert "小写字母" in text(answer)
    assert 'value="李红"' in text(answer)
    english = client.post(reverse("person-register"), {"username": ""}, headers={"Accept-Language": "en"})
    assert "“user name” is required" in text(english)
    assert Person.objects.count() == 1


def test_a_post_is_granted_and_ended_through_the_forms(client, district):
    person, today = make.person(), timezone.localdate()
    form = {"organisation": "urban", "role": "handler", "area": "510107", "valid_from": today.isoformat()}
    answer = client.post(reverse("post-grant", args=[person.pk]), form, headers=HTMX)
    assert answer.status_code == 204
    assert "close-dialog" in answer["HX-Trigger"]
    post = person.posts.get()
    assert client.get(reverse("post-end", args=[post.pk])).status_code == 200
    answer = client.post(reverse("post-end", args=[post.pk]), {"valid_to": today.isoformat()})
    assert answer.url == reverse("person", args=[person.pk])
    assert person.posts.get().valid_to == today


def test_a_post_outside_the_area_is_refused_on_the_form(client, district):
    person = make.person()
    form = {"find_organisation": "锦江区城管局", "role": "handler", "valid_from": "2026-11-22"}
    answer = client.post(reverse("post-grant", args=[person.pk]), form, headers=HTMX)
    assert answer.status_code == 422
    assert "不在您管理的区域内" in text(answer)
    assert 'value="锦江区城管局"' in text(answer)
    assert person.posts.count() == 0
    stranger = make.person(("jinjiang", "handler", "510104"))
    assert client.get(reverse("post-end", args=[stranger.posts.get().pk])).status_code == 404
    assert client.get(reverse("post-grant", args=[stranger.pk])).status_code == 404


def test_the_password_is_reset_and_the_account_closed(client, district):
    person = make.person(("urban", "handler", "510107"))
    assert client.get(reverse("person-password", args=[person.pk])).status_code == 200
    answer = client.post(reverse("person-password", args=[person.pk]), headers=HTMX)
    person.refresh_from_db()
    assert person.check_password(text(answer).split("<b>")[1].split("</b>")[0])
    assert client.post(reverse("person-active", args=[person.pk]), {"active": "0"}).status_code == 302
    person.refresh_from_db()
    assert not person.is_active
    assert client.get(reverse("person-active", args=[person.pk])).status_code == 405


def test_oneself_cannot_be_deactivated(client, district):
    answer = client.post(reverse("person-active", args=[district.person]), {"active": "0"}, headers=HTMX)
    assert answer.status_code == 422
    assert "不能变更自己" in text(answer)


def test_choices_are_suggested_inside_the_area_only(client, district):
    shown = text(client.get(reverse("people-organisations"), {"find_organisation": "城管"}))
    assert "武侯区城管局" in shown
    assert "锦江区城管局" not in shown
    areas = text(client.get(reverse("people-areas"), {"find_area": "玉林"}))
    assert "510107007" in areas
    assert "没有此名称" in text(client.get(reverse("people-areas"), {"find_area": "锦江"}))
    assert "没有此名称" in text(client.get(reverse("people-organisations"), {"find_organisation": ""}))


def test_organisations_show_how_many_posts_they_have(client, district):
    make.person(("urban", "handler", "510107"))
    make.person(("water", "handler", "510107"), until=timezone.localdate() - dt.timedelta(days=1))
    shown = text(client.get(reverse("organisations")))
    assert "武侯区城管局" in shown
    assert "锦江区城管局" not in shown
    assert shown.count("无人") == 2  # the water bureau's only post is over, the street office has none
    assert "武侯区水务局" in text(client.get(reverse("organisations"), {"q": "水务"}, headers=HTMX))


def test_releases_and_what_they_changed(client, signed_in, settings, tmp_path):
    signed_in(("hotline", "administrator", "5101"), ("hotline", "dispatcher", "5101"))
    for role, (organisation, area) in town.WHO.items():
        make.person((organisation, role, area))
    first = town.pack()
    (tmp_path / "town").mkdir()
    for file in (town.DATA / "town").iterdir():
        changed = file.read_text().replace("武侯区水务局", "武侯区水务和河湖局")
        (tmp_path / "town" / file.name).write_text(changed)
    second = releases.publish(loading.load(tmp_path / "town", roots=[settings.PACKS_ROOT]), by="孙丽")
    shown = text(client.get(reverse("releases")))
    assert "孙丽" in shown
    assert first.digest[:12] in shown
    diff = text(client.get(reverse("release", args=[second.pk])))
    assert "武侯区水务局" in diff
    assert "武侯区水务和河湖局" in diff
    assert "organisations" in diff
    assert client.get(reverse("release", args=[second.pk + 9])).status_code == 404


def test_the_ledger_is_shown_and_verified(client, signed_in, settings, tmp_path):
    settings.LEDGER_KEY_FILE = tmp_path / "keys" / "ledger.pem"
    signed_in(("hotline", "administrator", "5101"))
    assert "尚无已封存的记录" in text(client.get(reverse("ledger")))
    town.case()
    ledger.seal()
    assert "已封存条目" in text(client.get(reverse("ledger")))
    assert "台账完好" in text(client.post(reverse("ledger-verify")))
    assert client.get(reverse("ledger-verify")).status_code == 405
