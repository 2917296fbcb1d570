"""The desk's lists: what stands in them, under which filters, and that turning pages shows each case once."""

import datetime as dt
import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cases import make
from yiwang.cases import models
from yiwang.cases.queries import lists, paging, shown, visible
from yiwang.kernel.outbox import actions as outbox

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 22, 2, tzinfo=dt.UTC)
TODO, OPEN, OVERDUE, ENDED, ALL = lists.TABS


@pytest.fixture(autouse=True)
def town(db):
    make.published()


def shown_in(tab: lists.Tab, actor, **params) -> set[uuid.UUID]:
    return set(lists.filtered(actor, tab, params).values_list("pk", flat=True))


def ids(*opened) -> set[uuid.UUID]:
    return {one.id for one in opened}


# --- pages ----------------------------------------------------------------------------------------------

dues = st.lists(st.none() | st.integers(0, 3), max_size=16)


def forwards(rows, tab: lists.Tab, size: int) -> list[list[models.Case]]:
    """Return the pages from the first to the last, by the cursor on each."""
    pages, params = [], {}
    while True:
        page = lists.page(rows, tab, params, size)
        assert bool(page.newer) == bool(pages)
        pages.append(list(page.rows))
        if not page.older:
            return pages
        params = {"after": page.older}


def backwards(rows, tab: lists.Tab, size: int, last: models.Case) -> list[list[models.Case]]:
    """Return the pages before a case, from the nearest to the first."""
    pages, params = [], {"before": paging.mark(last)}
    while True:
        page = lists.page(rows, tab, params, size)
        assert page.older or not page.rows
        pages.append(list(page.rows))
        if not page.newer:
            return pages
        params = {"before": page.newer}


@pytest.fixture
def sixteen() -> list[uuid.UUID]:
    return sorted(one.id for one in make.cases(16))


@pytest.mark.parametrize("tab", [OPEN, ALL])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(due=dues, size=st.integers(1, 6))
def test_turning_pages_shows_every_case_once_in_order(sixteen, tab, due, size):
    moments = [None if one is None else NOW + dt.timedelta(hours=one) for one in due]
    for case, moment in zip(sixteen, moments, strict=False):
        models.Case.objects.filter(pk=case).update(due_at=moment)
    rows = models.Case.objects.filter(pk__in=sixteen[: len(due)])
    known = list(zip(sixteen, moments, strict=False))
    by_due = sorted(known, key=lambda one: (one[1] is None, one[1] or NOW, one[0]))
    wanted = [case for case, _ in (by_due if tab.by_due else reversed(known))]

    ahead = forwards(rows, tab, size)
    assert [case.pk for page in ahead for case in page] == wanted
    assert all(len(page) == size for page in ahead[:-1])
    if wanted:
        back = backwards(rows, tab, size, ahead[-1][-1])
        assert [case.pk for page in reversed(back) for case in page] == wanted[:-1]
        assert all(len(page) == size for page in back[:-1])


@pytest.mark.parametrize(
    "mark",
    [
        "",
        "x",
        "_",
        "2026_1",
        "not-a-time_018f0000-0000-7000-8000-000000000000",
        "2026-11-22_" + "0" * 32,
        "\x00",
    ],
)
@pytest.mark.parametrize("side", ["after", "before"])
def test_a_broken_cursor_gives_the_first_page(sixteen, side, mark):
    first = lists.page(models.Case.objects.all(), OPEN, {}, 5)
    assert lists.page(models.Case.objects.all(), OPEN, {side: mark}, 5) == first


def test_a_cursor_stays_good_when_its_case_is_gone_from_the_list(sixteen):
    rows = models.Case.objects.all()
    page = lists.page(rows, ALL, {}, 5)
    without = rows.exclude(pk=page.rows[-1].pk)
    rest = lists.page(without, ALL, {"after": page.older}, 50)
    assert {case.pk for case in rest.rows} == set(sixteen) - {case.pk for case in page.rows}


# --- tabs -----------------------------------------------------------------------------------------------


def test_what_waits_for_each_post():
    unrouted, lamp = make.case(category="other", area="510107"), make.case(category="lamp", area="510107")
    water, replied = make.case(), make.case(category="lamp")
    handler, dispatcher = make.person("handler"), make.person("dispatcher")
    make.act(replied, "sign_in", handler)
    make.act(replied, "reply", handler, reply="已修")
    assert shown_in(TODO, handler) == ids(lamp)
    assert shown_in(TODO, dispatcher) == ids(unrouted)
    assert shown_in(TODO, make.person("handler", "water")) == ids(water)
    assert shown_in(TODO, make.person("verifier")) == ids(replied)
    for role in ("supervisor", "leader", "grid-worker", "hotline-agent", "administrator", "arbiter"):
        assert shown_in(TODO, make.person(role)) == set(), role


def test_a_case_waits_on_when_it_has_been_returned_and_disputed():
    case, handler = make.case(category="lamp"), make.person("handler")
    dispatcher, arbiter = make.person("dispatcher"), make.person("arbiter")
    make.act(case, "return", handler, note="不是我的")
    assert (shown_in(TODO, handler), shown_in(TODO, dispatcher)) == (set(), ids(case))
    make.act(case, "dispatch", dispatcher, organisation="urban")
    make.act(case, "dispute", handler, note="仍不是我的")
    assert (shown_in(TODO, handler), shown_in(TODO, arbiter)) == (set(), ids(case))


