"""A folder → a `Pack`: read it and the packs it requires, compose, check, or tell all that is wrong.

Before: `reading` and `validating`. After: `kernel.releases.actions.publish`, `examples.run`, `yiwang pack`.
"""

import dataclasses
import pathlib
from collections.abc import Iterator, Sequence
from types import MappingProxyType

from yiwang.packs import entry, files, kinds, pack, problems, reading, validating


def load(
    path: pathlib.Path | str, *, registry: kinds.Registry | None = None, roots: Sequence[pathlib.Path] = ()
) -> pack.Pack:
    """Return the pack in a folder together with all that it requires; raise `PackInvalid` with every problem.

    Required packs are looked for in `roots`, and beside the folder itself.
    """
    folder = pathlib.Path(path).resolve()
    registry = kinds.registry if registry is None else registry
    composition = _Composition(registry)
    for required in _order(folder, (*roots, folder.parent)):
        composition.take(reading.read(required, registry))
    return _checked(composition.pack())


def find(name: str, roots: Sequence[pathlib.Path]) -> pathlib.Path | None:
    """Return the folder of the pack with that code, from the first root that has one."""
    folders = (root / name for root in roots)
    return next((folder for folder in folders if (folder / "pack.yaml").is_file()), None)


def codes(roots: Sequence[pathlib.Path]) -> list[str]:
    """Return the codes of all packs in the roots."""
    return sorted({file.parent.name for root in roots for file in root.glob("*/pack.yaml")})


def _order(folder: pathlib.Path, roots: Sequence[pathlib.Path]) -> list[pathlib.Path]:
    """Return the folders to take, required ones first; raise if one is missing or requires itself."""
    done: dict[str, pathlib.Path] = {}
    troubles: list[problems.Problem] = []
    _visit(folder, roots, (), done, troubles)
    if troubles:
        raise problems.PackInvalid(troubles)
    return list(done.values())


def _visit(
    folder: pathlib.Path,
    roots: Sequence[pathlib.Path],
    trail: tuple[str, ...],
    done: dict[str, pathlib.Path],
    troubles: list[problems.Problem],
) -> None:
    header, home = reading.header(folder)
    trail = (*trail, header.pack)
    for index, code in enumerate(header.requires):
        if code in trail:
            circle = " → ".join((*trail[trail.index(code) :], code))
            troubles.append(
                home.problem("requires", index, zh=f"互相依赖：{circle}", en=f"requires itself: {circle}")
            )
        elif (required := find(code, roots)) is None:
            troubles.append(_absent(code, roots, home, index))
        elif code not in done:
            _visit(required, roots, trail, done, troubles)
    done[header.pack] = folder


def _absent(code: str, roots: Sequence[pathlib.Path], home: files.Origin, index: int) -> problems.Problem:
    looked = ", ".join(files.shown(root) for root in dict.fromkeys(roots))
    return home.problem(
        "requires",
        index,
        zh=f"找不到场景包“{code}”（找过 {looked}）",
        en=f'there is no pack "{code}" (looked in {looked})',
        allowed=tuple(codes(roots)),
    )


def _checked(made: pack.Pack) -> pack.Pack:
    """Return the pack if its kinds' own checks find nothing."""
    troubles = [trouble for kind in made.registry if kind.check for trouble in kind.check(made)]
    if troubles:
        raise problems.PackInvalid(troubles)
    return made


@dataclasses.dataclass
class _Composition:
    """Packs taken one after another; a later one may add, and replace where it says so."""

    registry: kinds.Registry
    headers: list[pack.Header] = dataclasses.field(default_factory=list)
    declared: dict[str, dict[str, entry.Entry]] = dataclasses.field(default_factory=dict)
    origins: dict[tuple[str, str], files.Origin] = dataclasses.field(default_factory=dict)
    troubles: list[problems.Problem] = dataclasses.field(default_factory=list)
    last: reading.Folder | None = None

    def take(self, folder: reading.Folder) -> None:
        self.headers.append(folder.header)
        self.troubles += folder.troubles
        self.last = folder
        own: set[tuple[str, str]] = set()
        for raw in folder.raws:
            found, wrong = validating.validate(raw.kind.model, raw.value, raw.origin, raw.folder)
            self.troubles += wrong
            if code := found.code if found else reading.code_of(raw):
                self.troubles += self._repeats(raw, (raw.kind.name, code), own)
                own.add((raw.kind.name, code))
                self.origins[(raw.kind.name, code)] = raw.origin
            if found:
                self.declared.setdefault(raw.kind.name, {})[found.code] = found

    def _repeats(
        self, raw: reading.Raw, key: tuple[str, str], own: set[tuple[str, str]]
    ) -> Iterator[problems.Problem]:
        """Find an entry that stands twice, and a replacement of nothing."""
        before = self.origins.get(key)
        if before is None:
            if raw.replaces:
                yield raw.origin.problem(
                    "replaces",
                    zh=f"没有可替换的“{key[1]}”；请去掉 replaces",
                    en=f'there is no "{key[1]}" to replace; remove replaces',
                )
        elif key in own or not raw.replaces:
            place = f"{before.file}:{before.line}"
            zh, en = f"“{key[1]}”已在 {place} 声明", f'"{key[1]}" is already declared in {place}'
            if key not in own:
                zh, en = f"{zh}；若要替换它，请加 replaces: true", f"{en}; to replace it, add replaces: true"
            yield raw.origin.problem("code", zh=zh, en=en)

    def pack(self) -> pack.Pack:
        if self.troubles or self.last is None:
            raise problems.PackInvalid(self.troubles)
        declared = {kind: MappingProxyType(entries) for kind, entries in self.declared.items()}
        return pack.Pack(
            headers=tuple(self.headers),
            registry=self.registry,
            declared=MappingProxyType(declared),
            origins=MappingProxyType(self.origins),
            examples=self.last.examples,
            home=self.last.home,
        )
