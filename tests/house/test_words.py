"""Every message a room shows has its Chinese in that room's catalogue, with the same placeholders."""

import ast
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages import extract, pofile
from django.utils.translation import template

from tests.house import sources

PLAIN = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"}
WITH_CONTEXT = {"pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"}
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1,), "pgettext": (2,), "npgettext": (2,)}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|{\w*(?::[^}]*)?}|%[sd]")


def spoken(room_files: list[Path]) -> dict[str, str]:
    """Return every message used in the files, with where it is used."""
    return {
        message: f"{file.relative_to(sources.ROOT)}:{number}"
        for file in room_files
        for number, message in (_in_code(file) if file.suffix == ".py" else _in_template(file))
    }


def _in_template(file: Path) -> Iterator[tuple[int, str]]:
    code = template.templatize(file.read_text(), origin=file.name)
    for number, message, _comments, _context in extract.extract(
        "python", io.BytesIO(code.encode()), KEYWORDS
    ):
        yield number, _flat(message)[0]


def _in_code(file: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(sources.modules()[file]):
        if isinstance(node, ast.Call) and (message := _message(node)):
            yield node.lineno, message


def _message(call: ast.Call) -> str | None:
    """Return the message that a call translates, found also inside f-strings."""
    name = getattr(call.func, "attr", getattr(call.func, "id", None))
    position = 0 if name in PLAIN else 1 if name in WITH_CONTEXT else None
    if position is None or len(call.args) <= position:
        return None
    message = call.args[position]
    return message.value if isinstance(message, ast.Constant) and isinstance(message.value, str) else None


def _flat(message) -> list[str]:
    return [message] if isinstance(message, str) else [one for one in message if one]


def rooms() -> dict[str, list[Path]]:
    files: dict[str, list[Path]] = {}
    for file in (*sources.modules(), *sources.templates()):
        files.setdefault(sources.room(file), []).append(file)
    return files


def catalogue(room: str) -> dict[str, str]:
    file = sources.PACKAGE.joinpath(*room.split("."), "locale", "zh_Hans", "LC_MESSAGES", "django.po")
    if not file.exists():
        return {}
    with file.open("rb") as stream:
        found = pofile.read_po(stream, locale="zh_Hans", abort_invalid=True)
    assert not [m.id for m in found if m.id and m.fuzzy], f"{file}: fuzzy entries"
    return {_flat(m.id)[0]: " ".join(_flat(m.string)) for m in found if m.id}


@pytest.mark.parametrize("room", sorted(rooms()))
def test_every_message_has_its_chinese(room: str):
    used, known = spoken(rooms()[room]), catalogue(room)
    missing = [f"{where}: {message}" for message, where in used.items() if not known.get(message)]
    assert not missing
    assert not [message for message in known if message not in used], "no longer used"


@pytest.mark.parametrize("room", sorted(rooms()))
def test_placeholders_are_kept(room: str):
    wrong = {
        source: chinese
        for source, chinese in catalogue(room).items()
        if chinese and set(PLACEHOLDER.findall(source)) != set(PLACEHOLDER.findall(chinese))
    }
    assert not wrong
