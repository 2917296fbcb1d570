"""Every message a room shows has its Chinese in that room's catalogue, with the same placeholders."""

import io
import re
from pathlib import Path

import pytest
from babel.messages import extract, pofile
from django.utils.translation import template

from tests.house import sources

KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    "npgettext": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|{\w*(?::[^}]*)?}|%[sd]")


def spoken(room_files: list[Path]) -> dict[str, str]:
    """Return every message used in the files, with where it is used."""
    messages = {}
    for file in room_files:
        text = file.read_text()
        code = text if file.suffix == ".py" else template.templatize(text, origin=file.name)
        for number, message, _comments, _context in extract.extract(
            "python", io.BytesIO(code.encode()), KEYWORDS
        ):
            for one in (
                message[-1:] if isinstance(message, tuple) and message[0] is None else _flat(message)[:1]
            ):
                messages[one] = f"{file.relative_to(sources.ROOT)}:{number}"
    return messages


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
