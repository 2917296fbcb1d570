"""A pack's folder → its header, its raw entries and examples, each with its origin.

A file is one entry (`kind`, then its fields), a list (`kind`, `entries: [...]`) or a table
(`kind`, `table: file.csv`). Before: `source` and `tables`. After: `loading`.
"""

import dataclasses
import pathlib
from collections.abc import Iterator
from typing import Any

from yiwang.packs import files, kinds, pack, problems, source, tables, validating, wording


@dataclasses.dataclass(frozen=True)
class Raw:
    """A declaration as written: values not yet checked."""

    kind: kinds.Kind
    value: Any
    origin: files.Origin
    folder: pathlib.Path
    replaces: bool = False


@dataclasses.dataclass(frozen=True)
class Folder:
    """What a folder declares. `troubles` are the problems met on the way."""

    header: pack.Header
    home: files.Origin
    raws: tuple[Raw, ...]
    examples: tuple[tuple[pack.Example, files.Origin], ...]
    troubles: tuple[problems.Problem, ...]


def read(folder: pathlib.Path, registry: kinds.Registry) -> Folder:
    """Return all that the folder of a pack declares; raise `PackInvalid` if it is no pack at all."""
    troubles: list[problems.Problem] = []
    head, home = header(folder)
    raws: list[Raw] = []
    examples: list[tuple[pack.Example, files.Origin]] = []
    for file in sorted(_files(folder)):
        if file.suffix == ".yml":
            here = files.Origin(files.shown(file), None)
            troubles.append(here.problem(zh="请把扩展名改为 .yaml", en="rename the file to end in .yaml"))
        elif file.parent == folder / "examples":
            examples += _examples(file, troubles)
        elif file != folder / "pack.yaml":
            raws += _declarations(file, registry, troubles)
    return Folder(head, home, tuple(raws), tuple(examples), tuple(troubles))


def header(folder: pathlib.Path) -> tuple[pack.Header, files.Origin]:
    """Return what `pack.yaml` says, and its origin; raise `PackInvalid` where there is no good one."""
    file = folder / "pack.yaml"
    here = files.Origin(files.shown(file), None)
    if not folder.is_dir():
        place = files.Origin(files.shown(folder), None)
        raise problems.PackInvalid([place.problem(zh="没有这个文件夹", en="there is no such folder")])
    if not file.is_file():
        raise problems.PackInvalid(
            [here.problem(zh="没有这个文件；每个场景包都要有", en="is missing; every pack has one")]
        )
    document = source.read(file)
    found, troubles = validating.validate(pack.Header, document.value or {}, document.origin)
    if document.problems or found is None:
        raise problems.PackInvalid(document.problems or troubles)
    if found.pack != folder.resolve().name:
        raise problems.PackInvalid(
            [wording.not_allowed(found.pack, [folder.resolve().name], document.origin.problem, "pack")]
        )
    return found, document.origin


def _files(folder: pathlib.Path) -> Iterator[pathlib.Path]:
    for file in (*folder.rglob("*.yaml"), *folder.rglob("*.yml")):
        hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
        if file.is_file() and not hidden:
            yield file


def _declarations(
    file: pathlib.Path, registry: kinds.Registry, troubles: list[problems.Problem]
) -> Iterator[Raw]:
    document = source.read(file)
    troubles += document.problems
    value, origin = document.value, document.origin
    if (kind := _kind(document, registry, troubles)) is None:
        return
    fields = {name: part for name, part in value.items() if name != "kind"}
    if "code" not in fields and "entries" in fields:
        yield from _listed(kind, fields, origin, file.parent, troubles)
    elif "code" not in fields and "table" in fields:
        yield from _tabled(kind, fields, origin, file.parent, troubles)
    else:
        yield _raw(kind, fields, origin, file.parent, troubles)


def _kind(
    document: source.Document, registry: kinds.Registry, troubles: list[problems.Problem]
) -> kinds.Kind | None:
    """Return the kind that a file declares, or note why there is none."""
    value, problem = document.value, document.origin.problem
    if value is None:
        if not document.problems:
            troubles.append(problem(zh="文件是空的", en="the file is empty"))
    elif not isinstance(value, dict) or value.get("kind") is None:
        troubles.append(
            problem(
                "kind",
                zh="缺这一项；文件应以“kind: 类别”开头",
                en='is missing; begin the file with "kind: …"',
                allowed=tuple(registry.names()),
            )
        )
    elif value["kind"] not in registry.names():
        troubles.append(wording.not_allowed(value["kind"], registry.names(), problem, "kind"))
    else:
        return registry[value["kind"]]
    return None


def _listed(
    kind: kinds.Kind,
    fields: Any,
    origin: files.Origin,
    folder: pathlib.Path,
    troubles: list[problems.Problem],
) -> Iterator[Raw]:
    troubles += _beside("entries", fields, origin)
    entries = fields["entries"]
    if not isinstance(entries, list):
        troubles.append(
            origin.problem("entries", zh="应是列表，每项以“- ”开头", en='must be a list, each item with "- "')
        )
        return
    for index, value in enumerate(entries):
        yield _raw(kind, value, origin.inside("entries", index), folder, troubles)


def _tabled(
    kind: kinds.Kind,
    fields: Any,
    origin: files.Origin,
    folder: pathlib.Path,
    troubles: list[problems.Problem],
) -> Iterator[Raw]:
    troubles += _beside("table", fields, origin)
    file = folder / str(fields["table"])
    if not file.is_file():
        troubles.append(
            origin.problem(
                "table", zh=f"没有文件“{fields['table']}”", en=f'there is no file "{fields["table"]}"'
            )
        )
        return
    rows, wrong = tables.read(file, kind.model)
    troubles += wrong
    for value, row in rows:
        yield Raw(kind, value, row, folder)


def _beside(form: str, fields: Any, origin: files.Origin) -> Iterator[problems.Problem]:
    for name in fields:
        if name != form:
            yield wording.unknown_field(name, ("kind", form), origin.problem)


def _raw(
    kind: kinds.Kind,
    value: Any,
    origin: files.Origin,
    folder: pathlib.Path,
    troubles: list[problems.Problem],
) -> Raw:
    """Take `replaces` out of an entry: it speaks to the loader, not to the room."""
    replaces = value.get("replaces", False) if isinstance(value, dict) else False
    if not isinstance(replaces, bool):
        troubles.append(wording.not_allowed(replaces, ["true", "false"], origin.problem, "replaces"))
    if isinstance(value, dict):
        value = {name: part for name, part in value.items() if name != "replaces"}
    return Raw(kind, value, origin, folder, replaces is True)


def _examples(
    file: pathlib.Path, troubles: list[problems.Problem]
) -> Iterator[tuple[pack.Example, files.Origin]]:
    document = source.read(file)
    troubles += document.problems
    if not isinstance(document.value, list):
        if not document.problems:
            troubles.append(
                document.origin.problem(
                    zh="应是例子的列表，每个以“- name:”开头",
                    en='must be a list of examples, each with "- name:"',
                )
            )
        return
    for index, value in enumerate(document.value):
        origin = document.origin.inside(index)
        found, wrong = validating.validate(pack.Example, value, origin)
        troubles += wrong
        if found:
            yield found, origin


def code_of(raw: Raw) -> str | None:
    """Return the code that a declaration claims, where it claims one."""
    code = raw.value.get("code") if isinstance(raw.value, dict) else None
    return None if code is None else str(code).strip()
