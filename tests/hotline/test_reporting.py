"""Any door: one case per request, photos kept, refusals that leave nothing half done."""

import io

import pytest

from tests.cases import make as town
from tests.hotline import make
from yiwang.cases import models
from yiwang.hotline import actions
from yiwang.hotline.actions.reporting import Refusal
from yiwang.hotline.definitions.faults import Invalid
from yiwang.hotline.definitions.requests import Photo, Said
from yiwang.kernel.files import queries as files
from yiwang.kernel.files.models import StoredFile

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def desk(db, settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    make.published()


def case(reported) -> models.Case:
    return models.Case.objects.get(pk=reported.case.id)


def test_a_word_becomes_a_routed_case_with_its_reasons():
    reported = make.report(name="张三丰", mobile="+86 138 0013 8000", address="12号院")
    row = case(reported)
    assert (row.title, row.category, row.area) == ("玉林东路12号院门口的雨水井盖破了", "manhole", "510107007")
    assert (row.organisation_id, row.state, row.channel) == ("water", "dispatched", "web")
    assert (row.reporter_name, row.reporter_mobile, row.address) == ("张三丰", "13800138000", "12号院")
    first = row.events.get(seq=1)
    assert first.actor_kind == "citizen"
    assert first.data["found"]["category"]["words"] == ["井盖", "雨水井"]


def test_the_same_form_sent_twice_is_one_case_and_a_changed_one_is_told_so():
    said, key = Said(text=make.WORDS), make.key()
    first, second = actions.report(said, "web", key), actions.report(said, "web", key)
    assert (first.case.tracking, second.case.repeated) == (second.case.tracking, True)
    with pytest.raises(Invalid) as caught:
        actions.report(Said(text="别的事"), "web", key)
    assert [one.code for one in caught.value.faults] == ["used-form"]
    assert models.Case.objects.count() == 1


def test_the_same_key_at_another_door_is_another_case():
    said, key = Said(text=make.WORDS), make.key()
    assert actions.report(said, "web", key).case.id != actions.report(said, "api", key).case.id


def test_a_report_with_photos_is_a_snap_report_and_its_photos_give_the_place():
    photo = make.photo(where=(104.15, 30.65))
    reported = actions.report(Said(text=make.WORDS), "web", make.key(), photos=[photo])
    row = case(reported)
    assert (row.channel, row.area) == ("snap", "510104")
    assert (row.lon, row.lat) == pytest.approx((104.15, 30.65), abs=1e-4)
    assert row.files.count() == 1


def test_one_bad_photo_refuses_the_request_and_keeps_the_good_one():
    bad = Photo("坏.jpg", io.BytesIO(b"not a photo at all"))
    with pytest.raises(Refusal) as caught:
        actions.report(Said(text=make.WORDS, mobile="1"), "web", make.key(), photos=[make.photo(), bad])
    assert {one.field for one in caught.value.faults} == {"photos", "mobile"}
    assert "坏.jpg" in next(one.message.zh for one in caught.value.faults if one.field == "photos")
    assert not models.Case.objects.exists()
    kept = [files.get(one) for one in caught.value.kept]
    reported = actions.report(Said(text=make.WORDS), "web", make.key(), kept=kept)
    assert case(reported).files.get().file == kept[0]


def test_no_more_photos_than_the_pack_allows():
    many = [make.photo(colour) for colour in ("red", "green", "blue")]
    with pytest.raises(Invalid) as caught:
        actions.report(Said(text=make.WORDS), "web", make.key(), photos=many)
    assert [one.code for one in caught.value.faults] == ["too-many-photos"]
    assert not StoredFile.objects.exists()


def test_the_same_photo_twice_is_one_file():
    reported = actions.report(Said(text=make.WORDS), "web", make.key(), photos=[make.photo(), make.photo()])
    assert case(reported).files.count() == 1


def test_only_the_roles_of_the_pack_may_file_a_call():
    said = Said(text=make.WORDS, urgency="3", mobile="13800138000")
    with pytest.raises(Invalid) as caught:
        actions.report(said, "hotline", make.key(), actor=town.person("handler"))
    assert [one.code for one in caught.value.faults] == ["not-yours"]
    agent = town.person("hotline-agent")
    row = case(actions.report(said, "hotline", make.key(), actor=agent))
    assert (row.opened_by_id, row.channel, row.urgency) == (agent.person, "hotline", 3)
    assert row.events.get(seq=1).post_id == agent.posts[0].id
