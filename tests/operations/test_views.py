"""The one screen over HTTP: who may look, what is shown, how far one may drill, and what it costs."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.cases import make as cases
from tests.operations import make
from yiwang.cases.models import Case
from yiwang.kernel.people.models import Person
from yiwang.operations import queries
from yiwang.operations.models import Hour

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
PAGES = (
    "/wall/", "/wall/outlines.json", "/wall/points.json",
    "/wall/figures/trend.json", "/wall/figures/categories.json", "/wall/figures/channels.json",
)  # fmt: skip


@pytest.fixture(autouse=True)
def town(db):
    cases.published()


@pytest.fixture
def sit(client):
    def signed_in(role: str, *where: str):
        actor = cases.person(role, *where)
        client.force_login(Person.objects.get(pk=actor.person))
        return actor

    return signed_in


def opened(**given):
    one = cases.case(**given)
    make.drain()
    return one


@pytest.mark.parametrize("address", PAGES)
def test_strangers_are_asked_to_sign_in(client, address):
    assert client.get(address).url == f"{reverse('sign-in')}?next={address}"


@pytest.mark.parametrize("role", ["handler", "administrator"])
def test_without_an_area_to_watch_there_is_no_screen(client, sit, role):
    actor = sit(role)
    opened(lon=104.05, lat=30.63)
    assert client.get("/wall/").status_code == 403
    assert queries.map_counts(actor) == {}
    for kind in queries.FIGURES:
        assert sum(filter(None, queries.figures(actor, kind)["series"][0]["values"])) == 0


@pytest.mark.parametrize("role", ["leader", "supervisor", "verifier", "dispatcher", "arbiter", "grid-worker"])
def test_who_watches_an_area_has_a_screen(client, sit, role):
    sit(role)
    one = opened(category="lamp", title="科华北路路灯不亮")
    shown = client.get("/wall/").content.decode()
    assert "科华北路路灯不亮" in shown
    assert reverse("case", args=[one.number]) in shown
    part = client.get("/wall/", headers=HTMX).content.decode()
    assert "科华北路路灯不亮" in part
    assert "<html" not in part


def test_the_counters_follow_the_cases(sit):
    leader = sit("leader")
    one, two, _ = opened(category="lamp"), opened(category="lamp"), opened(category="other", area="510104")
    Case.objects.filter(pk=two.id).update(light="overdue")
    cases.handled(one, cases.person("handler"), cases.person("verifier"))
    cases.act(one, "rate", cases.citizen(one), grade=5)
    make.drain()
    found = queries.screen(leader)
    wanted = {"opened_today": 3, "open": 2, "in_time": 100.0, "satisfied": 100.0, "rated": 1}
    assert {name: found["counters"][name] for name in wanted} == wanted
    assert [row["case"].pk for row in found["overdue"]] == [two.id]
    assert found["districts"] == [("510107", "武侯区", 100.0)]
    assert queries.map_counts(leader) == {"510107": 1, "510104": 1}
    assert queries.public() == {"ended": 1, "in_time": 100.0, "satisfied": 100.0}


def test_one_sees_ones_own_area_only(client, sit):
    supervisor = sit("supervisor")
    opened(category="lamp", title="武侯的路灯", lon=104.04, lat=30.64)
    opened(category="other", area="510104", title="锦江的事", lon=104.08, lat=30.65)
    found = queries.screen(supervisor)
    assert (found["counters"]["open"], found["counters"]["opened_today"]) == (1, 1)
    assert queries.map_counts(supervisor) == {"510107": 1}
    shown = client.get("/wall/").content.decode()
    assert "武侯的路灯" in shown
    assert "锦江的事" not in shown
    points = client.get("/wall/points.json").json()["features"]
    assert [one["properties"]["title"] for one in points] == ["武侯的路灯"]
    assert points[0]["geometry"]["coordinates"] == [104.04, 30.64]


@pytest.mark.parametrize("district", ["510104", "51", "5101", "", "x", "510107x", "\x00", "%"])
def test_drilling_cannot_leave_the_area(client, sit, district):
    """What is not inside the area one watches is not drilled into: the whole own area is shown instead."""
    supervisor = sit("supervisor")
    opened(category="lamp", title="武侯的路灯", lon=104.04, lat=30.64)
    opened(category="other", area="510104", title="锦江的事", lon=104.08, lat=30.65)
    found = queries.screen(supervisor, district)
    assert (found["counters"]["open"], found["district"], found["place"]) == (1, "", "")
    assert [row["case"].title for row in found["newest"]] == ["武侯的路灯"]
    for address in PAGES:
        response = client.get(address, {"district": district})
        assert response.status_code == 200, address
        assert "锦江" not in response.content.decode(), address


def test_drilling_goes_down_to_a_street(client, sit):
    leader = sit("leader")
    opened(category="lamp", title="玉林的路灯", area="510107007")
    opened(category="lamp", title="别处的路灯", area="510107")
    opened(category="other", area="510104", title="锦江的事")
    for district, open_now, titles in (
        ("510107", 2, {"玉林的路灯", "别处的路灯"}),
        ("510107007", 1, {"玉林的路灯"}),
        ("510104", 1, {"锦江的事"}),
    ):
        found = queries.screen(leader, district)
        assert found["counters"]["open"] == open_now
        assert {row["case"].title for row in found["newest"]} == titles
    assert "玉林街道" in client.get("/wall/", {"district": "510107007"}).content.decode()


def test_the_curve_of_today_and_yesterday(sit):
    leader, now = sit("leader"), timezone.localtime()
    cases.cases(3, at=now)
    cases.cases(2, at=now - dt.timedelta(days=1))
    cases.cases(1, at=now - dt.timedelta(days=2))
    make.drain()
    today, yesterday = (one["values"] for one in queries.figures(leader, "trend")["series"])
    assert (today[now.hour], yesterday[now.hour]) == (3, 2)
    assert today[now.hour + 1 :] == [None] * (23 - now.hour)
    assert (sum(filter(None, today)), sum(yesterday)) == (3, 2)


def test_categories_and_channels_of_the_week(sit):
    leader = sit("leader")
    cases.cases(3, channel="hotline")
    cases.cases(2, category="manhole")
    cases.cases(1, category="other", at=timezone.now() - dt.timedelta(days=6))
    cases.cases(5, at=timezone.now() - dt.timedelta(days=8))
    make.drain()
    categories = queries.figures(leader, "categories")
    assert (categories["categories"], categories["series"][0]["values"]) == (["市政设施", "其他"], [5, 1])
    channels = queries.figures(leader, "channels")
    assert channels["series"][0]["values"] == [3, 3]


def test_a_chart_that_is_none_is_not_found(client, sit):
    sit("leader")
    assert client.get("/wall/figures/nonsense.json").status_code == 404


def test_the_screen_costs_the_same_with_one_case_or_thirty(client, sit):
    sit("leader")

    def cost(address: str, **more) -> int:
        make.drain()
        with cases.counted() as statements:
            assert client.get(address, **more).status_code == 200
        return len(statements)

    def costs() -> list[int]:
        return [*(cost(address) for address in PAGES), cost("/wall/", headers=HTMX)]

    cases.cases(1)
    cases.cases(1, category="other", area="510104")
    Case.objects.update(light="overdue")
    one = costs()
    cases.cases(29, lon=104.04, lat=30.64)
    Case.objects.update(light="overdue")
    assert costs() == one
    assert max(one) <= 14, one


def test_counting_needs_few_rows_however_many_cases():
    cases.cases(40, at=timezone.now().replace(minute=1))
    make.drain()
    assert Hour.objects.count() == 1
