"""The kind of a file, from its bytes alone: names and declared types are what an attacker writes."""

import csv
import json
import zipfile
from typing import BinaryIO

import filetype

from yiwang.kernel.files import definitions
from yiwang.kernel.files.definitions import Purpose, Refused

SAMPLE = 64 * 1024
UNPACKED = 500
ROWS = 20
_MARKUP = {"<svg": "image/svg+xml", "<!doctype": "text/html", "<html": "text/html", "<script": "text/html"}
_OFFICE = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_HEIC = {"image/heic", "image/heif"}


def check(stream: BinaryIO, purpose: Purpose) -> str:
    """Return the media type, or raise Refused because the purpose does not allow it."""
    found = media_type(stream)
    if found in purpose.types:
        return found
    if found in _HEIC and purpose.types & definitions.IMAGES:
        raise Refused("heic")
    allowed = [name for media, name in definitions.TYPES.items() if media in purpose.types]
    raise Refused("not-allowed", found=definitions.TYPES.get(found, found), allowed=allowed)


def media_type(stream: BinaryIO) -> str:
    """Return the media type of a seekable stream; application/octet-stream if it is nothing we know."""
    stream.seek(0)
    sample = stream.read(SAMPLE)
    if not sample:
        raise Refused("empty")
    if sample.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _package(stream)
    kind = filetype.guess(sample)
    if kind is not None:
        return str(kind.mime)
    text = _text(sample)
    return "application/octet-stream" if text is None else _text_type(text)


def _package(stream: BinaryIO) -> str:
    try:
        with zipfile.ZipFile(stream) as package:
            names = {one.filename: one.file_size for one in package.infolist()}
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise Refused("damaged", reason=str(error)) from error
    if sum(names.values()) > UNPACKED * definitions.MEGABYTE:
        raise Refused("inflated", limit=UNPACKED)
    kind = next((media for name, media in _OFFICE.items() if name in names), None)
    if kind and any(name.endswith("vbaProject.bin") for name in names):
        raise Refused("macros")
    return kind or "application/zip"


def _text(sample: bytes) -> str | None:
    """Return the sample as text (UTF-8, else GB 18030), or None if it is no text."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = _whole_lines(sample).decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if any(ord(letter) < 32 and letter not in "\t\n\r\f" for letter in text) else text
    return None


def _whole_lines(sample: bytes) -> bytes:
    """Drop the last line of a cut sample, in which a letter may be cut as well."""
    cut = sample.rfind(b"\n") if len(sample) == SAMPLE else -1
    return sample[:cut] if cut > 0 else sample


def _text_type(text: str) -> str:
    start = text.lstrip().lower()
    for mark, media in _MARKUP.items():
        if start.startswith(mark):
            return media
    if start.startswith("<?xml"):
        return "image/svg+xml" if "<svg" in start else "application/xml"
    lines = [line for line in text.splitlines() if line.strip()][:ROWS]
    if lines and all(_is_object(line) for line in lines):
        return "application/x-ndjson"
    return "text/csv" if any(_is_table(lines, delimiter) for delimiter in ",\t;") else "text/plain"


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


def _is_table(lines: list[str], delimiter: str) -> bool:
    """Tell whether at least two rows have the same number of columns, more than one."""
    try:
        widths = {len(row) for row in csv.reader(lines, delimiter=delimiter)}
    except csv.Error:
        return False
    return len(lines) > 1 and len(widths) == 1 and widths.pop() > 1
