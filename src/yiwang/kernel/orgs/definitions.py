"""Organisations as a pack declares them. Before: packs. After: actions.install writes the table."""

from yiwang.kernel.identifiers.logic import types as identifiers
from yiwang.packs import entry, text


class Organisation(entry.Entry):
    """One department, street office or company that may hold cases.

    `hours` names a set of office hours in the pack's calendar; `parent` is another organisation's code.
    """

    name: text.Text
    area: identifiers.AreaCode
    uscc: identifiers.Uscc | None = None
    parent: str | None = None
    hours: str | None = None
    phone: str = ""
