"""Kinds of files, told from their bytes."""

import contextlib
import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kernel.files import make
from yiwang.kernel.files import definitions
from yiwang.kernel.files.definitions import DOCUMENT, PHOTO, TABLE, Refused
from yiwang.kernel.files.logic import sniffing

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def sheet() -> io.BytesIO:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    return out


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (make.saved(make.picture()), "image/jpeg"),
        (make.saved(make.picture(), "PNG"), "image/png"),
        (make.saved(make.picture(), "WEBP"), "image/webp"),
        (make.saved(make.picture(), "GIF"), "image/gif"),
        (sheet(), XLSX),
        (make.package("word/document.xml"), DOCX),
        (make.package("anything"), "application/zip"),
        (b"%PDF-1.7\n...", "application/pdf"),
        (b"MZ\x90\x00" + bytes(60), "application/x-msdownload"),
        (b"\x7fELF" + bytes(60), "application/x-executable"),
        (bytes(100), "application/octet-stream"),
        ("你好\n".encode(), "text/plain"),
        ("你好，世界\n第二行\n".encode("gb18030"), "text/plain"),
        ("\ufeff编号,标题\n1,井盖\n".encode(), "text/csv"),
        ("编号,标题\n1,井盖\n".encode("gb18030"), "text/csv"),
        (b"a;b\n1;2\n", "text/csv"),
        (b"a\tb\n1\t2\n", "text/csv"),
        (b'a,b\n1,"x\n,y"\n', "text/csv"),
        (b"only,one,line", "text/plain"),
        (b'{"a":1}\n{"a":2}\n', "application/x-ndjson"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"),
        (b"<?xml version='1.0'?><svg/>", "image/svg+xml"),
        (b"  <!DOCTYPE html><p>", "text/html"),
        (b"<script>alert(1)</script>", "text/html"),
        (b"<?xml version='1.0'?><a/>", "application/xml"),
    ],
)
def test_kinds(content, expected):
    stream = io.BytesIO(content) if isinstance(content, bytes) else content
    assert sniffing.media_type(stream) == expected


def test_a_letter_cut_at_the_end_of_the_sample_does_not_matter():
    text = "很长的一行\n" * 20_000
    assert sniffing.media_type(io.BytesIO(text.encode())) == "text/plain"
    assert sniffing.media_type(io.BytesIO(("啊" * 100_000).encode())) == "text/plain"


@given(st.binary(max_size=300))
def test_any_bytes_have_some_kind(content):
    with contextlib.suppress(Refused):
        assert sniffing.media_type(io.BytesIO(content))


@pytest.mark.parametrize(
    ("content", "purpose", "code", "words"),
    [
        (b"", PHOTO, "empty", "文件是空的"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00heicmif1", PHOTO, "heic", "兼容性最佳"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00heicmif1", TABLE, "not-allowed", "image/heic"),
        (b"%PDF-1.7\n", PHOTO, "not-allowed", "（PDF 文件）；可用：JPEG 图片、PNG 图片、WebP 图片"),
        (b"<svg/>", DOCUMENT, "not-allowed", "image/svg+xml"),
        (b"PK\x03\x04 broken", DOCUMENT, "damaged", "已损坏"),
        (make.package("xl/workbook.xml", "xl/vbaProject.bin").getvalue(), DOCUMENT, "macros", "宏"),
    ],
)
def test_what_a_purpose_does_not_allow_is_refused(content, purpose, code, words):
    with pytest.raises(Refused) as refused:
        sniffing.check(io.BytesIO(content), purpose)
    assert refused.value.code == code
    assert words in refused.value.message("zh-hans")
    assert refused.value.message("en") == str(refused.value)


def test_a_package_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(sniffing, "UNPACKED", 1)
    bomb = make.package("xl/workbook.xml", content=bytes(2 * definitions.MEGABYTE))
    assert len(bomb.getvalue()) < 10_000
    with pytest.raises(Refused, match="unpacks to more than 1 MB"):
        sniffing.check(bomb, DOCUMENT)


def test_every_allowed_kind_has_a_name_and_an_extension():
    assert definitions.TYPES.keys() == definitions.EXTENSIONS.keys()
    for purpose in (PHOTO, DOCUMENT, TABLE):
        assert purpose.types <= definitions.TYPES.keys()
