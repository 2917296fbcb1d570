"""Verbs of the flow engine: the one write path of cases.

`open`, `open_many`, `perform`, `perform_many`, `fire_due`. Each is one transaction: state, history,
ledger, clocks and outbox together; what is told goes out after the commit.
"""

from yiwang.cases.actions.firing import fire_due
from yiwang.cases.actions.opening import Opened, open_many
from yiwang.cases.actions.opening import open_case as open  # noqa: A004
from yiwang.cases.actions.performing import Outcome, perform, perform_many

__all__ = ["Opened", "Outcome", "fire_due", "open", "open_many", "perform", "perform_many"]
