"""公民身份号码, GB 11643: six digits of place, eight of birth, three of sequence, an ISO 7064 MOD 11-2 check.

The same coding serves the residence permits of Hong Kong, Macao and Taiwan residents (81, 82, 83) and the
permanent residence card of foreigners (a leading 9), so these are accepted too.
The six place digits are checked by province only: tables of which county existed in a person's birth year
refuse real people, because numbers were first given decades after many of them were born.
"""

import re
from datetime import date

from stdnum.cn import ric

from yiwang.kernel.identifiers.definitions import InvalidIdentifier, Kind, Reason
from yiwang.kernel.identifiers.logic import masking, regions, spelling

_SHAPE = re.compile(r"[0-9]{17}[0-9X]")


def parse(text: str) -> str:
    """Return the 18 characters in upper case; raise InvalidIdentifier."""
    number = spelling.compact(text)
    if not _SHAPE.fullmatch(number):
        raise InvalidIdentifier(Kind.CITIZEN_ID, Reason.SHAPE)
    if number[:2] not in regions.PROVINCES and number[:2] != "83" and number[0] != "9":
        raise InvalidIdentifier(Kind.CITIZEN_ID, Reason.REGION)
    birth_date(number)
    if ric.calc_check_digit(number) != number[-1]:
        raise InvalidIdentifier(Kind.CITIZEN_ID, Reason.CHECK)
    return number


def birth_date(number: str) -> date:
    """Return the date of birth in a normalised number; raise InvalidIdentifier when there is no such day."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise InvalidIdentifier(Kind.CITIZEN_ID, Reason.DATE) from None


def mask(text: str) -> str:
    """Keep three characters in front and four behind: 510***********123X hides district and birthday."""
    return masking.middle(text, 3, 4)
