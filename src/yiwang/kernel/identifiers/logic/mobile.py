"""Mobile numbers of mainland China: eleven digits, written with or without the country code."""

import re

from yiwang.kernel.identifiers.definitions import InvalidIdentifier, Kind, Reason
from yiwang.kernel.identifiers.logic import masking, spelling

_SHAPE = re.compile(r"(?:\+86|0086|86)?(1[3-9][0-9]{9})")


def parse(text: str) -> str:
    """Return the eleven digits; raise InvalidIdentifier."""
    match = _SHAPE.fullmatch(spelling.compact(text))
    if not match:
        raise InvalidIdentifier(Kind.MOBILE, Reason.SHAPE)
    return match[1]


def mask(text: str) -> str:
    """Hide the four digits in the middle: 138****2217."""
    return masking.middle(text, 3, 4)
