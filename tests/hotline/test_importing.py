"""Files become cases row by row: refusals with reasons, nothing twice, garbage never takes its neighbours along."""

import contextlib
import csv
import datetime as dt
import json
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import openpyxl
import pytest
from django.conf import settings
from django.db import connection
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from tests.hotline import make
from tests.house import sources
from yiwang.cases import models
from yiwang.hotline.actions import importing
from yiwang.hotline.actions.importing import lines, tables
from yiwang.hotline.definitions.mapping import Mapping
from yiwang.kernel.outbox.models import Message
from yiwang.kernel.releases import actions as releases
from yiwang.packs import loading
from yiwang.packs.wrong import Wrong

pytestmark = pytest.mark.django_db
MESSAGES = sources.ROOT.parent / "shared" / "data" / "hotline" / "messages.csv"


@pytest.fixture(autouse=True)
def desk(request, db):
    if "transactional_db" not in request.fixturenames:
        make.published()


@pytest.fixture
def write(tmp_path):
    def writer(content: str | bytes, name: str = "in.csv", encoding: str = "utf-8") -> Path:
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return file

    return writer


def run(file: Path, dry: bool = False, area: str = "", **mapping) -> tuple[int, int, int]:
    report = importing.run(file, Mapping(**mapping), dry=dry, area=area)
    assert report.rows == report.opened + report.already + report.refused
    return report.opened, report.already, report.refused


