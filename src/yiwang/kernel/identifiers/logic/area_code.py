"""区划代码: province, city, district by two digits (GB/T 2260), street (GB/T 10114), community, grid by 3.

A prefix contains everything that begins with it. Codes are public, so there is nothing to mask.
"""

import re

from yiwang.kernel.identifiers.definitions import InvalidIdentifier, Kind, Reason
from yiwang.kernel.identifiers.logic import regions, spelling

LENGTHS = (2, 4, 6, 9, 12, 15)
_DIGITS = re.compile(r"[0-9]+")


def parse(text: str) -> str:
    """Return the shortest form (510100000000 and 510100 are both 5101); raise InvalidIdentifier."""
    code = spelling.compact(text)
    if len(code) not in LENGTHS or not _DIGITS.fullmatch(code):
        raise InvalidIdentifier(Kind.AREA_CODE, Reason.SHAPE)
    if code[:2] not in regions.PROVINCES:
        raise InvalidIdentifier(Kind.AREA_CODE, Reason.REGION)
    return _unpad(code)


def _unpad(code: str) -> str:
    """Undo the zeros that registers fill upper levels up with; no real unit has number zero."""
    while (above := parent(code)) and not code[len(above) :].strip("0"):
        code = above
    return code


def lineage(code: str) -> tuple[str, ...]:
    """Return the codes that contain this one, from the province down to the code itself."""
    return tuple(code[:length] for length in LENGTHS if length <= len(code))


def parent(code: str) -> str | None:
    """Return the code one level up, or None for a province."""
    above = lineage(code)[:-1]
    return above[-1] if above else None
