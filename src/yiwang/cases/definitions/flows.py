"""Flows as a clerk reads them: states, actions, who may act, guards, clocks, notices, effects.

Expressions are CEL over `case`, `actor` and `input` (see docs/flows.md). Limits are amounts of working
or natural time ("5 working days", "2 working hours"). A flow is proved (logic.proving) before publishing.
"""

from typing import Annotated, Literal

import pydantic

from yiwang.kernel.calendar.definitions.amounts import Amount
from yiwang.packs import entry, text

Stage = Literal["collect", "file", "dispatch", "handle", "feed-back", "verify", "evaluate"]
Effect = Literal["route", "desk", "spawn", "merge", "unmerge", "answer-merged"]
InputKind = Literal[
    "text", "organisation", "organisations", "category", "area", "days", "grade", "case", "files", "flag"
]
Expression = Annotated[str, pydantic.Field(description="CEL over case, actor and input")]


class Who(entry.Part):
    """A role whose holder may act, by their relation to the case.

    `holder`: a post in the organisation that holds the case; `lead`: in the organisation that holds
    the lead case; `area`: a post whose area contains the case; `anywhere`: the role is enough.
    """

    role: str
    of: Literal["holder", "lead", "area", "anywhere"] = "holder"


Party = Literal["reporter", "system"]


class Input(entry.Part):
    """One thing an action asks for."""

    kind: InputKind = "text"
    name: text.Text
    required: bool = True
    hint: text.Text | None = None
    public: bool = False


class Way(entry.Part):
    """Where an action leads; the first way whose `when` holds is taken."""

    to: str
    when: Expression | None = None


class Tell(entry.Part):
    """A notice. `to` is the holder organisation's roles, the area's watchers, or the citizen."""

    to: Literal["holder", "area", "lead", "reporter"]
    roles: tuple[str, ...] = ()
    text: text.Text
    when: Expression | None = None


class ClockChange(entry.Part):
    """What an action does to clocks, by their codes; `extend` maps a clock to working days (CEL).

    Clocks run while the case is in the states that name them. A clock paused by the action that leaves
    its state goes on, with the time it has left, when such a state is entered again.
    """

    pause: tuple[str, ...] = ()
    resume: tuple[str, ...] = ()
    extend: dict[str, Expression] = {}


class State(entry.Part):
    """Where a case rests. `ended` states carry no further duty; `clocks` run while it is here.

    `citizen` is what the reporter reads. On entry `tells` go out, and the system tries the actions that
    `automatic` names, in order.
    """

    name: text.Text
    stage: Stage
    ended: bool = False
    citizen: text.Text | None = None
    clocks: tuple[str, ...] = ()
    automatic: tuple[str, ...] = ()
    tells: tuple[Tell, ...] = ()


class Action(entry.Part):
    """One verb on a case. Without `to` the case stays where it is; `from: [open]` means every open state.

    `sets` writes case fields (organisation, category, area, urgency, rating) or declared facts, each from
    a CEL expression. `otherwise` is what the actor reads when the guard `when` refuses.
    """

    name: text.Text
    from_: tuple[str, ...] = pydantic.Field(alias="from")
    to: str | tuple[Way, ...] | None = None
    who: tuple[Who | Party, ...]
    when: Expression | None = None
    otherwise: text.Text | None = None
    asks: dict[str, Input] = {}
    sets: dict[str, Expression] = {}
    clocks: ClockChange = ClockChange()
    effects: tuple[Effect, ...] = ()
    tells: tuple[Tell, ...] = ()
    public: bool = False
    tone: Literal["primary", "normal", "danger"] = "normal"
    batch: bool = False


class Alert(entry.Part):
    """What happens when a share of a clock's limit has passed: a colour, notices, or an action."""

    at: Annotated[int, pydantic.Field(ge=1, le=1000, description="per cent of the limit")]
    level: Literal["yellow", "red", "overdue", "escalated"]
    tells: tuple[Tell, ...] = ()
    perform: str | None = None


class Clock(entry.Part):
    """A limit; `alerts` in order, or the name of a set of them in the flow.

    `leads` marks a clock whose due time the lists show and whose colour is the case's colour.
    """

    name: text.Text
    limit: Amount
    alerts: str | tuple[Alert, ...]
    leads: bool = True


class Opening(entry.Part):
    """How a case begins: its first state, and whom it tells."""

    to: str
    tells: tuple[Tell, ...] = ()


class Flow(entry.Entry):
    """One life of a case, from its opening to its ended states (seven stages: GB/T 30428 series)."""

    name: text.Text
    prefix: Annotated[str, pydantic.Field(pattern=r"^[A-Z]{1,4}$")]
    opening: Opening
    facts: dict[str, bool | int | str] = {}
    states: dict[str, State]
    actions: dict[str, Action]
    clocks: dict[str, Clock] = {}
    alerts: dict[str, tuple[Alert, ...]] = {}
    co_handling: str | None = None

    def alerts_of(self, clock: str) -> tuple[Alert, ...]:
        """Return the alerts of a clock."""
        declared = self.clocks[clock].alerts
        return self.alerts[declared] if isinstance(declared, str) else declared
