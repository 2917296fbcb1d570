"""The one write path: what a verb writes, refuses, repeats and loses to another."""

import datetime as dt
import json
import uuid

import pgtrigger
import pytest
from django.db import ProgrammingError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.cases import make
from yiwang.cases import actions, models
from yiwang.cases.actions import sending
from yiwang.cases.definitions.refusals import Conflict, Refused
from yiwang.cases.queries import facts, visible
from yiwang.kernel.access import logic as access
from yiwang.kernel.ledger import queries as ledger
from yiwang.kernel.ledger.models import LedgerEntry
from yiwang.kernel.outbox import actions as outbox
from yiwang.kernel.outbox.models import Failed, Message
from yiwang.kernel.releases import actions as releases
from yiwang.packs.pack import Pack

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def town(db):
    make.published()


def row(opened) -> models.Case:
    return models.Case.objects.get(pk=opened.id)


def drain() -> None:
    while outbox.drain():
        pass
    assert list(Failed.objects.values_list("handler", "error")) == []


def test_a_request_is_routed_by_the_list_of_its_day_with_the_reason():
    opened = make.case()
    assert (opened.organisation, opened.state) == ("water", "dispatched")
    step = models.Event.objects.get(case=opened.id, action="route")
    assert step.data["why"] == {
        "rule": "responsibility-list", "line": "manhole-wuhou", "category": "manhole", "area": "510107", "basis": "新清单",
    }  # fmt: skip


def test_what_nobody_answers_for_waits_at_the_named_desk():
    opened = make.case(category="other", area="510104")
    assert (opened.organisation, opened.state) == ("hotline", "filed")
    assert models.Event.objects.get(case=opened.id, action="route").data["why"]["rule"] == "desk"


def test_the_whole_way_to_a_rating():
    opened = make.case(category="lamp")
    make.handled(opened, make.person("handler"), make.person("verifier"))
    make.act(opened, "rate", make.citizen(opened), grade="5", reply="很快")
    case = row(opened)
    assert (case.state, case.rating, case.light, case.due_at) == ("evaluated", 5, "", None)
    assert case.ended_at is not None
    steps = models.Event.objects.filter(case=opened.id).order_by("seq").values_list("action", flat=True)
    assert list(steps) == ["open", "route", "sign_in", "reply", "close", "rate"]
    assert not models.Clock.objects.filter(case=opened.id, stopped_at=None).exists()


def test_every_step_is_chained_and_the_head_is_the_last():
    opened = make.case(category="lamp")
    make.act(opened, "sign_in", make.person("handler"))
    entries = list(LedgerEntry.objects.filter(subject=opened.id).order_by("seq"))
    assert [entry.seq for entry in entries] == [1, 2, 3]
    assert [bytes(after.prev) for after in entries[1:]] == [bytes(before.hash) for before in entries[:-1]]
    assert bytes(row(opened).head) == bytes(entries[-1].hash)
    assert ledger.verify().sound


def test_verification_finds_an_altered_step():
    opened = make.case()
    with pgtrigger.ignore("cases.Event:history_is_kept"):
        models.Event.objects.filter(case=opened.id, seq=2).update(note="forged")
    assert not ledger.verify().sound


def test_history_cannot_be_changed_nor_deleted():
    opened = make.case()
    with pytest.raises(ProgrammingError, match="Cannot"), transaction.atomic():
        models.Event.objects.filter(case=opened.id).update(note="forged")
    with pytest.raises(ProgrammingError, match="Cannot"), transaction.atomic():
        models.Event.objects.filter(case=opened.id).delete()


def test_the_same_key_opens_once():
    given = make.opening()
    first, second = actions.open(given), actions.open(given)
    assert (second.id, second.number, second.repeated) == (first.id, first.number, True)
    assert models.Case.objects.count() == 1


def test_a_key_with_other_words_is_refused():
    given = make.opening()
    actions.open(given)
    with pytest.raises(Refused, match=given.key) as refused:
        actions.open(make.opening(key=given.key, text="别的事"))
    assert refused.value.code == "key-reused"


def test_the_same_key_acts_once():
    opened, handler, key = make.case(category="lamp"), make.person("handler"), make.key()
    first = actions.perform(opened.id, "sign_in", handler, {}, key)
    again = actions.perform(opened.id, "sign_in", handler, {}, key)
    assert (again.seq, again.state, again.repeated) == (first.seq, "handling", True)
    with pytest.raises(Refused, match=key):
        actions.perform(opened.id, "urge", make.person("supervisor"), {"note": "快"}, key)