def rejected(file: Path) -> list[dict[str, str]]:
    with file.with_name(f"{file.name}.rejected.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


TWO = "编号,内容,区域,手机\n1,井盖破了,玉林街道,13800138000\n2,路灯不亮,武侯区,\n"


def test_rows_become_quiet_routed_cases(write):
    assert run(write(TWO)) == (2, 0, 0)
    first, second = models.Case.objects.order_by("id")
    assert (first.organisation_id, first.area, first.reporter_mobile) == ("water", "510107007", "13800138000")
    assert (first.channel, first.source, first.title) == ("import", "in.csv#1", "井盖破了")
    assert second.events.get(seq=1).actor_kind == "system"
    assert not [one for one in Message.objects.values_list("payload", flat=True) if one.get("notices")]


def test_a_second_run_opens_nothing(write):
    assert run(write(TWO)) == (2, 0, 0)
    assert run(write(TWO)) == (0, 2, 0)
    assert run(write(TWO + "3,又一件,,\n")) == (1, 2, 0)


def test_another_source_is_another_file(write):
    assert run(write(TWO)) == (2, 0, 0)
    assert run(write(TWO), source="别处") == (2, 0, 0)


def test_a_dry_run_tells_the_same_and_keeps_nothing(write):
    assert run(write(TWO + "3,井盖,火星,\n"), dry=True) == (2, 0, 1)
    assert not models.Case.objects.exists()
    assert not Message.objects.exists()
    assert run(write(TWO + "3,井盖,火星,\n")) == (2, 0, 1)


def test_a_bad_row_is_refused_alone_and_can_be_corrected_and_sent_again(write, tmp_path):
    file = write(TWO + "3,井盖,火星,1\n4,=cmd|井盖,武侯区,12\n")
    assert run(file) == (2, 0, 2)
    refused = rejected(file)
    assert [one["行号 row"] for one in refused] == ["4", "5"]
    assert refused[0]["字段 field"] == "area；mobile"
    assert "没有区划“火星”" in refused[0]["原因"]
    assert "no area “火星”" in refused[0]["reason"]
    assert refused[1]["内容"] == "'=cmd|井盖"
    corrected = tmp_path / "in.csv.rejected.csv"
    text = corrected.read_text("utf-8-sig").replace("火星,1", "锦江区,").replace("武侯区,12", "武侯区,")
    corrected.write_text(text, "utf-8-sig")
    assert run(corrected) == (2, 0, 0)
    assert models.Case.objects.filter(text="=cmd|井盖", source="in.csv#4").count() == 1
    assert run(file) == (0, 2, 2)


def test_a_row_whose_words_changed_under_its_id_is_told_so(write):
    run(write(TWO))
    file = write(TWO.replace("井盖破了", "另一件事"))
    assert run(file) == (0, 1, 1)
    assert "in use" in rejected(file)[0]["reason"] or "used" in rejected(file)[0]["reason"]


def test_without_refusals_no_file_is_left_from_a_former_run(write, tmp_path):
    run(write(TWO + "3,井盖,火星,\n"))
    run(write(TWO))
    assert not list(tmp_path.glob("*.rejected.csv"))


def test_rows_that_name_no_area_get_the_one_asked_for(write):
    run(write("内容\n井盖\n"), area="锦江区")
    assert models.Case.objects.get().area == "510104"
    with pytest.raises(Wrong, match="火星"):
        run(write("内容\n井盖\n"), area="火星")


def test_a_mapping_file_maps_columns_values_and_constants(write):
    mapping = {
        "columns": {"text": "说了什么", "lon": "X", "lat": "Y", "at": "when"}, "values": {"category": {"灯": "lamp"}},
        "constants": {"datum": "GCJ-02", "channel": "网格巡查"},
    }  # fmt: skip
    run(write("说了什么,类别,X,Y,when\n坏了,灯,104.0525,30.6475,2026-03-02 10:00\n"), **mapping)
    case = models.Case.objects.get()
    assert (case.category, case.area, case.channel) == ("lamp", "510107", "grid")
    assert case.lon == pytest.approx(104.05, abs=1e-3)
    assert case.opened_at == dt.datetime(2026, 3, 2, 2, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters_are_found_out(write, encoding: str, delimiter: str):
    file = write(TWO.replace(",", delimiter), encoding=encoding)
    report = importing.run(file, Mapping())
    assert (report.opened, report.encoding) == (2, encoding)
    assert models.Case.objects.filter(text="路灯不亮").exists()


def test_broken_bytes_refuse_their_row_alone(write):
    content = TWO.encode() + "3,坏".encode() + b"\xff\xfe" + "了,,\n4,井盖,,\n".encode()
    file = write(content)
    assert run(file) == (3, 0, 1)
    assert "编码" in rejected(file)[0]["原因"]


def test_nul_ragged_rows_and_blank_lines(write):
    file = write(TWO + "3,井\x00盖,,\n4,井盖\n5,井盖,,,多,余\n\n  \n6,井盖,,,,\n")
    assert run(file) == (3, 0, 3)
    assert [one["行号 row"] for one in rejected(file)] == ["4", "5", "6"]
    assert "␀" in rejected(file)[0]["内容"]


def test_an_open_quotation_mark_takes_no_other_row_along(write):
    file = write(TWO + '3,"没有关上,,\n' + "".join(f"{n},井盖 {n},,\n" for n in range(4, 40)))
    assert run(file) == (38, 0, 1)
    assert rejected(file)[0]["原文 raw"].startswith('3,"没有关上')


def test_a_quoted_cell_may_hold_lines(write):
    assert run(write('编号,内容\n1,"第一行\n第二行"\n')) == (1, 0, 0)
    assert models.Case.objects.get().text == "第一行\n第二行"


def test_huge_cells_and_lines_without_end_are_refused_without_being_held(write):
    content = TWO + "3," + "井" * 30_000 + ",,\n" + "4," + "x" * (3 * lines.LONGEST) + "\n5,井盖,,\n"
    file = write(content)
    assert run(file) == (3, 0, 2)
    assert [one["行号 row"] for one in rejected(file)] == ["4", "5"]
    assert file.with_name("in.csv.rejected.csv").stat().st_size < 200_000


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"   \n ",
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
        "颜色,大小\n红,大\n".encode(),
        b"PK\x03\x04broken",
        b'"',
    ],
)
def test_what_is_no_table_cannot_be_read(write, content: bytes):
    with pytest.raises(Wrong) as caught:
        run(write(content))
    assert caught.value.zh
    assert caught.value.en
    assert not models.Case.objects.exists()


def test_json_lines(write):
    rows = [
        {"id": 1, "text": "井盖破了", "area": "510107007", "extra": {"a": [1]}},
        {"id": 2, "text": "路灯\n不亮", "mobile": 13800138000},
    ]
    content = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    file = write(content + '\n{"id": 3, "text": \n[1]\n\n{"id": 5, "text": "井盖"}\n', "in.jsonl")
    report = importing.run(file, Mapping())
    assert (report.kind, report.opened, report.refused) == ("JSON", 3, 2)
    assert models.Case.objects.filter(reporter_mobile="13800138000").count() == 1
    assert [one["行号 row"] for one in rejected(file)] == ["3", "4"]


def test_xlsx_with_numbers_dates_and_formulas(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["编号", "内容", "手机", "时间", "区域"])
    sheet.append([1, "井盖破了", 13800138000, dt.datetime(2026, 3, 2, 9, 30), 510107])
    sheet.append([2.0, '="a"&"b"', None, None, None])
    sheet.append([])
    sheet.append([3, "路灯", None, dt.date(2026, 3, 2), "武侯区"])
    sheet.append([4, "路灯", "#REF!", None, None])
    file = tmp_path / "in.xlsx"
    book.save(file)
    report = importing.run(file, Mapping())
    assert (report.kind, report.opened, report.refused) == ("XLSX", 3, 1)
    case = models.Case.objects.get(source="in.xlsx#1")
    assert (case.reporter_mobile, case.area) == ("13800138000", "510107")
    assert case.opened_at == dt.datetime(2026, 3, 2, 1, 30, tzinfo=dt.UTC)
    assert [one["行号 row"] for one in rejected(file)] == ["3"]


