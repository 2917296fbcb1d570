"""`yiwang pack …` as an operator types it, on the packs in data/."""

import json

import pytest
from typer.testing import CliRunner

from tests.packs import make
from yiwang.kernel.releases import definitions, queries
from yiwang.packs import examples, kinds, registry
from yiwang.site import language
from yiwang.site.cli import pack as command


@pytest.fixture(autouse=True)
def city(settings, monkeypatch):
    monkeypatch.setattr(kinds, "registry", make.kinds_of_tests())
    monkeypatch.setattr(definitions, "checks", registry.Registry("check"))
    monkeypatch.setattr(definitions, "installers", registry.Registry("installer"))
    monkeypatch.setitem(examples.runners._items, "days", make.runners_of_tests()["days"])
    monkeypatch.setattr(language, "_chosen", ["en"])
    monkeypatch.chdir(make.DATA)
    settings.PACKS_ROOT = make.DATA
    settings.CITY_PACK = "base"
    queries.forget()


def run(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(command.app, words)
    assert result.exit_code == code, result.output
    return result.output


def test_check_tells_what_a_good_pack_holds():
    assert "一座城: 6 entries from base, city; digest " in run("check", "city")
    assert "Base: 3 entries from base" in run("check", str(make.DATA / "base"))


def test_check_tells_every_problem_and_fails(monkeypatch):
    told = run("check", code=1)
    assert "broken/flow.yaml:11: states.done.stage: " in told
    assert "entries from base, city" in told
    monkeypatch.setattr(language, "_chosen", ["zh"])
    assert "“fil”不是允许的值，是不是“file”？可写：collect, file, handle" in run("check", "broken", code=1)


def test_many_problems_are_counted(monkeypatch):
    monkeypatch.setattr(command, "SHOWN", 3)
    assert "more problems" in run("check", "broken", code=1).splitlines()[-1]


def test_a_pack_that_is_not_there_is_a_usage_error():
    assert "there is no pack nowhere; at hand: base, broken, city" in " ".join(
        run("check", "nowhere", code=2).replace("│", "").split()
    )


def test_test_runs_the_examples():
    assert run("test", "base") == "base: 0 of 0 examples hold\n"
    told = run("test", "city", code=1)
    assert 'city/examples/days.yaml:5: example "算错的例子" fails: 5 != 6' in told
    assert "city: 1 of 2 examples hold" in told
    assert "broken/flow.yaml" in run("test", "broken", code=1)


def test_publish_makes_a_release_once(db):
    assert "Published as release" in run("publish")
    assert "Nothing has changed since release" in run("publish", "base")
    assert queries.current().published_by


def test_publish_refuses_problems_and_failing_examples(db):
    assert "broken/flow.yaml" in run("publish", "broken", code=1)
    assert "fails: 5 != 6" in run("publish", "city", code=1)
    assert not queries.history().exists()


def test_publishing_another_pack_must_be_meant(db, tmp_path):
    town = make.write(tmp_path, {"town/a.yaml": "kind: area\ncode: 1\nname: 镇\n"}) / "town"
    run("publish")
    run("publish", str(town), code=2)
    told = run("publish", str(town), "--switch")
    assert "+ area × 1" in told
    assert "- flow × 1" in told


def test_list_show_and_diff_of_releases(db):
    run("publish")
    number = str(queries.current().pk)
    assert f"#{number}\tbase\t" in run("list")
    assert "area\t2" in run("show", number)
    assert json.loads(run("show", number, "--json"))["packs"][0]["pack"] == "base"
    told = run("diff", number, "city")
    assert "~ flow plain\n" in told
    assert "    days: 3 → 5\n" in told
    assert "+ area 510104\n" in told


@pytest.mark.parametrize("number", ["999999", "9" * 30])
def test_a_release_that_is_not_there_is_a_usage_error(db, number):
    assert "there is no release" in run("show", number, code=2)


def test_schema_goes_to_a_folder_or_to_the_screen(tmp_path):
    assert "6 schemas written" in run("schema", "--out", str(tmp_path / "schemas"))
    assert json.loads((tmp_path / "schemas" / "flow.schema.json").read_text())["title"] == "flow"
    assert json.loads(run("schema"))["title"] == "all"