def test_open_many_keeps_order_refuses_one_by_one_and_repeats_nothing():
    good, bad, twin = make.opening(), make.opening(area="999999"), make.opening()
    results = actions.open_many([good, bad, twin, good])
    assert [getattr(one, "code", "opened") for one in results] == [
        "opened",
        "unknown-area",
        "opened",
        "opened",
    ]
    assert results[3].id == results[0].id
    again = actions.open_many([good, bad, twin])
    assert [getattr(one, "repeated", None) for one in again] == [True, None, True]
    assert models.Case.objects.count() == 2


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"area": "510199"}, "unknown-area"),
        ({"category": "nothing"}, "unknown-category"),
        ({"flow": "nothing"}, "unknown-flow"),
        ({"organisation": "nothing"}, "unknown-organisation"),
        ({"title": "  "}, "required"),
        ({"title": "长" * 121}, "too-long"),
    ],
)
def test_a_bad_request_leaves_nothing(changed, code):
    with pytest.raises(Refused) as refused:
        make.case(**changed)
    assert refused.value.code == code
    assert not models.Case.objects.exists()
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("action", "role", "given", "code"),
    [
        ("sign_in", "verifier", {}, "not-yours"),
        ("close", "verifier", {}, "wrong-state"),
        ("nonsense", "handler", {}, "unknown-action"),
        ("return", "handler", {}, "required"),
        ("return", "handler", {"note": "x" * 4001}, "too-long"),
        ("return", "handler", {"note": "x", "colour": "red"}, "unknown-input"),
        ("dispute", "handler", {"note": "不是我的"}, "guard"),
    ],
)
def test_a_refused_action_changes_nothing(action, role, given, code):
    opened = make.case(category="lamp")
    before = models.Event.objects.count()
    with pytest.raises(Refused) as refused:
        make.act(opened, action, make.person(role), **given)
    assert refused.value.code == code
    assert refused.value.message("en") != refused.value.message("zh-hans")
    assert models.Event.objects.count() == before


def test_an_action_on_a_case_that_moved_is_a_clear_conflict(monkeypatch):
    """Decide on the case as it was, write after it moved: the loser is told the state it is in now."""
    opened, handler = make.case(category="lamp"), make.person("handler")
    stale = facts.load(opened.id)
    make.act(opened, "sign_in", handler)
    real, calls = facts.load, []

    def first_stale(case, key=None):
        calls.append(case)
        return stale if len(calls) == 1 else real(case, key)

    monkeypatch.setattr(facts, "load", first_stale)
    with pytest.raises(Conflict) as conflict:
        make.act(opened, "sign_in", handler)
    assert "处理中" in conflict.value.message("zh-hans")


def test_a_bad_rating_must_be_put_right_and_revisited():
    opened, handler, verifier = make.case(category="lamp"), make.person("handler"), make.person("verifier")
    make.handled(opened, handler, verifier)
    make.act(opened, "rate", make.citizen(opened), grade=1, reply="没人来")
    assert row(opened).state == "follow_up"
    assert models.Clock.objects.get(case=opened.id, code="follow_up").next_at is not None
    make.act(opened, "put_right", handler, reply="已重做")
    make.act(opened, "revisit", verifier, note="仍不满意")
    assert row(opened).state == "follow_up"
    make.act(opened, "put_right", handler, reply="再次重做")
    make.act(opened, "revisit", verifier, settled="on", note="认可")
    assert row(opened).state == "evaluated"


def test_co_handling_parts_hold_the_reply_back():
    opened, handler = make.case(category="lamp"), make.person("handler")
    make.act(opened, "sign_in", handler)
    make.act(opened, "co_handle", handler, organisations=["water", "yulin"], note="请配合")
    parts = list(models.Case.objects.filter(lead=opened.id).order_by("organisation"))
    assert [(part.flow, part.organisation_id) for part in parts] == [
        ("co-handling", "water"),
        ("co-handling", "yulin"),
    ]
    with pytest.raises(Refused, match="Co-handling"):
        make.act(opened, "reply", handler, reply="好了")
    water, yulin = make.person("handler", "water"), make.person("handler", "yulin")
    assert visible.cases(water).filter(pk=opened.id).exists()
    for part, worker in zip(parts, (water, yulin), strict=True):
        make.act(part, "sign_in", worker)
    make.act(parts[0], "finish", water, reply="已配合")
    make.act(parts[1], "cancel", handler, note="不需要了")
    make.act(opened, "reply", handler, reply="好了")
    assert row(opened).state == "replied"


