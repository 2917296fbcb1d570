"""Administrators act inside their area, never on themselves, never on people with posts elsewhere."""

import datetime as dt
import threading

import pytest
from django.contrib.auth import authenticate
from django.db import connection
from django.utils import timezone

from tests.kernel.access import make
from yiwang.kernel.access import actions, queries
from yiwang.kernel.access.definitions import Refused
from yiwang.kernel.access.logic import wishes
from yiwang.kernel.people import models

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture(autouse=True)
def published(db):
    make.published()


def refused(verb, *given) -> Refused:
    with pytest.raises(Refused) as caught:
        verb(*given)
    return caught.value


def test_a_person_is_registered_and_signs_in_with_the_password_told_once():
    person, password = actions.register(make.district(), wishes.Newcomer("li-hong", "李红", "13800138000"))
    assert authenticate(username="li-hong", password=password) == person
    assert password not in person.password
    assert (
        refused(actions.register, make.district(), wishes.Newcomer("li-hong", "李洪")).code
        == "username-taken"
    )
    assert models.Person.objects.filter(username="li-hong").count() == 1


def test_a_post_is_granted_inside_the_area_with_who_gave_it():
    administrator, person = make.district(), make.person()
    post = actions.grant(administrator, person, make.wish("urban", "handler", "510107007"))
    assert (post.organisation_id, post.role, post.area) == ("urban", "handler", "510107007")
    assert post.granted_by_id == administrator.person
    assert queries.actor_of(person).holds("handler")


def test_organisation_and_area_may_be_given_by_name_and_the_area_left_out():
    person = make.person()
    assert (
        actions.grant(make.district(), person, make.wish("玉林街道办事处", area="玉林街道")).area
        == "510107007"
    )
    assert actions.grant(make.district(), person, make.wish("武侯区城管局")).area == "510107"


@pytest.mark.parametrize(
    ("wish", "code", "words"),
    [
        (make.wish("jinjiang", area="510107"), "outside-organisation", "锦江区"),
        (make.wish("urban", area="510104"), "outside-area", "锦江区"),
        (make.wish("urban", area="5101"), "outside-area", "武侯区"),
        (make.wish("hotline", area="510107"), "outside-organisation", "成都市"),
        (make.wish("urban", role="king"), "unknown-role", "经办人"),
        (make.wish("nowhere"), "unknown-organisation", "nowhere"),
        (make.wish("urban", area="990000"), "unknown-area", "990000"),
        (make.wish("urban", area="区"), "unknown-area", "多个"),
        (
            make.wish("urban", since=dt.date(2026, 1, 1), until=dt.date(2026, 2, 1)),
            "already-over",
            "2026-02-01",
        ),
    ],
)
def test_a_post_outside_the_area_or_unknown_is_refused_with_the_reason(wish, code, words):
    refusal = refused(actions.grant, make.district(), make.person(), wish)
    assert refusal.code == code
    assert words in refusal.message("zh-hans")
    assert refusal.message("en")


def test_nobody_administers_themself():
    district = make.district()
    person = models.Person.objects.get(pk=district.person)
    assert refused(actions.grant, district, person, make.wish()).code == "oneself"
    assert refused(actions.end, district, person.posts.get(), TODAY()).code == "oneself"
    assert refused(actions.set_active, district, person, False).code == "oneself"
    assert refused(actions.reset_password, district, person).code == "oneself"


def test_who_administers_nobody_can_do_nothing():
    handler, person = make.actor(("urban", "handler", "510107")), make.person()
    assert refused(actions.grant, handler, person, make.wish()).code == "not-administrator"
    assert refused(actions.register, handler, wishes.Newcomer("x-y", "某")).code == "not-administrator"
    assert refused(actions.reset_password, handler, person).code == "not-visible"


def test_an_expired_administrator_can_do_nothing():
    yesterday = TODAY() - dt.timedelta(days=1)
    former = queries.actor_of(make.person(("centre", "administrator", "510107"), until=yesterday))
    assert refused(actions.grant, former, make.person(), make.wish()).code == "not-administrator"


def test_people_of_another_district_are_not_there():
    stranger = make.person(("jinjiang", "handler", "510104"))
    assert refused(actions.grant, make.district(), stranger, make.wish()).code == "not-visible"


def test_who_also_works_elsewhere_keeps_their_account_from_the_district():
    """A password reset would let the district sign in as somebody of the city."""
    person = make.person(("urban", "handler", "510107"), ("hotline", "leader", "5101"))
    refusal = refused(actions.reset_password, make.district(), person)
    assert refusal.code == "posts-elsewhere"
    assert "1 个岗位" in refusal.message("zh-hans")
    assert refused(actions.set_active, make.district(), person, False).code == "posts-elsewhere"
    assert actions.reset_password(make.city(), person)


def test_an_organisation_elsewhere_counts_as_elsewhere_too():
    person = make.person(("hotline", "dispatcher", "510107"))
    assert refused(actions.reset_password, make.district(), person).code == "posts-elsewhere"
    assert refused(actions.end, make.district(), person.posts.get(), TODAY()).code == "outside-organisation"


def test_a_post_is_held_once_at_a_time():
    person, district = make.person(), make.district()
    first = actions.grant(district, person, make.wish())
    assert refused(actions.grant, district, person, make.wish()).code == "granted-already"
    later = make.wish(since=TODAY() + dt.timedelta(days=5))
    assert refused(actions.grant, district, person, later).code == "granted-already"
    actions.end(district, first, TODAY() + dt.timedelta(days=4))
    assert actions.grant(district, person, later).valid_from == later.valid_from


def test_a_post_ends_after_its_last_day_and_stays_on_record():
    person, district = make.person(("urban", "handler", "510107")), make.district()
    post = person.posts.get()
    assert refused(actions.end, district, post, dt.date(2025, 12, 31)).code == "ends-before"
    ended = actions.end(district, post, TODAY() - dt.timedelta(days=1))
    assert queries.actor_of(person).posts == ()
    assert refused(actions.end, district, ended, TODAY()).code == "ended-already"
    assert person.posts.count() == 1


def test_deactivated_people_cannot_sign_in_and_their_sessions_end(client):
    person, password = actions.register(make.district(), wishes.Newcomer("gone", "离岗"))
    client.force_login(person)
    actions.set_active(make.city(), person, False)
    assert authenticate(username="gone", password=password) is None
    assert client.get("/desk/people/").status_code == 302
    actions.set_active(make.city(), person, True)
    assert authenticate(username="gone", password=password) == person


def test_a_new_password_replaces_the_old_one_and_ends_sessions(client):
    person, old = actions.register(make.district(), wishes.Newcomer("lost", "忘记"))
    client.force_login(person)
    new = actions.reset_password(make.district(), person)
    assert authenticate(username="lost", password=old) is None
    assert authenticate(username="lost", password=new) == person
    assert client.get("/desk/people/").status_code == 302


@pytest.mark.django_db(transaction=True)
def test_two_administrators_at_once_grant_one_post():
    person, administrators = make.person(), [make.district(), make.city()]
    outcomes = []

    def give(actor):
        try:
            actions.grant(actor, person, make.wish())
            outcomes.append("granted")
        except Refused as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=give, args=[one]) for one in administrators]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["granted", "granted-already"]
    assert person.posts.count() == 1
