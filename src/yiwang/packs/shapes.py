"""Where in a model, and where in the written value, a fault lies.

Pydantic's `loc` mixes real fields with names of union members; here the two are told apart.
Before: a ValidationError. After: `wording` gives each fault its words.
"""

import dataclasses
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from yiwang.packs import entry, files


@dataclasses.dataclass(frozen=True)
class Fault:
    """One complaint of pydantic's: the path in the value, and the union member it speaks of, if any."""

    type: str
    path: files.Path
    got: Any
    context: Mapping[str, Any]
    message: str
    union: files.Path | None = None
    member: str = ""


def locate(error: Any, value: Any) -> Fault:
    """Return the fault of one of pydantic's error dicts, its path walked along the written value."""
    path: list[str | int] = []
    union: files.Path | None = None
    member = ""
    here = value
    for index, part in enumerate(error["loc"]):
        step = _step(here, part)
        if step is not None:
            path.append(step)
            here = here[step]
        elif error["type"] == "missing" and index == len(error["loc"]) - 1:
            path.append(part)
        elif part != "[key]" and union is None:
            union, member = tuple(path), str(part)
    return Fault(
        error["type"],
        tuple(path),
        error["input"],
        error.get("ctx", {}),
        error["msg"],
        union=union,
        member=member,
    )


def _step(here: Any, part: str | int) -> str | int | None:
    if isinstance(here, dict) and str(part) in here:
        return str(part)
    if isinstance(here, list) and isinstance(part, int) and part < len(here):
        return part
    return None


def group(faults: Iterable[Fault], is_shape: Callable[[Fault], object]) -> list[list[Fault]]:
    """Return the faults as groups that deserve one message each.

    Of a field with several forms, only the form that the value resembles most is spoken of; where it
    resembles none, all are told together.
    """
    unions: dict[files.Path, list[Fault]] = {}
    groups: list[list[Fault]] = []
    for fault in faults:
        if fault.union is None:
            groups.append([fault])
        else:
            unions.setdefault(fault.union, []).append(fault)
    for path, members in unions.items():
        strangers = {fault.member for fault in members if fault.path == path and is_shape(fault)}
        deeper = {fault.member for fault in members if fault.path != path}
        near = [fault.member for fault in members if fault.member not in strangers]
        if near:
            nearest = min(near, key=lambda member: (member not in deeper, near.count(member)))
            groups += [[fault] for fault in members if fault.member == nearest]
        else:
            groups.append(members)
    return groups


def names_at(model: type[BaseModel], fault: Fault) -> list[str]:
    """Return the fields that may stand where the fault's last field stands."""
    return _names([model], fault) if len(fault.path) == 1 else _names(_models(model, fault), fault)


def _names(models: Iterable[type[BaseModel]], fault: Fault) -> list[str]:
    models = list(models)
    chosen = [model for model in models if fault.member and _is_member(model, fault.member)]
    names = dict.fromkeys(name for model in chosen or models for name in entry.field_names(model))
    return list(names)


def _is_member(model: type[BaseModel], member: str) -> bool:
    tags = (typing.get_args(field.annotation) for field in model.model_fields.values())
    return model.__name__ == member or any(member in values for values in tags)


def _models(model: type[BaseModel], fault: Fault) -> list[type[BaseModel]]:
    """Return the models that may hold the fault's last field."""
    here: list[Any] = [model]
    for part in fault.path[:-1]:
        here = [inner for outer in here for inner in _inside(outer, part)]
    return [shape for shape in here if _is_model(shape)]


def _inside(annotation: Any, part: str | int) -> Iterator[Any]:
    if _is_model(annotation):
        for name, field in annotation.model_fields.items():
            if part in (name, field.alias):
                yield from _flat(field.annotation)
    elif typing.get_origin(annotation) is dict:
        yield from _flat(typing.get_args(annotation)[1])
    else:
        for argument in typing.get_args(annotation):
            yield from _flat(argument)


def _flat(annotation: Any) -> Iterator[Any]:
    """Yield the forms of an annotation: a union's members, an Annotated's type."""
    if typing.get_origin(annotation) is typing.Annotated:
        yield from _flat(typing.get_args(annotation)[0])
    elif typing.get_origin(annotation) in (typing.Union, types.UnionType):
        for member in typing.get_args(annotation):
            yield from _flat(member)
    else:
        yield annotation


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)
