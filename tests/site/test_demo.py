"""The demonstration city: its timeline is the same each time, its cases are real, loading again adds nothing."""

import collections
import dataclasses
import datetime as dt
import functools
import io
import types

import pytest
import shapely
from django.conf import settings
from django.contrib.auth import authenticate
from django.db import connection
from PIL import Image

from yiwang.cases import models
from yiwang.cases.logic import world
from yiwang.cases.queries import worlds
from yiwang.kernel.ledger import queries as ledger
from yiwang.kernel.outbox.models import Failed, Message
from yiwang.kernel.people.models import Person, Post
from yiwang.kernel.places import definitions as places
from yiwang.kernel.places.logic import outlines
from yiwang.kernel.releases import actions as releases
from yiwang.packs import loading
from yiwang.site import demo
from yiwang.site.demo import checking, definitions, photos, staging
from yiwang.site.demo.definitions import Demonstration, Plot, Story
from yiwang.site.demo.gazetteer import Gazetteer
from yiwang.site.demo.planning import Script

LAST = dt.datetime(2026, 11, 20, 8, 30, tzinfo=dt.UTC)


@functools.cache
def city():
    return loading.load(settings.PACKS_ROOT / "chengdu", roots=[settings.PACKS_ROOT])


def changed(**given):
    """Return the city with a changed demonstration."""
    made = city()
    entries = {code: one.model_copy(update=given) for code, one in made.entries(Demonstration).items()}
    declared = {**made.declared, "demo": types.MappingProxyType(entries)}
    return dataclasses.replace(made, declared=types.MappingProxyType(declared))


@functools.cache
def outlined():
    return outlines.shapes(city().entries(places.Outlines).values())


def script(**given) -> Script:
    pack = changed(**given)
    (only,) = pack.entries(Demonstration).values()
    the = world.build(0, pack)
    gazetteer = Gazetteer(the.areas, outlined(), only.spots)
    return Script(only, list(pack.entries(Story).values()), list(pack.entries(Plot).values()), the, gazetteer)


@functools.cache
def timeline():
    return script().scenes(LAST)


def test_the_timeline_is_in_order_and_ends_with_the_last_opening():
    scenes = timeline()
    assert [one.at for one in scenes] == sorted(one.at for one in scenes)
    assert scenes[-1].key == script().end
    assert (scenes[-1].at, scenes[-1].do) == (LAST, "open")
    assert len({one.key for one in scenes}) == len(scenes)
    assert max(len(one.key) for one in scenes) <= 60
    assert scenes[0].at >= LAST - dt.timedelta(days=31)


def test_the_same_declaration_gives_the_same_timeline():
    assert script(cases=40).scenes(LAST) == script(cases=40).scenes(LAST)
    assert script(cases=40).scenes(LAST) != script(cases=40, seed=7).scenes(LAST)


def test_every_step_comes_after_the_one_before_it():
    steps = collections.defaultdict(list)
    for scene in timeline():
        steps[scene.subject.code].append(int(scene.key.rpartition(":")[2]))
    assert all(numbers == list(range(len(numbers))) for numbers in steps.values())


def test_places_lie_in_their_areas_and_words_are_filled():
    shapes = {one.code: one.shape for one in outlined()}
    for scene in timeline():
        subject = scene.subject
        assert "{" not in subject.title + subject.text + subject.address
        assert 0 < len(subject.title) <= 60
        if subject.place.lon is not None:
            assert shapes[subject.place.area[:6]].contains(
                shapely.Point(subject.place.lon, subject.place.lat)
            )


def test_there_are_enough_cases_of_every_kind():
    scenes = timeline()
    assert sum(one.do == "open" for one in scenes) >= 780
    assert {one.subject.story.code for one in scenes} == set(city().entries(Story))
    done = collections.Counter(one.do for one in scenes)
    wanted = ("merge", "co_handle", "return", "dispute", "arbitrate", "ask_extension", "grant_extension",
              "put_right", "revisit", "urge", "pause", "transfer", "rework", "reopen", "decline", "withdraw")  # fmt: skip
    assert all(done[action] >= 2 for action in wanted), done


def test_people_work_in_working_time_and_citizens_at_any_time():
    calendar = script().world.calendars[""]
    office = [one for one in timeline() if one.do in {"sign_in", "reply", "close", "dispatch"}]
    assert all(
        calendar.is_workday(one.at.astimezone(dt.timezone(dt.timedelta(hours=8))).date()) for one in office
    )
    assert any(not 9 <= (one.at.hour + 8) % 24 < 18 for one in timeline() if one.do == "open")


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"flow": "nothing"}, "flow"),
        ({"districts": {"990101": 1}}, "districts.990101"),
        ({"staff": (definitions.Staff(role="king", at="desks"),)}, "staff.0.role"),
        ({"accounts": (definitions.Account(username="a", name="甲", posts=(
            definitions.PostHeld(organisation="no", role="king", area="5101"),)),)}, "accounts.0.posts.0.organisation"),
    ],
)  # fmt: skip
def test_what_the_pack_does_not_have_is_told(given, path):
    assert path in [one.path for one in checking.demonstrations(changed(**given))]


