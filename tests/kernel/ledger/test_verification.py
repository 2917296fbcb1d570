"""`verify` names every altered, missing or reordered row, and nothing else."""

import dataclasses

import pytest

from tests.kernel.ledger import make
from yiwang.kernel.ledger import actions, definitions, logic, queries
from yiwang.kernel.ledger.models import TreeHead
from yiwang.kernel.ledger.queries.verification import chains, leaves


def found(saved=None) -> list[tuple]:
    """Return findings as (code, where) tuples."""
    keys = ("seq", "size", "first", "leaf", "level", "index")
    return [
        (one.code, *(one.params[k] for k in keys if k in one.params))
        for one in queries.verify(saved).findings
    ]


def sealed_story(steps=3):
    of = make.story(steps)
    actions.seal()
    return of


def test_a_sound_ledger_has_no_findings(notes):
    for _ in range(3):
        sealed_story()
    make.story()
    report = queries.verify()
    assert report.findings == []
    assert report.sound
    assert (report.entries, report.sealed) == (12, 9)


def test_an_empty_ledger_is_sound(notes):
    assert queries.verify() == queries.Report(0, 0, [])


def test_an_altered_payload(notes):
    of = sealed_story()
    make.run('UPDATE test_note SET content = \'{"text": "改"}\' WHERE subject = %s AND seq = 2', [of])
    assert found() == [("altered", 2)]
    message = queries.verify().findings[0]
    assert str(of) in message.message("zh-hans")
    assert "已被改动" in message.message("zh-hans")


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ("at = at + interval '1 microsecond'", [("altered", 2)]),
        ("hash = sha256('x')", [("altered", 2), ("broken-link", 3), ("root", 3, 0)]),
        ("prev = sha256('x')", [("broken-link", 2), ("altered", 2)]),
        ("kind = 'other'", [("gap", "2"), ("entry-missing", 2), ("no-source",), ("gap", "1")]),
    ],
)
def test_an_altered_entry(notes, change, codes):
    of = sealed_story()
    make.tamper(f"UPDATE ledger_entry SET {change} WHERE subject = %s AND seq = 2", [of])
    codes = [one for one in codes if one != ("gap", "2")]
    assert found() == codes


def test_an_entry_moved_to_another_subject(notes):
    of, other = sealed_story(), make.subject()
    make.tamper("UPDATE ledger_entry SET subject = %s, seq = 1 WHERE subject = %s AND seq = 3", [other, of])
    assert sorted(found()) == [("broken-link", 1), ("entry-missing", 3), ("payload-missing", 1)]


def test_a_missing_entry(notes):
    of = sealed_story()
    make.tamper("DELETE FROM ledger_entry WHERE subject = %s AND seq = 2", [of])
    assert found() == [("entry-missing", 2), ("leaf-gap", 1)]


def test_a_missing_last_entry(notes):
    of = sealed_story()
    make.tamper("DELETE FROM ledger_entry WHERE subject = %s AND seq = 3", [of])
    assert found() == [("entry-missing", 3), ("leaf-gap", 2)]


def test_a_whole_chain_missing(notes):
    of = make.story(2)
    make.tamper("DELETE FROM ledger_entry WHERE subject = %s", [of])
    assert found() == [("entry-missing", 1), ("entry-missing", 2)]


def test_a_missing_payload(notes):
    of = sealed_story()
    make.run("DELETE FROM test_note WHERE subject = %s AND seq = 3", [of])
    assert found() == [("payload-missing", 3)]


def test_a_step_gone_from_both_sides(notes):
    of = make.story(5)
    make.tamper("DELETE FROM ledger_entry WHERE subject = %s AND seq IN (2, 3)", [of])
    make.run("DELETE FROM test_note WHERE subject = %s AND seq IN (2, 3)", [of])
    assert found() == [("gap", "2–3")]


def test_a_payload_that_is_no_longer_canonical(notes):
    of = sealed_story()
    make.run("UPDATE test_note SET content = '{\"amount\": 0.5}' WHERE subject = %s AND seq = 2", [of])
    assert found() == [("payload-unreadable", 2)]


def test_reordered_steps(notes):
    of = sealed_story()
    make.tamper("UPDATE ledger_entry SET seq = 1000 - seq WHERE subject = %s AND seq > 1", [of])
    make.tamper("UPDATE ledger_entry SET seq = seq - 995 WHERE subject = %s AND seq > 1", [of])
    assert found() == [("broken-link", 2), ("altered", 2), ("broken-link", 3), ("altered", 3)]


def test_reordered_leaves_are_between_two_heads_and_later_ones_are_clean(notes):
    sealed_story()
    of = sealed_story()
    sealed_story()
    make.tamper("UPDATE ledger_entry SET leaf = leaf + 100 WHERE subject = %s", [of])
    make.tamper("UPDATE ledger_entry SET leaf = 108 - leaf WHERE subject = %s", [of])
    assert found() == [("root", 6, 3)]


