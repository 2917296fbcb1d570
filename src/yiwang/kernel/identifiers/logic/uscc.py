"""统一社会信用代码, GB 32100: department, class, six digits of place, nine of the body, a MOD 31 check."""

from stdnum import exceptions
from stdnum.cn import uscc

from yiwang.kernel.identifiers.definitions import InvalidIdentifier, Kind, Reason
from yiwang.kernel.identifiers.logic import masking, spelling


def parse(text: str) -> str:
    """Return the 18 characters in upper case; raise InvalidIdentifier."""
    code = spelling.compact(text)
    # The library counts any Unicode digit as a digit; the standard knows only ASCII.
    if not code.isascii():
        raise InvalidIdentifier(Kind.USCC, Reason.SHAPE)
    try:
        return uscc.validate(code)
    except exceptions.InvalidChecksum:
        raise InvalidIdentifier(Kind.USCC, Reason.CHECK) from None
    except exceptions.ValidationError:
        raise InvalidIdentifier(Kind.USCC, Reason.SHAPE) from None


def mask(text: str) -> str:
    """Keep six characters in front and four behind. An organisation's code is public, a trader's is not."""
    return masking.middle(text, 6, 4)
