"""Turn a posted form into the inputs of an action: files are stored, a case number becomes the case."""

from collections.abc import Mapping
from typing import Any

from django.utils.datastructures import MultiValueDict

from yiwang.cases import models
from yiwang.cases.definitions.refusals import Refused
from yiwang.cases.queries import facts, visible, worlds
from yiwang.kernel.access.logic import Actor
from yiwang.kernel.files import actions as files
from yiwang.kernel.files import definitions as file_definitions

MANY = frozenset({"organisations", "files"})
ALONE = MANY | {"case"}
"""Inputs that a batch cannot give to many cases at once."""


def given(
    case: models.Case, action: str, actor: Actor, posted: Mapping[str, Any], uploads: MultiValueDict[str, Any]
) -> dict[str, Any]:
    """Return what an action was given, ready for `perform`; unknown actions are left for it to refuse."""
    declared = visible.flow_of(case).actions.get(action)
    values: dict[str, Any] = {}
    for name, asked in (declared.asks if declared else {}).items():
        if asked.kind == "files":
            values[name] = [_stored(one, name) for one in uploads.getlist(name)]
        elif asked.kind in MANY:
            values[name] = [one for one in posted.getlist(name) if one]  # type: ignore[attr-defined]
        elif asked.kind == "case" and posted.get(name):
            values[name] = _named(actor, posted[name].strip().upper())
        else:
            values[name] = posted.get(name)
    return values


def shared(action: str, posted: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a batch gives to each of its cases: the posted texts and choices that the action asks for."""
    flows = worlds.current().flows.values()
    asked = {
        name: one
        for flow in flows
        if action in flow.actions
        for name, one in flow.actions[action].asks.items()
    }
    return {name: posted[name] for name, one in asked.items() if one.kind not in ALONE and posted.get(name)}


def _stored(upload: Any, field: str) -> str:
    try:
        return files.store(upload, file_definitions.PHOTO).sha256
    except file_definitions.Refused as refusal:
        raise Refused("bad-file", field, name=upload.name, reason=refusal.text) from refusal


def _named(actor: Actor, number: str) -> Any:
    """Return the facts of a case the actor may see; otherwise the number itself, which logic refuses."""
    found = visible.cases(actor).filter(number=number.replace("\x00", "")).only("pk").first()
    return facts.load(found.pk).case if found else number
