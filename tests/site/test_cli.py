"""The `yiwang` command: help in two languages, exit codes, persons, checks."""

import os
import subprocess
import sys
import time

import pytest
from typer.testing import CliRunner

from yiwang.kernel.people import models as people
from yiwang.site import checks, cli, faults, language

RUN = CliRunner()


@pytest.fixture(autouse=True)
def chosen_language(monkeypatch: pytest.MonkeyPatch):
    """Keep a language chosen in one test from the next."""
    monkeypatch.setattr(language, "_chosen", ["en"])


def yiwang(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "yiwang.site.cli", *words],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "COLUMNS": "120", **environment},
    )


def test_help_is_quick_and_speaks_both_languages():
    begun = time.monotonic()
    chinese = yiwang("--help", LANG="C.UTF-8")
    assert time.monotonic() - begun < 5
    assert chinese.returncode == 0
    assert "演示城市" in chinese.stdout
    assert "demonstration city" in yiwang("--lang", "en", "--help").stdout
    assert "demonstration city" in yiwang("--help", LANG="en_GB.UTF-8").stdout


@pytest.mark.parametrize("words", [["nonsense"], ["web", "--port", "many"], ["--lang", "fr", "check"]])
def test_wrong_usage_ends_with_2(words: list[str]):
    assert RUN.invoke(cli.app, words).exit_code == 2


def test_a_wrong_database_address_is_one_clear_line():
    answer = yiwang("--lang", "en", "migrate", DATABASE_URL="sqlite:///here")
    assert answer.returncode == 1
    assert answer.stderr.strip() == "DATABASE_URL must begin with postgresql://"


def test_an_unreachable_database_is_one_clear_line():
    answer = yiwang("--lang", "en", "migrate", DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    assert answer.returncode == 1
    assert "The database cannot be used" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_bugs_keep_their_traceback():
    assert faults.explain(ZeroDivisionError()) is None


def test_a_person_is_registered_and_gets_a_new_password(db):
    added = RUN.invoke(cli.app, ["person", "add", "wang", "王五", "--password", "a-long-secret-9"])
    assert added.exit_code == 0, added.output
    assert people.Person.objects.get(username="wang").check_password("a-long-secret-9")
    changed = RUN.invoke(cli.app, ["person", "password", "wang", "--password", "another-secret-9"])
    assert changed.exit_code == 0
    assert people.Person.objects.get(username="wang").check_password("another-secret-9")


@pytest.mark.parametrize(
    "words",
    [
        ["person", "add", "wang", "王五", "--password", "short"],
        ["person", "add", "", "王五", "--password", "a-long-secret-9"],
        ["person", "password", "stranger", "--password", "a-long-secret-9"],
    ],
)
def test_what_cannot_be_registered_is_refused_with_1(db, words: list[str]):
    refused = RUN.invoke(cli.app, words)
    assert refused.exit_code == 1
    assert refused.stderr.strip()
    assert not people.Person.objects.exists()


def test_checks_run_side_by_side(db):
    findings = {finding.name: finding for finding in checks.run()}
    assert findings["Database"].state == "good"
    assert findings["Migrations"].state == "good"
    assert findings["Disk"].text
    assert findings["Published release"].state == "bad"  # nothing is published in an empty database


def test_one_broken_check_does_not_hide_the_others(monkeypatch: pytest.MonkeyPatch, db):
    def broken(name: str) -> checks.Finding:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(checks, "_ON_DISK", [("Broken", broken), ("Disk", checks.disk)])
    findings = checks.run()
    assert [finding.name for finding in findings[:2]] == ["Broken", "Disk"]
    assert findings[0].state == "bad"
    assert "broken on purpose" in findings[0].text
