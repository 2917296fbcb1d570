"""The one typed registry for everything that rooms add: pack kinds, example runners, checks, installers."""

from collections.abc import Iterator
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Registry(Generic[Item]):
    """Named items in the order of their registration; a second item of the same name raises.

    Rooms fill the product's registries in `apps.py: ready()`. Tests make their own.
    """

    def __init__(self, holds: str) -> None:
        self.holds = holds
        self._items: dict[str, Item] = {}

    def add(self, name: str, item: Item) -> Item:
        if name in self._items:
            raise ValueError(f"{self.holds} {name!r} is registered twice")
        self._items[name] = item
        return item

    def __getitem__(self, name: str) -> Item:
        return self._items[name]

    def __contains__(self, name: object) -> bool:
        return name in self._items

    def __iter__(self) -> Iterator[Item]:
        return iter(self._items.values())

    def names(self) -> list[str]:
        return list(self._items)

    def items(self) -> list[tuple[str, Item]]:
        return list(self._items.items())