def test_a_role_that_nobody_holds_is_told():
    found = list(checking.demonstrations(changed(accounts=(), staff=())))
    assert {"没有人担任“verifier”", "没有人担任“hotline-agent”"} <= {one.message.zh for one in found}


def test_words_that_nothing_fills_are_told():
    phrases = {"when": ("今天",)}
    assert any("{ask}" in one.message.zh for one in checking.stories(changed(phrases=phrases)))
    assert any("{reply}" not in one.message.zh for one in checking.plots(changed(phrases=phrases)))


@pytest.mark.parametrize("after", [("3 working hours", "1 working hours"), ("1 hours", "2 working hours"),
                                   ("1 days", "2 days")])  # fmt: skip
def test_a_span_of_time_runs_from_short_to_long(after):
    with pytest.raises(ValueError, match=r"use hours|same kind of time"):
        definitions.Step(do="reply", by="reporter", after=after)


@pytest.mark.parametrize("scene", [*photos.SCENES, "unknown"])
def test_photos_differ_before_and_after_and_are_small(scene):
    before, after = (photos.draw(scene, "1", done=done) for done in (False, True))
    assert before == photos.draw(scene, "1", done=False)
    assert (before != after) or scene == "unknown"
    assert len(before) < 200_000
    assert Image.open(io.BytesIO(before)).size == (800, 600)


@pytest.fixture
def small(db, settings, tmp_path):
    """Publish the city with a small demonstration that few people and cases make."""
    settings.FILES_ROOT, settings.LEDGER_KEY_FILE = tmp_path / "files", tmp_path / "keys" / "ledger.pem"
    releases.publish(changed(cases=25, days=12))


def counted() -> tuple[int, ...]:
    return tuple(one.objects.count() for one in (models.Case, models.Event, models.Notice, Person, Post))


def test_loading_makes_a_sound_city_and_again_adds_nothing(small, caplog):
    said = []
    lines = demo.load(said.append)
    assert not [one for one in caplog.records if "was refused" in one.message]
    assert models.Case.objects.filter(lead=None).count() >= 25
    assert authenticate(username="wuhou", password="yiwang-demo").name == "陈雪梅"
    assert any("wuhou" in line and "武侯区" in line for line in lines)
    assert said[-1].startswith("  100 %")
    assert (Message.objects.count(), Failed.objects.count()) == (0, 0)
    report = ledger.verify()
    assert report.sound
    assert report.sealed == report.entries == models.Event.objects.count()
    histories_are_in_order_of_time_and_in_the_past()
    everybody_needed_is_there()
    before = counted()
    assert demo.load(said.append) == lines
    assert counted() == before
    # every role of the flows is held, so that the city can be published again
    assert releases.publish(changed(cases=26, days=12)).pk > models.Case.objects.first().release_id


def histories_are_in_order_of_time_and_in_the_past() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM (SELECT at, lag(at) OVER (PARTITION BY case_id ORDER BY seq) AS before "
            "FROM cases_event) AS steps WHERE at < before OR at > clock_timestamp()"
        )
        assert cursor.fetchone() == (0,)
    openings = list(models.Case.objects.order_by("id").values_list("opened_at", flat=True))
    assert openings == sorted(openings)


def everybody_needed_is_there() -> None:
    holders = set(models.Case.objects.filter(ended_at=None).values_list("organisation", flat=True))
    staffed = set(Post.objects.filter(role="handler").values_list("organisation", flat=True))
    assert holders <= staffed
    desks = {one.organisation for one in worlds.current().router.desks["", ""]}
    assert desks <= set(Post.objects.filter(role="dispatcher").values_list("organisation", flat=True))


def test_a_load_that_was_killed_goes_on_where_it_stopped(small, monkeypatch):
    played, play = [], staging.Stage.play

    def killed(self, scene):
        if len(played) == 40:
            raise KeyboardInterrupt
        played.append(scene.key)
        play(self, scene)

    with monkeypatch.context() as patched:
        patched.setattr(staging.Stage, "play", killed)
        with pytest.raises(KeyboardInterrupt):
            demo.load(lambda _line: None)
    assert 0 < models.Event.objects.filter(key__startswith="demo:").count() <= 40
    said = []
    demo.load(said.append)
    assert "40" in said[0]
    keys = list(models.Event.objects.filter(key__startswith="demo:").values_list("key", flat=True))
    assert len(keys) == len(set(keys))
    scenes = script(cases=25, days=12).scenes(Person.objects.get(username="agent").created_at)
    assert {one.key for one in scenes} <= set(keys)