def test_open_overdue_ended_and_all():
    handler, verifier, supervisor = (make.person(role) for role in ("handler", "verifier", "supervisor"))
    fresh, late, ended = (make.case(category="lamp") for _ in range(3))
    make.handled(ended, handler, verifier)
    models.Case.objects.filter(pk=late.id).update(light="overdue")
    assert shown_in(OPEN, supervisor) == ids(fresh, late)
    assert shown_in(OVERDUE, supervisor) == ids(late)
    assert shown_in(ENDED, supervisor) == ids(ended)
    assert shown_in(ALL, supervisor) == ids(fresh, late, ended)
    assert lists.counts(supervisor) == {"todo": 0, "open": 2, "overdue": 1}


def test_an_unknown_tab_is_the_first():
    assert lists.tab("nonsense") is TODO
    assert [lists.tab(one.code) for one in lists.TABS] == list(lists.TABS)


# --- filters ----------------------------------------------------------------------------------------------


def test_each_filter_narrows_the_list():
    leader = make.person("leader")
    lamp = make.case(category="lamp", channel="hotline")
    manhole = make.case(area="510107")
    elsewhere = make.case(category="other", area="510104")
    models.Case.objects.filter(pk=lamp.id).update(light="red")
    for params, wanted in (
        ({"category": "facility"}, {lamp, manhole}),
        ({"category": "lamp"}, {lamp}),
        ({"category": "nothing"}, set()),
        ({"area": "510107"}, {lamp, manhole}),
        ({"area": "510107007"}, {lamp}),
        ({"area": " 510104 "}, {elsewhere}),
        ({"organisation": "water"}, {manhole}),
        ({"channel": "hotline"}, {lamp}),
        ({"state": "filed"}, {elsewhere}),
        ({"light": "red"}, {lamp}),
        ({"area": "510107", "state": "dispatched", "category": "manhole"}, {manhole}),
        ({"area": "", "colour": "blue"}, {lamp, manhole, elsewhere}),
        ({"area": "51\x0001"}, {lamp, manhole, elsewhere}),
    ):
        assert shown_in(ALL, leader, **params) == ids(*wanted), params


def test_a_search_finds_numbers_mobiles_and_words():
    one = make.case(category="lamp", title="科华北路路灯不亮")
    two = make.case(category="lamp", title="CD 光盘店门口路灯不亮", reporter_mobile="13900001234")
    while outbox.drain():
        pass
    leader = make.person("leader")
    for words, wanted in (
        (one.number, {one}),
        (one.number.lower(), {one}),
        (one.number[:10], {one, two}),
        ("13900001234", {two}),
        ("科华", {one}),
        ("路灯", {one, two}),
        ("cd光盘", {two}),
        ("科", set()),
        ("科\x00华", {one}),
        ("%", set()),
        ("' OR 1=1 --", set()),
    ):
        assert shown_in(ALL, leader, q=words) == ids(*wanted), words


def test_filters_never_widen_what_one_may_see():
    make.case(category="other", area="510104")
    handler = make.person("handler")
    for params in ({"area": "510104"}, {"organisation": "hotline"}, {"q": "井盖破损"}, {"state": "filed"}):
        assert shown_in(ALL, handler, **params) == set()


# --- what stands around the table ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        ("handler", {"sign_in"}),
        ("dispatcher", {"dispatch"}),
        ("verifier", {"close"}),
        ("supervisor", {"urge"}),
        ("leader", set()),
    ],
)
def test_a_batch_offers_what_a_post_may_do_to_many(role, offered):
    actor = make.person(role)
    assert {code for code, _, _ in lists.batches(actor, TODO)} == offered
    assert lists.batches(actor, ENDED) == []


def test_a_batch_says_which_action_asks_for_an_organisation():
    asks = {code: organisation for code, _, organisation in lists.batches(make.person("dispatcher"), TODO)}
    assert asks == {"dispatch": True}


def test_the_filters_offer_what_the_town_has():
    frame = lists.frame(make.person("leader"), ALL, {})
    offers = {name: options for name, _, options in frame["offers"]}
    assert lists.city() == "5101"
    assert set(offers["area"]) == {"510104", "510107"}
    assert set(offers["category"]) == {"facility", "stall", "other"}
    assert {"filed", "handling", "closed", "done"} <= set(offers["state"])


def test_organisations_are_suggested_by_every_word_typed():
    assert lists.organisations("武侯 城管") == [("urban", "武侯区城管局")]
    assert {code for code, _ in lists.organisations("城管局")} == {"jinjiang", "urban"}
    assert len(lists.organisations("武侯区", most=2)) == 2
    assert lists.organisations("  ") == []
    assert lists.organisations("没有这样的局") == []


# --- what it costs ------------------------------------------------------------------------------------------


def test_a_list_costs_the_same_for_one_row_as_for_thirty():
    leader = make.person("leader")

    def cost() -> int:
        with make.counted() as statements:
            page = lists.page(lists.filtered(leader, ALL, {}), ALL, {})
            shown.rows(page.rows)
        return len(statements)

    make.cases(1)
    one = cost()
    make.cases(29)
    assert (one, cost()) == (2, 2)


def test_counts_stop_at_their_most():
    make.cases(12)
    rows = visible.cases(make.person("leader"))
    assert visible.capped_count(rows) == 12
    assert visible.capped_count(rows, most=10) == 10