def test_return_dispute_arbitrate():
    opened, handler = make.case(category="lamp"), make.person("handler")
    dispatcher, arbiter = make.person("dispatcher"), make.person("arbiter")
    make.act(opened, "return", handler, note="产权不明")
    assert (row(opened).state, row(opened).organisation_id) == ("returned", "centre")
    make.act(opened, "dispatch", dispatcher, organisation="urban")
    make.act(opened, "dispute", handler, note="不属我局")
    make.act(opened, "arbitrate", arbiter, organisation="water", note="归水务")
    assert (row(opened).state, row(opened).organisation_id) == ("dispatched", "water")
    with pytest.raises(Refused, match="decided"):
        make.act(opened, "return", make.person("handler", "water"), note="还是不认")


def test_extension_is_asked_granted_and_moves_the_due_time():
    opened, handler = make.case(category="lamp"), make.person("handler")
    make.act(opened, "sign_in", handler)
    before = row(opened).due_at
    make.act(opened, "ask_extension", handler, days="3", note="要开挖")
    assert row(opened).due_at == before
    make.act(opened, "grant_extension", make.person("supervisor"))
    assert row(opened).due_at > before
    with pytest.raises(Refused):
        make.act(opened, "ask_extension", handler, days="3", note="再来")


def test_a_merged_case_is_answered_closed_and_rated_in_its_own_thread():
    parent, child = make.case(category="lamp"), make.case(category="lamp", title="同一盏灯")
    handler, verifier, dispatcher = make.person("handler"), make.person("verifier"), make.person("dispatcher")
    make.act(child, "merge", dispatcher, case=facts.load(parent.id).case)
    assert (row(child).state, row(child).merged_into_id) == ("merged", parent.id)
    make.handled(parent, handler, verifier)
    drain()
    assert row(child).state == "closed"
    answer = models.Event.objects.get(case=child.id, action="answer")
    assert (answer.note, answer.public) == ("井盖已更换", True)
    assert (
        models.Notice.objects.filter(case=child.id, mobile="13812342217", zh__contains="井盖已更换").count()
        == 1
    )
    make.act(child, "rate", make.citizen(child), grade=4)
    assert row(child).rating == 4


def test_a_merge_is_undone_where_it_stood_with_the_time_it_had():
    parent, child = make.case(category="lamp"), make.case(category="lamp")
    handler, dispatcher = make.person("handler"), make.person("dispatcher")
    make.act(child, "sign_in", handler)
    make.act(child, "merge", dispatcher, case=facts.load(parent.id).case)
    assert row(child).due_at is None
    make.act(child, "unmerge", dispatcher, note="并错了")
    back = row(child)
    assert (back.state, back.merged_into_id, back.ended_at) == ("handling", None, None)
    assert back.due_at is not None
    assert "before_merge" not in back.facts


@pytest.mark.parametrize("wrong", ["self", "chain", "parent"])
def test_merges_that_make_no_sense_are_refused(wrong):
    dispatcher = make.person("dispatcher")
    one, two, three = (make.case(category="lamp") for _ in range(3))
    make.act(two, "merge", dispatcher, case=facts.load(one.id).case)
    case, into = {"self": (three, three), "chain": (three, two), "parent": (one, three)}[wrong]
    with pytest.raises(Refused) as refused:
        make.act(case, "merge", dispatcher, case=facts.load(into.id).case)
    assert refused.value.code == f"merge-{wrong}"


def test_a_request_is_not_merged_into_the_part_of_another():
    """A co-handling case answers no citizen, so nobody's words may end in it."""
    lead, other, handler = make.case(category="lamp"), make.case(category="lamp"), make.person("handler")
    make.act(lead, "sign_in", handler)
    make.act(lead, "co_handle", handler, organisations=["urban"], note="请配合")
    part = models.Case.objects.get(lead=lead.id)
    with pytest.raises(Refused) as refused:
        make.act(other, "merge", handler, case=facts.load(part.pk).case)
    assert refused.value.code == "merge-flow"


def test_a_citizen_reopens_within_the_window_only():
    opened = make.case(category="lamp")
    make.handled(opened, make.person("handler"), make.person("verifier"))
    late = dt.datetime.now(dt.UTC) + dt.timedelta(days=16)
    with pytest.raises(Refused, match="15"):
        actions.perform(opened.id, "reopen", make.citizen(opened), {"reply": "又坏了"}, make.key(), late)
    make.act(opened, "reopen", make.citizen(opened), reply="又坏了")
    assert (row(opened).state, row(opened).ended_at) == ("dispatched", None)


def test_another_citizens_code_opens_nothing():
    opened, other = make.case(), make.case()
    assert list(visible.cases(make.citizen(opened)).values_list("pk", flat=True)) == [opened.id]
    with pytest.raises(Refused):
        make.act(opened, "withdraw", make.citizen(other))


