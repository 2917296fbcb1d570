"""Entries of the menus. Rooms add theirs in `apps.py: ready()`; the shells show those an actor may use.

menus.registry.add(menus.Entry(area="desk", label=_("Cases"), icon="inbox", url_name="desk", group=_("Work")))
"""

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any, Literal

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

Area = Literal["desk", "top", "portal"]
MOST = 999


@dataclasses.dataclass(frozen=True, kw_only=True)
class Entry:
    """One link. Areas: "desk" the side menu of staff, "top" an icon in their top bar, "portal" the citizens' links.

    `query` is appended to the address (a tab, a filter). `count(actor)` gives a number to show, None for none;
    `visible(actor)` False hides the entry. Entries of one `group` stand under its heading, ordered by `order`.
    """

    area: Area
    label: str | Promise
    icon: str
    url_name: str
    query: str = ""
    group: str | Promise = ""
    order: int = 100
    count: Callable[[Any], int | None] | None = None
    visible: Callable[[Any], bool] | None = None


@dataclasses.dataclass(frozen=True)
class Link:
    """An entry as one actor sees it on one page."""

    entry: Entry
    address: str
    count: str
    current: bool


class Registry:
    """Entries in the order of the menu; the same link twice in one area raises."""

    def __init__(self) -> None:
        self._entries: dict[tuple[str, str, str], Entry] = {}

    def add(self, entry: Entry) -> Entry:
        key = (entry.area, entry.url_name, entry.query)
        if key in self._entries:
            raise ValueError(f"the menu {entry.area!r} already links to {entry.url_name}{entry.query}")
        self._entries[key] = entry
        return entry

    def entries(self, area: Area) -> list[Entry]:
        """Return an area's entries by order; groups stay together, each where its first entry stands."""
        found = sorted((one for one in self._entries.values() if one.area == area), key=lambda one: one.order)
        groups = list(dict.fromkeys(str(one.group) for one in found))
        return sorted(found, key=lambda one: groups.index(str(one.group)))

    def links(self, area: Area, actor: Any, path: str) -> Iterator[Link]:
        """Yield what this actor may use; `path` is the page's full path and marks the current link.

        Nobody's (None) links carry no counts, and those that ask who is there are hidden.
        """
        shown = [one for one in self.entries(area) if _shown(one, actor)]
        addresses = {one: address for one in shown if (address := _address(one))}
        current = _current(addresses, path)
        for one, address in addresses.items():
            count = one.count(actor) if one.count and actor else None
            yield Link(one, address, _number(count), one is current)


def _shown(entry: Entry, actor: Any) -> bool:
    return entry.visible is None or bool(actor and entry.visible(actor))


def _address(entry: Entry) -> str:
    """Return where an entry leads, or "" while no page of that name is mounted."""
    try:
        return reverse(entry.url_name) + entry.query
    except NoReverseMatch:
        return ""


def _current(addresses: dict[Entry, str], path: str) -> Entry | None:
    """Return the entry of the page: the longest address its path begins with, a query counting as part of it.

    A page without a query may belong to an entry that has one: a list opened without naming its first tab.
    """
    plain, _mark, query = path.partition("?")
    bare = {one: address.partition("?")[0] for one, address in addresses.items()}
    exact = [one for one, address in addresses.items() if _leads_to(address, path)]
    loose = [one for one, address in bare.items() if not query and _leads_to(address, plain)]
    return max(exact or loose, key=lambda one: len(bare[one]), default=None)


def _leads_to(address: str, path: str) -> bool:
    if "?" in address:
        return path == address or path.startswith(f"{address}&")
    plain = path.partition("?")[0]
    return plain == address or (address.endswith("/") and address != "/" and plain.startswith(address))


def _number(count: int | None) -> str:
    """Return a count as the menu writes it: nothing for none, "999+" when it is large."""
    if not count:
        return ""
    return str(count) if count <= MOST else f"{MOST}+"


registry = Registry()
