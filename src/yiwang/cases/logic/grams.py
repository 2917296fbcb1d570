"""Search keys: a text becomes the set of its two-character grams, hashed to 32 bits.

Chinese has no spaces; any substring of two characters or more contains only grams of the text, so an
index over grams finds candidates and an exact comparison decides (queries.search).
"""

import re
import unicodedata
import zlib

SPACES = re.compile(r"\s+")


def normal(text: str) -> str:
    """Return text as it is compared: compatibility forms folded, lower case, no white space."""
    return SPACES.sub("", unicodedata.normalize("NFKC", text)).lower()


def grams(text: str) -> list[int]:
    """Return the sorted distinct gram keys of a text, each a signed 32-bit integer."""
    plain = normal(text)
    return sorted({_key(plain[at : at + 2]) for at in range(len(plain) - 1)})


def _key(gram: str) -> int:
    return zlib.crc32(gram.encode()) - 2**31