def test_the_same_id_twice_in_one_file_is_one_case(write):
    assert run(write("id,text\n1,井盖\n1,井盖\n1,别的\n")) == (1, 1, 1)


cell = st.text(max_size=20) | st.sampled_from(
    ['"', "井盖", ",", "\n", "=1+1", "1e999", "\x00", "2026-13-45", "#REF!"]
)


@hypothesis(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(cell, max_size=5), max_size=12), encoding=st.sampled_from(["utf-8", "gb18030"]))
def test_whatever_a_file_holds_each_row_is_counted_once(write, rows, encoding):
    body = "\n".join(",".join(row) for row in rows)
    file = write(("编号,内容,区域,手机\n" + body).encode(encoding, "replace"))
    with contextlib.closing(tables.read(file)) as table:
        found = list(table.rows)
    assert [one.number for one in found] == sorted({one.number for one in found})
    opened, already, refused = run(file, dry=True)
    assert opened + already + refused == len(found)


def test_read_only_folders_leave_the_refused_rows_here(write, tmp_path, monkeypatch):
    file = write("内容,区域\n井盖,火星\n")
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    report = importing.run(file, Mapping())
    assert report.rejected.parent == tmp_path / "here"


@pytest.mark.django_db(transaction=True)
def test_two_threads_write_what_one_would(write, transactional_db):
    make.published()
    content = "id,text\n" + "".join(f"{n % 1900},井盖 {n % 1900}\n" for n in range(2000))
    assert run(write(content)) == (1900, 100, 0)
    assert models.Case.objects.count() == 1900
    assert [one.source for one in models.Case.objects.order_by("-id")[:1]] != []


@pytest.mark.django_db(transaction=True)
def test_two_imports_of_one_file_at_once_share_its_rows(write, transactional_db):
    make.published()
    file = write("id,text\n" + "".join(f"{n},井盖 {n}\n" for n in range(700)))
    copies = [write(file.read_bytes(), f"{name}.csv") for name in "ab"]
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(in_thread, copies))
    assert sum(opened for opened, _, _ in results) == 700
    assert [refused for _, _, refused in results] == [0, 0]
    assert models.Case.objects.count() == 700


def in_thread(file: Path) -> tuple[int, int, int]:
    try:
        return run(file, source="same")
    finally:
        connection.close()


CHILD = """
import json, os, pathlib, sys
import django
from django.conf import settings
settings.DATABASES["default"].update(json.loads(os.environ["TEST_DATABASE"]))
django.setup()
from yiwang.hotline.actions import importing
from yiwang.hotline.definitions.mapping import Mapping

def observe(done, size, report):
    print(report.opened, flush=True)
    if report.opened > int(sys.argv[2]):
        sys.stdin.readline()

importing.BATCH = 50
importing.run(pathlib.Path(sys.argv[1]), Mapping(), observe=observe)
"""


@pytest.mark.chaos
@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle_and_run_again_each_row_has_one_case(write, transactional_db):
    make.published()
    file = write("id,text\n" + "".join(f"{n},井盖 {n}\n" for n in range(600)))
    keys = ("NAME", "HOST", "PORT", "USER", "PASSWORD")
    database = json.dumps({key: connection.settings_dict[key] for key in keys})
    for reached in (0, 250):
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(file), str(reached)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "TEST_DATABASE": database},
        )
        with child:
            while int(child.stdout.readline()) <= reached:
                pass
            child.send_signal(signal.SIGKILL)
    before = models.Case.objects.count()
    assert 0 < before < 600
    opened, already, refused = run(file)
    assert (opened + already, refused) == (600, 0)
    assert already >= before
    assert models.Case.objects.count() == 600
    assert len(set(models.Case.objects.values_list("source", flat=True))) == 600


@pytest.mark.skipif(not MESSAGES.exists(), reason="the citizens' messages are not on this machine")
def test_the_citizens_messages_give_one_case_a_row(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    releases.publish(loading.load(settings.PACKS_ROOT / "chengdu", roots=[settings.PACKS_ROOT]))
    with MESSAGES.open(encoding="utf-8", newline="") as stream:
        ids = [row["id"] for row in csv.DictReader(stream)]
    assert run(MESSAGES) == (len(ids), 0, 0)
    assert set(models.Case.objects.values_list("source", flat=True)) == {f"messages.csv#{one}" for one in ids}
    assert run(MESSAGES) == (0, len(ids), 0)
