import threading

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from tests.packs import make
from yiwang.kernel.releases import actions, definitions, models, queries
from yiwang.packs import kinds, problems, registry


@pytest.fixture(autouse=True)
def rooms(monkeypatch):
    """Leave publishing alone: the kinds of the engine's tests, no room's checks and installers."""
    monkeypatch.setattr(definitions, "checks", registry.Registry("check"))
    monkeypatch.setattr(definitions, "installers", registry.Registry("installer"))
    monkeypatch.setattr(kinds, "registry", make.kinds_of_tests())
    queries.forget()
    yield
    queries.forget()


def test_nothing_is_current_before_the_first_release(db):
    with pytest.raises(queries.NoRelease, match="yiwang pack publish"):
        queries.current()


def test_a_published_pack_is_current_and_read_back_as_it_was(db):
    city = make.load()
    release = actions.publish(city, by="wang")
    assert queries.current() == release
    assert (release.pack, release.digest, release.published_by) == ("city", city.digest, "wang")
    stored = queries.pack(release.pk)
    assert stored.declared == city.declared
    assert stored is queries.current_pack()


def test_the_same_pack_again_makes_no_new_release(db):
    installed = []
    definitions.installers.add("room", installed.append)
    first = actions.publish(make.load())
    assert actions.publish(make.load()) == first
    assert models.Release.objects.count() == 1
    assert len(installed) == 1


def test_going_back_to_an_older_pack_is_a_release_of_its_own(db):
    city, base = make.load("city"), make.load("base")
    first, _, third = [actions.publish(one) for one in (city, base, city)]
    assert first.digest == third.digest
    assert queries.current() == third
    assert queries.history().first().pk == third.pk


def test_installers_run_in_order_and_with_the_release_or_not_at_all(db):
    seen = []

    def fails(made):
        raise RuntimeError("a room could not follow")

    definitions.installers.add("first", lambda made: seen.append(("first", made.code)))
    definitions.installers.add("second", lambda made: seen.append(("second", made.code)))
    actions.publish(make.load("base"))
    definitions.installers.add("third", fails)
    with pytest.raises(RuntimeError):
        actions.publish(make.load("city"))
    assert seen[:2] == [("first", "base"), ("second", "base")]
    assert queries.current().pack == "base"


def test_a_check_that_objects_leaves_everything_as_it_was(db):
    def check(made):
        yield made.problem(None, "name", zh="不行", en="not here")

    definitions.checks.add("room", check)
    with pytest.raises(problems.PackInvalid, match="不行"):
        actions.publish(make.load())
    assert not models.Release.objects.exists()


@pytest.mark.parametrize("verb", ["UPDATE releases_release SET pack = 'x'", "DELETE FROM releases_release"])
def test_a_release_never_changes(db, verb):
    actions.publish(make.load())
    with (
        pytest.raises(ProgrammingError, match="Cannot update or delete"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(verb)


def test_the_database_refuses_content_that_does_not_match_its_digest(db):
    with pytest.raises(IntegrityError, match="release_digest_matches_content"), transaction.atomic():
        models.Release.objects.create(pack="x", digest="0" * 64, content="{}")


def test_listing_releases_does_not_read_their_content(db, django_assert_num_queries):
    actions.publish(make.load())
    with django_assert_num_queries(1) as asked:
        assert [release.pack for release in queries.history()] == ["city"]
    assert '"content"' not in asked.captured_queries[0]["sql"]


def test_outside_transactions_the_current_release_is_remembered(transactional_db, django_assert_num_queries):
    first = actions.publish(make.load("base"))
    assert queries.current() == first
    with django_assert_num_queries(0):
        queries.current()
    second = actions.publish(make.load("city"))
    assert queries.current() == second


def test_what_is_rolled_back_was_never_current(transactional_db):
    first = actions.publish(make.load("base"))
    with transaction.atomic():
        second = actions.publish(make.load("city"))
        assert queries.current() == second
        transaction.set_rollback(True)
    assert queries.current() == first


def test_publishers_at_once_take_turns(transactional_db):
    running, most = [], []

    def install(made):
        running.append(made)
        most.append(len(running))
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.05)")
        running.pop()

    definitions.installers.add("slow", install)
    results = []

    def publish():
        try:
            results.append(actions.publish(make.load()).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=publish) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(results)) == 1
    assert len(results) == 4
    assert most == [1]


def test_a_release_of_unknown_kinds_is_refused_with_words(db, monkeypatch):
    release = actions.publish(make.load())
    monkeypatch.setattr(kinds, "registry", kinds.Registry())
    with pytest.raises(problems.PackInvalid, match="不认识这一类声明"):
        queries.pack(release.pk)
