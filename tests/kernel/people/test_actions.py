"""Persons and posts as rows: what is refused, what stays on record."""

import datetime as dt

import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tests.kernel.access import make
from yiwang.kernel.people import actions, models, queries

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 22)


@pytest.fixture(autouse=True)
def published(db):
    make.published()


def test_a_user_name_is_held_once():
    actions.register("li", "李红", "secret-words")
    with pytest.raises(ValidationError):
        actions.register("li", "李洪", None)


def test_without_a_password_nobody_signs_in():
    actions.register("li", "李红", None)
    assert authenticate(username="li", password="") is None


def test_a_post_does_not_end_before_it_begins():
    person = make.person()
    with pytest.raises(ValidationError):
        actions.grant(person, "urban", "handler", "510107", DAY, DAY - dt.timedelta(days=1))
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Post.objects.create(
            person=person, organisation_id="urban", role="handler", area="510107",
            valid_from=DAY, valid_to=DAY - dt.timedelta(days=1),
        )  # fmt: skip
    assert person.posts.count() == 0


def test_many_are_enrolled_at_once_and_again_without_change():
    posts = (actions.NewPost("urban", "handler", "510107", DAY),)
    newcomers = [actions.Newcomer(f"n{number}", f"第{number}人", posts) for number in range(30)]
    actions.enrol(newcomers, "secret-words")
    assert authenticate(username="n7", password="secret-words").name == "第7人"
    first = models.Person.objects.get(username="n7")
    actions.enrol([*newcomers, actions.Newcomer("late", "迟来", posts)], "other-words")
    assert models.Person.objects.get(username="n7").password == first.password
    assert models.Post.objects.filter(organisation="urban").count() == 31
    assert authenticate(username="late", password="other-words")


def test_new_passwords_differ_and_can_be_read_out():
    person = make.person()
    given = {actions.reset_password(person) for _ in range(2)}
    assert len(given) == 2
    assert all(set(one) <= set(actions.READABLE + "-") and len(one) == 19 for one in given)


def test_holders_and_watchers_of_a_day():
    handler = make.person(("urban", "handler", "510107"))
    watcher = make.person(("hotline", "supervisor", "5101"))
    make.person(("urban", "handler", "510107"), until=DAY - dt.timedelta(days=1))
    assert [one.person for one in queries.holders(DAY, "urban", ["handler"])] == [handler]
    assert [one.person for one in queries.watchers(DAY, "510107007", ["supervisor"])] == [watcher]
    assert not queries.watchers(DAY, "52", ["supervisor"])
