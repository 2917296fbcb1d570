"""Typed words: what can be kept of them, and the title of a text that has none.

Before: any door. After: `understanding`.
"""

import re
import unicodedata

TITLE = 40
"""Characters of a title made from the first sentence; what is longer is cut and shows it."""

_IMPOSSIBLE = re.compile("[\x00\ud800-\udfff]")
_CONTROLS = re.compile("[\x01-\x08\x0b-\x1f\x7f-\x9f\ufeff]")
_SENTENCE = re.compile(r"[^。！？!?；;\n]+")
_GREETING = re.compile(r"(?:(?:尊敬的|敬爱的)[^，,：:。！!]{0,12}|您好|你好|领导好|请问)[，,：:。！!\s]*")


def impossible(text: str) -> int:
    """Return the place (from 1) of the first character no database can keep (NUL, half a surrogate); 0 if none."""
    found = _IMPOSSIBLE.search(text)
    return found.start() + 1 if found else 0


def clean(text: str) -> str:
    """Return the text without other control characters, with plain line ends, trimmed."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def one_line(text: str) -> str:
    """Return the text cleaned, with all white space as single spaces."""
    return " ".join(clean(text).split())


def title_of(text: str, most: int = TITLE) -> str:
    """Return the first sentence that says something, without the greeting before it."""
    for sentence in _SENTENCE.findall(text):
        said = one_line(_GREETING.sub("", sentence.strip(), count=2)).strip("，,：:、 ")
        if said:
            return said if len(said) <= most else f"{said[: most - 1]}…"
    return one_line(text)[:most]


def same(text: str) -> str:
    """Return a name as it is compared: half width, lower case, without spaces and separators."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).lower()


_SEPARATORS = re.compile(r"[\s/\\>·・,，、_-]+")
