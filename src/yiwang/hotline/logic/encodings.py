"""The encoding of a text file, from its bytes: UTF-8, GB 18030, or what a byte order mark says.

Chinese in GB 18030 hardly ever forms valid UTF-8, so a file whose letters are mostly valid UTF-8 is UTF-8, a few
broken bytes or not; those rows are refused one by one.
"""

import codecs
import re

MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_ESCAPED = re.compile("[\udc80-\udcff]")
_FOREIGN = re.compile("[^\x00-\x7f\udc80-\udcff]")
MOST_BROKEN = 0.05


def guess(sample: bytes) -> str | None:
    """Return the encoding's Python name, or None where the bytes are no text in any of them."""
    for mark, encoding in MARKS:
        if sample.startswith(mark):
            return encoding
    if _clean(sample, "utf-8"):
        return "utf-8"
    good, broken = _counts(sample, "utf-8")
    if good >= broken:
        return "utf-8"
    good, broken = _counts(sample, "gb18030")
    return "gb18030" if broken <= MOST_BROKEN * good else None


def _clean(sample: bytes, encoding: str) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)().decode(sample)
    except UnicodeDecodeError:
        return False
    return True


def _counts(sample: bytes, encoding: str) -> tuple[int, int]:
    """Return how many letters beyond ASCII were read, and how many bytes were not; a cut end does not count."""
    decoder = codecs.getincrementaldecoder(encoding)("surrogateescape")
    text = decoder.decode(sample)
    return len(_FOREIGN.findall(text)), len(_ESCAPED.findall(text))
