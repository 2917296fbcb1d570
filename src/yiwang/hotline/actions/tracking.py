"""What a citizen does on their own case with nothing but its tracking code: withdraw, rate, reopen."""

from collections.abc import Mapping
from typing import Any

from yiwang.cases import actions as cases
from yiwang.cases.actions import Outcome
from yiwang.cases.definitions.refusals import Refused
from yiwang.hotline.queries import tracking
from yiwang.kernel.access import logic as access


def act(code: str, action: str, given: Mapping[str, Any], key: str) -> Outcome:
    """Take an action on the case with this tracking code. Raises Refused where its flow does not allow it."""
    case = tracking.find(code)
    if case is None:
        raise Refused("unknown-case", "case", value=code)
    return cases.perform(case.id, action, access.citizen(case.tracking), given, f"citizen:{key}")
