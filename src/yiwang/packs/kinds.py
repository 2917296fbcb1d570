"""Kinds of pack entries. A room registers its own in `apps.py: ready()`; the engine knows none by name.

kinds.registry.register(kinds.Kind("calendar", definitions.CalendarEntry, check=logic.check))
"""

import dataclasses
from collections.abc import Callable, Iterable
from typing import Any

from yiwang.packs import entry, problems
from yiwang.packs import registry as registries


@dataclasses.dataclass(frozen=True)
class Kind:
    """A kind's name in YAML, the model of its entries, and a check across the entries of a composed pack.

    The check takes a `pack.Pack` and yields problems, made with `pack.problem(entry, *path, zh=…, en=…)`.
    """

    name: str
    model: type[entry.Entry]
    check: Callable[[Any], Iterable[problems.Problem]] | None = None


class Registry(registries.Registry[Kind]):
    """Kinds by name; a model serves one kind only, so that `pack.entries(Model)` is unambiguous."""

    def __init__(self) -> None:
        super().__init__("kind")
        self._by_model: dict[type[entry.Entry], Kind] = {}

    def register(self, kind: Kind) -> Kind:
        if kind.model in self._by_model:
            raise ValueError(f"{kind.model.__name__} already serves kind {self._by_model[kind.model].name!r}")
        self.add(kind.name, kind)
        self._by_model[kind.model] = kind
        return kind

    def of(self, model: type[entry.Entry]) -> Kind:
        """Return the kind of a model; raise `LookupError` when no room registered it here."""
        if model not in self._by_model:
            raise LookupError(f"{model.__name__} is not registered as a kind of pack entry")
        return self._by_model[model]


registry = Registry()
