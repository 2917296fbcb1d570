"""Verbs of the hotline: `report` a request through any door, `act` on one's own case, `run` an import.

All of them end in `cases.actions`, the one write path of cases.
"""

from yiwang.hotline.actions.reporting import Reported, opening, report
from yiwang.hotline.actions.tracking import act

__all__ = ["Reported", "act", "opening", "report"]
