"""Search keys: a text becomes the set of its pairs and triples of characters, hashed to 32 bits.

Chinese has no spaces. Whatever phrase of two characters or more a text holds, it holds the phrase's pairs and
triples too, so an index over these keys finds candidates and an exact comparison decides (queries.visible).
Triples are there because common pairs meet in many texts by chance, common triples seldom.
"""

import re
import unicodedata
import zlib
from collections.abc import Iterator

SPACES = re.compile(r"\s+")


def normal(text: str) -> str:
    """Return text as it is compared: compatibility forms folded, lower case, no white space."""
    return SPACES.sub("", unicodedata.normalize("NFKC", text)).lower()


def grams(text: str) -> list[int]:
    """Return the sorted distinct keys of a text, each a signed 32-bit integer."""
    plain = normal(text)
    return sorted({*_keys(plain, 2), *_keys(plain, 3)})


def keys(phrase: str) -> list[int]:
    """Return the keys that every text with this phrase holds: its triples, or its one pair."""
    plain = normal(phrase)
    return sorted(set(_keys(plain, min(len(plain), 3))))


def _keys(plain: str, length: int) -> Iterator[int]:
    if length > 1:
        for at in range(len(plain) - length + 1):
            yield zlib.crc32(plain[at : at + length].encode()) - 2**31
