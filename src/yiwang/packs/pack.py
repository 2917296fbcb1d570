"""A pack: the typed entries of a folder and of everything it requires, frozen and digested.

Before: `loading` makes it from files, `Pack.from_content` from a stored release.
After: rooms ask it for their entries; `kernel.releases` publishes it.
"""

import dataclasses
import functools
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Self, TypeVar

from yiwang.packs import digest, entry, files, kinds, problems, text, validating

Model = TypeVar("Model", bound=entry.Entry)
_NOWHERE = files.Origin("pack.yaml", None)


class Header(entry.Part):
    """What `pack.yaml` says of its pack."""

    pack: str
    """The pack's code; also the name of its folder."""
    name: text.Text
    description: text.Text | None = None
    requires: tuple[str, ...] = ()
    """Codes of the packs whose entries are taken over, in this order."""
    sources: tuple[text.Text, ...] = ()
    """Where the facts in the pack come from."""


class Example(entry.Part):
    """One given / when / then of `examples/*.yaml`; `kind` names the runner that understands it."""

    name: text.Text
    kind: str
    given: Any = None
    when: Any = None
    then: Any


@dataclasses.dataclass(frozen=True, eq=False)
class Pack:
    """Entries by kind and code. `headers` tells what it is composed of, itself last."""

    headers: tuple[Header, ...]
    registry: kinds.Registry
    declared: Mapping[str, Mapping[str, entry.Entry]]
    origins: Mapping[tuple[str, str], files.Origin] = dataclasses.field(default_factory=dict)
    examples: tuple[tuple[Example, files.Origin], ...] = ()
    home: files.Origin = _NOWHERE

    @property
    def header(self) -> Header:
        return self.headers[-1]

    @property
    def code(self) -> str:
        return self.header.pack

    @property
    def name(self) -> text.Text:
        return self.header.name

    def entries(self, model: type[Model]) -> Mapping[str, Model]:
        """Return the entries of a model's kind by code, in the order declared; empty if there are none."""
        return self.declared.get(self.registry.of(model).name, MappingProxyType({}))  # type: ignore[return-value]

    def origin(self, declared: entry.Entry) -> files.Origin:
        """Return where an entry was declared; without a line if the pack was not loaded from files."""
        kind = self.registry.of(type(declared)).name
        return self.origins.get((kind, declared.code)) or files.Origin(f"{kind} {declared.code}", None)

    def problem(
        self,
        declared: entry.Entry | None,
        *path: str | int,
        zh: str,
        en: str,
        allowed: tuple[str, ...] = (),
    ) -> problems.Problem:
        """Return a problem at a field of an entry, or of the whole pack where `declared` is None."""
        origin = self.home if declared is None else self.origin(declared)
        return origin.problem(*path, zh=zh, en=en, allowed=allowed)

    def content(self) -> dict[str, Any]:
        """Return the pack as JSON values, without loss and in the order declared."""
        return {
            "packs": [header.model_dump(mode="json", by_alias=True) for header in self.headers],
            "entries": {
                kind: [one.model_dump(mode="json", by_alias=True) for one in self.declared[kind].values()]
                for kind in sorted(self.declared)
                if self.declared[kind]
            },
        }

    @functools.cached_property
    def canonical(self) -> str:
        """The content as canonical JSON text: what is digested, stored and compared."""
        return digest.canonical(self.content())

    @functools.cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical text, 64 hexadecimal digits."""
        return digest.of(self.canonical)

    @classmethod
    def from_content(cls, content: Mapping[str, Any], registry: kinds.Registry | None = None) -> Self:
        """Return the pack that `content()` came from; raise `PackInvalid` if this program cannot read it."""
        registry = kinds.registry if registry is None else registry
        origin = files.Origin(str(content["packs"][-1]["pack"]), None)
        headers, troubles = _all(Header, content["packs"], origin)
        declared = {}
        for kind, values in content["entries"].items():
            if kind not in registry:
                troubles.append(origin.problem(kind, zh="不认识这一类声明", en="unknown kind of entry"))
                continue
            found, wrong = _all(registry[kind].model, values, files.Origin(f"{origin.file} {kind}", None))
            declared[kind] = MappingProxyType({one.code: one for one in found})
            troubles += wrong
        if troubles:
            raise problems.PackInvalid(troubles)
        return cls(tuple(headers), registry, MappingProxyType(declared))


Part = TypeVar("Part", bound=entry.Part)


def _all(
    model: type[Part], values: list[Any], origin: files.Origin
) -> tuple[list[Part], list[problems.Problem]]:
    found: list[Part] = []
    troubles: list[problems.Problem] = []
    for value in values:
        one, wrong = validating.validate(model, value, origin)
        found += [one] if one else []
        troubles += wrong
    return found, troubles
