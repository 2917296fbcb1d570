"""What a citizen may read of a step: the flow says which inputs are public, and everything else stays inside.

Before: the steps of a case. After: `queries.tracking` shows them and cuts the proof.
"""

from collections.abc import Mapping
from typing import Any

from yiwang.cases.definitions.flows import Action, Flow, Stage

STAGES: tuple[Stage, ...] = ("collect", "file", "dispatch", "handle", "feed-back", "verify", "evaluate")
"""The seven stages of the GB/T 30428 series, in order."""

_STRUCTURAL = frozenset({"why", "found", "channel", "position", "files", "parent", "organisation", "text"})
"""What a step's data holds besides inputs; the text of an opening is only a digest."""


def words(action: Action | None, note: str, data: Mapping[str, Any]) -> str:
    """Return the note of a step if the input it came from is public, else ""."""
    source = _source(action, data)
    return note if action and source and action.asks[source].public else ""


def open_to_citizen(action: Action | None, note: str, data: Mapping[str, Any]) -> bool:
    """Tell whether a public step holds nothing that only staff may read; the opening of a case is open."""
    if action is None:
        return not note
    hidden = {name for name, asked in action.asks.items() if not asked.public} - _STRUCTURAL
    return not (hidden & data.keys()) and (not note or bool(words(action, note, data)))


def grade(data: Mapping[str, Any]) -> int | None:
    """Return the grade a citizen gave in a step."""
    given = data.get("grade")
    return given if isinstance(given, int) else None


def reached(flow: Flow, state: str) -> int:
    """Return how many of the seven stages lie behind a case: those before its state's, all once nothing is left to do."""
    stage = STAGES.index(flow.states[state].stage)
    return stage + 1 if flow.states[state].ended and stage == len(STAGES) - 1 else stage


def _source(action: Action | None, data: Mapping[str, Any]) -> str:
    """Return the input a step's note came from: `reply` goes before `note`, whose words then stand in the data."""
    asks = action.asks if action else {}
    if "reply" in asks and ("note" not in asks or "note" in data):
        return "reply"
    return "note" if "note" in asks and "reply" not in asks else ""
