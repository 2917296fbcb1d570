"""The commands `ledger …`."""

import json

import pytest
from typer.testing import CliRunner

from tests.kernel.ledger import make
from yiwang.kernel.ledger import actions, queries
from yiwang.site import language
from yiwang.site.cli import ledger


@pytest.fixture
def call(notes, monkeypatch):
    monkeypatch.setattr(language, "_chosen", ["en"])
    runner = CliRunner()
    return lambda *words: runner.invoke(ledger.app, [str(word) for word in words])


def test_seal_verify_and_head(call, tmp_path):
    make.story(3)
    assert call("head").exit_code == 1
    assert "3 entries sealed" in call("seal").stdout
    saved = tmp_path / "head.json"
    assert call("head", "--out", saved).exit_code == 0
    make.story(1)
    ran = call("verify", "--head", saved)
    assert ran.exit_code == 0, ran.output
    assert "4 entries, 3 sealed" in ran.stdout


def test_verify_fails_on_altered_content(call):
    of = make.story(2)
    make.run("UPDATE test_note SET content = '{}' WHERE subject = %s AND seq = 2", [of])
    ran = call("verify")
    assert ran.exit_code == 1
    assert f"note {of}: step 2 was altered" in ran.stdout


def test_verify_speaks_chinese(call, monkeypatch):
    of = make.story(1)
    make.run("DELETE FROM test_note WHERE subject = %s", [of])
    monkeypatch.setattr(language, "_chosen", ["zh"])
    assert "有存证而业务表中没有记录" in call("verify").stdout


@pytest.mark.parametrize("content", ["not json", "[]", '{"origin": "other"}'])
def test_an_unreadable_head_is_wrong_usage(call, tmp_path, content):
    (tmp_path / "head.json").write_text(content)
    ran = call("verify", "--head", tmp_path / "head.json")
    assert ran.exit_code == 2
    assert "JSON" in ran.output or "no ledger head" in ran.output


def test_prove_by_number_and_check_offline(call, tmp_path):
    of = make.subject()
    make.note(of, {"number": "C-7", "text": "井盖"})
    actions.seal()
    file, key = tmp_path / "proof.json", tmp_path / "ledger.pub"
    assert call("prove", "C-7", "--out", file).exit_code == 0
    assert call("key", "--out", key).exit_code == 0
    ran = call("check", file, "--key", key)
    assert (ran.exit_code, "Sound · 1 steps" in ran.stdout) == (0, True), ran.output
    file.write_text(file.read_text().replace("井盖", "路灯"))
    assert call("check", file, "--key", key).exit_code == 1


def test_check_needs_no_database(call, tmp_path, django_db_blocker):
    of = make.story(1)
    actions.seal()
    (tmp_path / "proof.json").write_text(json.dumps(queries.proof(of)))
    with django_db_blocker.block():
        ran = call("check", tmp_path / "proof.json")
    assert ran.exit_code == 0, ran.output
    assert "compare it with the published key" in ran.stdout


def test_an_unknown_case_cannot_be_proven(call):
    ran = call("prove", "NO-SUCH")
    assert ran.exit_code == 1
    assert "knows nothing of NO-SUCH" in ran.output


def test_missing_files_are_wrong_usage(call, tmp_path):
    assert call("check", tmp_path / "none.json").exit_code == 2
    (tmp_path / "junk.json").write_text("junk")
    assert call("check", tmp_path / "junk.json").exit_code == 2


def test_a_broken_key_is_said(call, settings):
    settings.LEDGER_KEY_FILE.parent.mkdir()
    settings.LEDGER_KEY_FILE.write_text("junk")
    ran = call("key")
    assert ran.exit_code == 2
    assert "Ed25519 key" in ran.output
