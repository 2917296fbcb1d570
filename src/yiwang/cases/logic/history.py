"""The sealed content of a step: what the ledger hashes when it is written and when it is verified."""

from typing import Any

from yiwang.cases.definitions.facts import Step

KIND = "case"


def content_of(step: Step) -> dict[str, Any]:
    """Return the sealed content of a step about to be written."""
    return content(
        step.action, step.actor.kind, step.actor.person, step.post, step.organisation,
        step.from_state, step.to_state, step.note, step.data, step.public,
    )  # fmt: skip


def content(
    action: str, actor_kind: str, person: int | None, post: int | None, organisation: str,
    from_state: str, to_state: str, note: str, data: dict[str, Any], public: bool,
) -> dict[str, Any]:  # fmt: skip
    """Return the sealed content of a step from its columns; the ledger adds case, number and time."""
    return {
        "action": action,
        "actor": {"kind": actor_kind, "person": person, "post": post},
        "organisation": organisation,
        "from": from_state,
        "to": to_state,
        "note": note,
        "data": data,
        "public": public,
    }
