"""The responsibility list (权责清单): which organisation answers for a category in an area, and when."""

import datetime as dt

from yiwang.kernel.identifiers.logic import types as identifiers
from yiwang.packs import entry


class Responsibility(entry.Entry):
    """One line of the list. Without `category` or `area` it is the desk that takes what nobody else does.

    The most specific valid line wins: the deeper category first, then the longer area code.
    `basis` cites the document behind the line and is shown as the reason.
    """

    organisation: str
    category: str | None = None
    area: identifiers.AreaCode | None = None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    basis: str = ""
    desk: bool = False
