"""Number plates, GA 36: seven characters, eight for new-energy vehicles.

Accepted besides: learner, police, trailer, Hong Kong, Macao, consulate, embassy, fire and rescue (应急).
Not accepted: plates of the armed forces and the armed police, which no office of a city handles.
"""

import re

from yiwang.kernel.identifiers.definitions import InvalidIdentifier, Kind, Reason
from yiwang.kernel.identifiers.logic import masking, spelling

_PROVINCE = "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
_LETTER = "[A-HJ-NP-Z]"  # I and O are never used
_ANY = "[A-HJ-NP-Z0-9]"
_ENERGY = "[A-HJK]"  # D, A, B, C, E: electric; F, G, H, J, K: other new energy
_SHAPE = re.compile(
    "|".join(
        (
            f"{_PROVINCE}{_LETTER}{_ANY}{{5}}",
            f"{_PROVINCE}{_LETTER}{_ANY}{{4}}[学警挂港澳领]",
            f"{_PROVINCE}{_LETTER}{_ENERGY}{_ANY}[0-9]{{4}}",
            f"{_PROVINCE}{_LETTER}[0-9]{{5}}{_ENERGY}",
            f"{_PROVINCE}[XS][0-9]{{4}}应急",
            "使[0-9]{6}|[0-9]{6}使",
        )
    )
)


def parse(text: str) -> str:
    """Return the plate in upper case without separators; raise InvalidIdentifier."""
    plate = spelling.compact(text)
    if not _SHAPE.fullmatch(plate):
        raise InvalidIdentifier(Kind.PLATE, Reason.SHAPE)
    return plate


def mask(text: str) -> str:
    """Keep the issuing office and the last two characters: 川A***45."""
    return masking.middle(text, 2, 2)
