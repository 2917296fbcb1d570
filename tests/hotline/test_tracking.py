"""What a citizen sees and does with a tracking code, and nothing more."""

import datetime as dt
import json

import pytest
from django.utils import translation

from tests.cases import make as town
from tests.hotline import make
from yiwang.cases.definitions.flows import Action
from yiwang.cases.definitions.refusals import Refused
from yiwang.hotline import actions
from yiwang.hotline.definitions.requests import Said
from yiwang.hotline.logic import showing
from yiwang.hotline.queries import tracking
from yiwang.kernel.ledger import actions as ledger
from yiwang.kernel.ledger import logic as ledger_logic

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def desk(db, settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"
    settings.LEDGER_KEY_FILE = tmp_path / "keys" / "ledger.pem"
    make.published()


def seen(reported) -> tracking.Tracked:
    return tracking.tracked(tracking.find(reported.case.tracking))


@pytest.mark.parametrize("spell", [str.lower, lambda code: f" {code[:4]}-{code[4:8]} {code[8:]} "])
def test_a_code_is_found_however_it_is_typed(spell):
    reported = make.report()
    assert tracking.find(spell(reported.case.tracking)).id == reported.case.id


@pytest.mark.parametrize("code", ["", "x", "0" * 12, "A" * 13, "１" * 12, "'; --" * 3, "\x00" * 12])
def test_a_wrong_code_finds_nothing(code: str):
    make.report()
    assert tracking.find(code) is None


def test_personal_data_is_masked():
    one = seen(make.report(name="张三丰", mobile="13812342217"))
    assert (one.name, one.mobile) == ("张**", "138****2217")


def test_the_way_of_a_case_in_the_readers_language():
    one = seen(make.report())
    assert (one.state, one.stage, one.ended) == ("已派遣", 2, False)
    assert (one.category, one.area) == ("井盖", "成都市 武侯区 玉林街道")
    assert [step.name for step in one.steps] == ["自动派遣", ""]
    with translation.override("en"):
        assert seen(make.report()).state == "Dispatched"


def test_notes_of_staff_stay_inside_and_answers_come_out():
    reported = make.report(category="other")
    dispatcher, handler = town.person("dispatcher"), town.person("handler")
    town.act(reported.case, "dispatch", dispatcher, organisation="urban", note="内部意见")
    town.act(reported.case, "sign_in", handler)
    town.act(reported.case, "reply", handler, reply="井盖已更换")
    words = [step.words for step in seen(reported).steps]
    assert "井盖已更换" in words
    assert "内部意见" not in words


def test_a_citizen_withdraws():
    reported = make.report()
    assert [one.code for one in seen(reported).moves] == ["withdraw"]
    actions.act(reported.case.tracking, "withdraw", {"reply": "已自行解决"}, make.key())
    assert seen(reported).state == "您已撤回"
    with pytest.raises(Refused):
        actions.act(reported.case.tracking, "withdraw", {}, make.key())


def test_a_citizen_rates_once_closed_and_may_reopen():
    reported = make.report(category="lamp")
    town.handled(reported.case, town.person("handler"), town.person("verifier"))
    assert {one.code for one in seen(reported).moves} == {"rate", "reopen"}
    key = make.key()
    for _ in range(2):
        actions.act(reported.case.tracking, "rate", {"grade": "5", "reply": "很快"}, key)
    one = seen(reported)
    assert (one.case.rating, one.steps[0].grade, one.steps[0].words, one.stage) == (5, 5, "很快", 7)
    assert one.steps[0].by_citizen


def test_no_action_with_a_code_that_is_not_the_cases():
    make.report()
    with pytest.raises(Refused) as caught:
        actions.act("2" * 12, "withdraw", {}, make.key())
    assert caught.value.code == "unknown-case"


def test_photos_of_public_steps_come_without_metadata_and_others_not_at_all():
    reported = actions.report(
        Said(text=make.WORDS), "web", make.key(), photos=[make.photo(where=(104.05, 30.65))]
    )
    case = tracking.find(reported.case.tracking)
    sha = seen(reported).steps[-1].photos[0]
    with tracking.photo(case, sha) as stream:
        content = stream.read()
    assert content.startswith(b"\xff\xd8")
    assert b"Exif" not in content
    with tracking.photo(case, sha, small=True) as stream:
        assert len(stream.read()) <= len(content)
    other = tracking.find(make.report().case.tracking)
    assert tracking.photo(other, sha) is None
    assert tracking.photo(case, "0" * 64) is None


def test_the_proof_holds_without_what_only_staff_may_read():
    reported = make.report(category="lamp")
    handler = town.person("handler")
    town.act(reported.case, "sign_in", handler)
    town.act(reported.case, "ask_extension", handler, days=5, note="缺配件，勿外传")
    ledger.seal()
    proof = tracking.proof(tracking.find(reported.case.tracking))
    written = json.dumps(proof, ensure_ascii=False)
    assert "勿外传" not in written
    found = ledger_logic.check_proof(json.loads(written))
    assert {one.code for one in found} == {"withheld", "own-key"}
    proof["entries"][0]["content"]["note"] = "改过"
    assert any(one.fault for one in ledger_logic.check_proof(proof))


def test_a_page_costs_few_queries(django_assert_max_num_queries):
    reported = make.report()
    with django_assert_max_num_queries(7):
        seen(reported)


def step(**asks: dict) -> Action:
    declared = {name: {"name": name, **asked} for name, asked in asks.items()}
    return Action.model_validate(
        {"name": "x", "from": ["a"], "who": ["system"], "asks": declared, "public": True}
    )


@pytest.mark.parametrize(
    ("asks", "note", "data", "words", "open_"),
    [
        ({"reply": {"public": True}}, "好", {}, "好", True),
        ({"note": {}}, "内", {}, "", False),
        ({"note": {"public": True}}, "外", {}, "外", True),
        ({"reply": {"public": True}, "note": {}}, "好", {"note": "内"}, "好", False),
        ({"reply": {"public": True, "required": False}, "note": {}}, "内", {}, "", False),
        (
            {"note": {"required": False}, "organisation": {"kind": "organisation"}},
            "",
            {"organisation": "x"},
            "",
            True,
        ),
        ({}, "?", {}, "", False),
    ],
)
def test_which_words_of_a_step_are_public(asks, note, data, words, open_):
    action = step(**asks)
    assert showing.words(action, note, data) == words
    assert showing.open_to_citizen(action, note, data) is open_


def test_times_are_told_in_json():
    told = tracking.told(seen(make.report()))
    assert isinstance(told["opened_at"], dt.datetime)
    assert told["actions"] == ["withdraw"]
