"""Roles as a pack declares them: what a role sees and what it may administer."""

from typing import Literal

from yiwang.packs import entry, text

Sight = Literal["organisation", "area", "opened"]
Permission = Literal["administer-people", "publish-packs", "read-ledger"]


class Role(entry.Entry):
    """A role a post carries.

    `sees`: cases of the post's organisation, of the post's area, or only those the person opened.
    `may`: platform permissions; what a role may do on a case stands in the flows.
    `home`: the url name of the page its work begins on; the desk if none is given.
    """

    name: text.Text
    sees: tuple[Sight, ...] = ()
    may: tuple[Permission, ...] = ()
    home: str = ""