def test_unregistered_kinds_are_said(notes):
    actions.append("strange", make.subject(), {}, make.AT)
    assert found() == [("no-source",)]


def test_a_missing_and_a_wrong_subtree(notes):
    make.many(800)
    actions.seal()
    make.tamper("DELETE FROM ledger_node WHERE index = 0")
    make.tamper("UPDATE ledger_node SET hash = sha256('x') WHERE index = 2")
    assert found() == [("node-missing", 1, 0), ("node", 1, 2)]


def test_an_altered_entry_in_a_large_batch_is_located_by_its_subtree(notes):
    make.many(800)
    actions.seal()
    make.tamper("UPDATE ledger_entry SET hash = sha256('x') WHERE leaf = 300")
    assert found() == [("altered", 1), ("node", 1, 1), ("root", 800, 0)]


def test_forged_heads(notes):
    sealed_story()
    sealed_story()
    make.tamper("UPDATE ledger_head SET signature = decode(repeat('00', 64), 'hex') WHERE size = 3")
    assert found() == [("signature", 3)]
    make.tamper("UPDATE ledger_head SET key_id = 'feed' WHERE size = 3")
    assert found() == [("unknown-key", 3)]


def test_a_wrong_frontier(notes):
    sealed_story()
    make.tamper("UPDATE ledger_head SET frontier = sha256('x') || sha256('y')")
    assert found() == [("frontier", 3)]
    make.tamper("UPDATE ledger_head SET frontier = ''")
    assert found() == [("frontier", 3)]


def test_missing_heads(notes):
    sealed_story()
    sealed_story()
    make.tamper("DELETE FROM ledger_head WHERE size = 6")
    assert found() == [("leaf-beyond", 3)]


def test_a_rewritten_history_fails_against_a_saved_head(notes):
    of = sealed_story()
    saved = queries.latest_head()
    assert found(saved) == []
    rewrite(of)
    assert found() == []
    assert found(saved) == [("not-a-prefix", 3)]


def rewrite(of):
    """Do what an insider with database and key can do: write a new, consistent ledger."""
    make.tamper("DELETE FROM ledger_entry")
    make.tamper("DELETE FROM ledger_head")
    make.run("UPDATE test_note SET content = '{}' WHERE subject = %s", [of])
    actions.write(logic.link_all("note", of, [(make.AT, {})] * 3))
    actions.seal()


def test_a_truncated_ledger_fails_against_a_saved_head(notes):
    sealed_story()
    of = sealed_story()
    saved = queries.latest_head()
    make.tamper("DELETE FROM ledger_entry WHERE subject = %s", [of])
    make.tamper("DELETE FROM ledger_head WHERE size = 6")
    make.run("DELETE FROM test_note WHERE subject = %s", [of])
    assert found() == []
    assert found(saved) == [("shorter", 6)]


def test_a_forged_saved_head(notes):
    sealed_story()
    saved = dataclasses.replace(queries.latest_head(), signature=bytes(64))
    assert found(saved) == [("signature", 3)]
    assert found(dataclasses.replace(saved, key_id="feed")) == [("unknown-key", 3)]


def test_a_retired_key_stays_trusted_while_its_public_half_is_kept(notes, settings):
    sealed_story()
    file = settings.LEDGER_KEY_FILE
    file.with_suffix(".pub").rename(file.with_name("ledger-2025.pub"))
    file.unlink()
    sealed_story()
    assert TreeHead.objects.values("key_id").distinct().count() == 2
    assert found() == []
    file.with_name("ledger-2025.pub").unlink()
    assert found() == [("unknown-key", 3)]


def test_pages_do_not_hide_anything(notes, monkeypatch):
    monkeypatch.setattr(chains, "PAGE", 3)
    monkeypatch.setattr(leaves, "PAGE", 4)
    stories = [make.story(2) for _ in range(11)]
    actions.seal(limit=5)
    actions.seal()
    assert found() == []
    make.tamper("DELETE FROM ledger_entry WHERE subject = ANY(%s)", [stories[2:9]])
    make.run("DELETE FROM test_note WHERE subject = ANY(%s)", [[stories[0], stories[10]]])
    codes = [one[:2] for one in found()]
    assert codes.count(("entry-missing", 1)) == codes.count(("entry-missing", 2)) == 7
    assert codes.count(("payload-missing", 1)) == codes.count(("payload-missing", 2)) == 2
    assert [one for one in found() if one[0] == "leaf-gap"] == [("leaf-gap", 4), ("leaf-gap", 5)]


def test_every_finding_is_worded_in_both_languages():
    for code, text in definitions.FINDINGS.items():
        assert text.en, code