def test_a_batch_gives_each_case_its_own_result():
    handler = make.person("handler")
    mine, theirs = make.case(category="lamp"), make.case()
    results = actions.perform_many([mine.id, theirs.id], "sign_in", handler, {}, make.key())
    assert results[mine.id].state == "handling"
    assert results[theirs.id].code == "not-yours"


def test_notices_reach_the_holders_people_and_the_citizen_once():
    handler = make.person("handler")
    opened = make.case(category="lamp")
    drain()
    assert models.Notice.objects.filter(case=opened.id, person=handler.person).count() == 1
    assert models.Notice.objects.filter(case=opened.id, mobile="13812342217").count() == 1


def test_an_import_is_quiet():
    make.person("handler")
    actions.open_many([make.opening(category="lamp", quiet=True)])
    drain()
    assert not models.Notice.objects.exists()


def test_words_of_two_characters_are_found_and_one_is_not():
    opened = make.case(category="lamp", title="科华北路路灯不亮", text="Lamp ＡＢＣ 12号")
    drain()
    supervisor = make.person("supervisor")

    def found(words: str) -> list[uuid.UUID]:
        return list(visible.matching(visible.cases(supervisor), words).values_list("pk", flat=True))

    for words in ("科华", "北路路灯", "不亮", "lamp abc", "abc12", opened.number[-6:]):
        assert found(words) == [opened.id], words
    for words in ("灯", "灯路", "北京"):
        assert found(words) == [], words


def test_access_shows_only_what_a_post_gives_and_says_why():
    opened = make.case(category="lamp")
    handler, stranger = make.person("handler"), make.person("handler", "jinjiang", "510104")
    supervisor, leader = make.person("supervisor"), make.person("leader")
    grants = {who: visible.explained(who).get(pk=opened.id).grants for who in (handler, supervisor, leader)}
    assert grants == {handler: ["organisation"], supervisor: ["area"], leader: ["area"]}
    assert not visible.cases(stranger).exists()
    assert not visible.cases(access.NOBODY).exists()
    assert not visible.cases(make.person("administrator")).exists()


def test_a_running_case_keeps_the_release_it_began_with():
    opened = make.case(category="lamp")
    content = make.pack().content()
    flow = next(one for one in content["entries"]["flow"] if one["code"] == "request")
    flow["actions"]["sign_in"]["to"] = "replied"
    newer = releases.publish(Pack.from_content(content))
    handler = make.person("handler")
    make.act(opened, "sign_in", handler)
    assert row(opened).state == "handling"
    fresh = make.case(category="lamp")
    assert models.Case.objects.get(pk=fresh.id).release_id == newer.pk
    make.act(fresh, "sign_in", handler)
    assert row(fresh).state == "replied"


def test_a_citizens_notice_is_queued_with_its_commit_and_sent_once(settings, tmp_path):
    settings.HOME = tmp_path
    opened = make.case(category="lamp")
    drain()
    notice = models.Notice.objects.get(case=opened.id, mobile="13812342217")
    jobs = ProcrastinateJob.objects.filter(task_name="cases.send_notice", args={"notice": notice.pk})
    assert jobs.count() == 1
    assert sending.send(notice.pk)
    assert not sending.send(notice.pk)
    lines = (tmp_path / "outbox" / "sms.jsonl").read_text().splitlines()
    assert [json.loads(line)["mobile"] for line in lines] == ["13812342217"]


def test_a_paused_case_that_was_merged_and_is_apart_again_is_not_paused_any_more():
    """Its clock runs again, so nobody may be told that it stands still."""
    parent, child = make.case(category="lamp"), make.case(category="lamp")
    handler, dispatcher = make.person("handler"), make.person("dispatcher")
    make.act(child, "sign_in", handler)
    make.act(child, "pause", make.person("supervisor"), note="等配件")
    make.act(child, "merge", dispatcher, case=facts.load(parent.id).case)
    make.act(child, "unmerge", dispatcher, note="并错了")
    clock = models.Clock.objects.get(case=child.id, code="handle")
    assert (clock.paused_at is None, row(child).facts["paused"]) == (True, False)
    make.act(child, "reply", handler, reply="已修")


def test_an_action_meant_for_another_state_is_a_conflict():
    """Returning is possible before and after signing in, but whoever saw it unsigned did not mean the latter."""
    opened, handler = make.case(category="lamp"), make.person("handler")
    make.act(opened, "sign_in", handler)
    given = {"note": "产权不明"}
    with pytest.raises(Conflict):
        actions.perform(opened.id, "return", handler, given, make.key(), seen="dispatched")
    actions.perform(opened.id, "return", handler, given, make.key(), seen="handling")
    assert row(opened).state == "returned"
