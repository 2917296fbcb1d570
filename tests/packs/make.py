"""Kinds and packs that the tests of the engine use; the product's own kinds stand in its rooms."""

import datetime as dt
import pathlib
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field

from yiwang.packs import entry, kinds, loading, pack, problems, registry, text

DATA = pathlib.Path(__file__).parent / "data"


class State(entry.Part):
    stage: Literal["collect", "file", "handle"]
    name: text.Text
    after: tuple[str, ...] = ()


class Tell(entry.Part):
    do: Literal["tell"]
    whom: tuple[str, ...]


class Wait(entry.Part):
    do: Literal["wait"]
    hours: float = Field(gt=0)


class Flow(entry.Entry):
    name: text.Text
    states: dict[str, State]
    days: int = Field(default=3, ge=1)
    who: Literal["all"] | tuple[str, ...] = "all"
    start: str = ""
    since: dt.date | None = None
    effects: tuple[Annotated[Tell | Wait, Field(discriminator="do")], ...] = ()


class Area(entry.Entry):
    name: text.Text
    lon: float | None = None
    lat: float | None = None


class Outline(entry.Entry):
    file: entry.JsonFile


def starts_exist(made: pack.Pack) -> Iterator[problems.Problem]:
    for flow in made.entries(Flow).values():
        if flow.start and flow.start not in flow.states:
            yield made.problem(
                flow, "start", zh="没有这个状态", en="there is no such state", allowed=tuple(flow.states)
            )


def kinds_of_tests() -> kinds.Registry:
    made = kinds.Registry()
    made.register(kinds.Kind("flow", Flow, check=starts_exist))
    made.register(kinds.Kind("area", Area))
    made.register(kinds.Kind("outline", Outline))
    return made


def runners_of_tests() -> registry.Registry:
    def days(made: pack.Pack, example: pack.Example) -> list[str]:
        found = made.entries(Flow)[example.given["flow"]].days
        return [] if found == example.then else [f"{found} != {example.then}"]

    made: registry.Registry = registry.Registry("runner")
    made.add("days", days)
    return made


def load(name: str = "city", root: pathlib.Path = DATA) -> pack.Pack:
    return loading.load(root / name, registry=kinds_of_tests())


def write(root: pathlib.Path, files: dict[str, str]) -> pathlib.Path:
    """Write the files of packs, each with its `pack.yaml` if it is not given, and return the root."""
    for name, content in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content)
        header = root / name.split("/")[0] / "pack.yaml"
        if not header.exists() and f"{header.parent.name}/pack.yaml" not in files:
            header.write_text(f"pack: {header.parent.name}\nname: 测试\n")
    return root


def faults(root: pathlib.Path, name: str = "city", **options: Any) -> list[problems.Problem]:
    """Return the problems for which a pack is refused, with file names below the root."""
    try:
        loading.load(root / name, registry=kinds_of_tests(), **options)
    except problems.PackInvalid as invalid:
        return list(invalid.problems)
    raise AssertionError("the pack was accepted")
