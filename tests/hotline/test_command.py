"""`yiwang import requests` as an operator types it."""

import pytest
from typer.testing import CliRunner

from tests.hotline import make
from yiwang.cases import models
from yiwang.site import language
from yiwang.site.cli import imports

pytestmark = pytest.mark.django_db
GOOD = "编号,说了什么,区域\n1,井盖破了,玉林街道\n2,路灯不亮,武侯区\n"


@pytest.fixture(autouse=True)
def desk(db, monkeypatch, tmp_path):
    monkeypatch.setattr(language, "_chosen", ["en"])
    monkeypatch.chdir(tmp_path)
    make.published()


def run(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(imports.app, words)
    assert result.exit_code == code, result.output
    return result.output


@pytest.fixture
def file(tmp_path):
    file = tmp_path / "in.csv"
    file.write_text(GOOD, "gb18030")
    return file


def test_all_rows_taken(file):
    told = run(str(file), "--map", "text=说了什么")
    assert "CSV GB18030; source in.csv" in told
    assert "2 rows: 2 opened, 0 were there already, 0 refused" in told
    assert "0 opened, 2 were there already" in run(str(file), "--map", "text=说了什么")


def test_some_rows_refused(file):
    file.write_text(GOOD + "3,井盖,火星\n", "utf-8")
    told = run(str(file), "--map", "text=说了什么", "--dry-run", code=1)
    assert "2 would be opened, 0 are there already, 1 refused" in told
    assert "in.csv.rejected.csv" in told.replace("\n", "")
    assert not models.Case.objects.exists()


def test_a_mapping_file_and_the_command_line_together(file, tmp_path):
    mapping = tmp_path / "map.yaml"
    mapping.write_text(
        "columns: {text: 没有这列}\nvalues: {area: {玉林街道: '510104'}}\nsource: legacy\n", "utf-8"
    )
    told = run(str(file), "--mapping", str(mapping), "--map", "text=说了什么", "--area", "锦江区")
    assert "source legacy" in told
    assert set(models.Case.objects.values_list("area", flat=True)) == {"510104", "510107"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "no column is a title or a text"),
        (("--map", "text"), "FIELD=HEADER"),
        (("--map", "text=nothing"), 'there is no column "nothing"'),
        (("--map", "text=说了什么", "--area", "火星"), "no area"),
        (("--map", "text=说了什么", "--encoding", "klingon"), 'there is no encoding "klingon"'),
        (("--mapping", "broken.yaml"), "is not YAML"),
        (("--mapping", "list.yaml"), "names and values"),
        (("--mapping", "unknown.yaml"), "the mapping is wrong"),
    ],
)
def test_what_cannot_be_used_ends_with_two(file, tmp_path, words, told):
    (tmp_path / "broken.yaml").write_text("a: [", "utf-8")
    (tmp_path / "list.yaml").write_text("- a", "utf-8")
    (tmp_path / "unknown.yaml").write_text("colour: red", "utf-8")
    assert told in run(str(file), *words, code=2)
    assert not models.Case.objects.exists()


def test_a_file_that_is_not_there():
    assert run("nowhere.csv", code=2)
