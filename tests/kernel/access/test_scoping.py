"""Rows are seen through access: sets with reasons, nothing without a rule, nothing by an expired post."""

import datetime as dt

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from tests.kernel.access import make
from yiwang.kernel.access import logic, queries
from yiwang.kernel.people import actions as people
from yiwang.kernel.people import models
from yiwang.kernel.people import queries as posts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def published(db):
    make.published()


def names(rows) -> set[str]:
    return {one.name for one in rows}


def test_a_model_without_rules_shows_nothing():
    assert ContentType.objects.exists()
    assert queries.scope(ContentType.objects.all(), make.city()).count() == 0
    assert queries.explain(ContentType.objects.all(), make.city()).count() == 0


def test_rules_of_a_model_are_declared_once():
    with pytest.raises(ValueError, match="declared twice"):
        queries.declare(models.Person, queries.PERSON_RULES)


def test_an_administrator_sees_the_people_of_their_area_and_those_without_post():
    wuhou, jinjiang, nobody = (
        make.person(("urban", "handler", "510107")),
        make.person(("jinjiang", "handler", "510104")),
        make.person(),
    )
    district = make.district()
    seen = names(queries.people_administered(district))
    assert {wuhou.name, nobody.name, district.name} <= seen
    assert jinjiang.name not in seen
    assert {wuhou.name, jinjiang.name, nobody.name} <= names(queries.people_administered(make.city()))


def test_without_permission_only_oneself_is_seen():
    handler = make.actor(("urban", "handler", "510107"))
    make.person(("urban", "handler", "510107"))
    assert names(queries.people_administered(handler)) == {handler.name}
    assert queries.posts_administered(handler).count() == 1


@pytest.mark.parametrize("actor", [logic.NOBODY, logic.SYSTEM, logic.citizen("ABCDEFGHJKMN")])
def test_who_is_no_person_sees_no_people(actor):
    make.person(("urban", "handler", "510107"))
    assert queries.people_administered(actor).count() == 0
    assert queries.posts_administered(actor).count() == 0


def test_each_row_says_why_it_is_seen():
    make.person(("urban", "handler", "510107"))
    district = make.district()
    found = {one.name: one.grants for one in queries.explain(models.Person.objects.order_by("id"), district)}
    assert found[district.name] == ["area", "self"]
    assert set(map(tuple, found.values())) == {("area",), ("area", "self")}
    said = queries.reasons(models.Person, ["self", "area"])
    assert [one.en for one in said] == ["holds a post in the area you administer", "yourself"]


@pytest.mark.parametrize(
    ("since", "until", "gives"),
    [(-9, None, True), (-9, 0, True), (-9, -1, False), (1, None, False), (0, None, True)],
)
def test_a_post_gives_rights_on_its_days_only(since: int, until: int | None, gives: bool):
    today = timezone.localdate()
    shifted = lambda days: None if days is None else today + dt.timedelta(days)  # noqa: E731
    person = make.person(("centre", "administrator", "510107"), since=shifted(since), until=shifted(until))
    actor = queries.actor_of(person)
    assert queries.may(actor, "administer-people") is gives
    assert posts.posts_on(today).filter(person=person).exists() is gives
    assert bool(actor.posts) is gives


def test_who_may_not_sign_in_has_no_posts():
    person = make.person(("centre", "administrator", "510107"))
    people.set_active(person, False)
    assert queries.actor_of(person).posts == ()


def test_an_actor_is_found_with_one_query(django_assert_num_queries):
    person = make.person(("urban", "handler", "510107"), ("centre", "verifier", "510107"))
    with django_assert_num_queries(1):
        actor = queries.actor_of(person)
    assert [post.role for post in actor.posts] == ["handler", "verifier"]
    assert actor.holds("handler")
    assert actor.with_roles({"verifier"})[0].covers("510107007")
