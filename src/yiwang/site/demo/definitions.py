"""The demonstration as a pack declares it: who can sign in, what citizens write, and what happens then.

Before: packs. After: `checking` compares it with the rest of the pack, `planning` makes a timeline of it.
"""

from typing import Annotated, Literal

import pydantic

from yiwang.kernel.calendar.definitions.amounts import Amount, Unit
from yiwang.kernel.identifiers.logic import types as identifiers
from yiwang.packs import entry, text, wrong

Weight = Annotated[int, pydantic.Field(ge=0, le=1000)]
Username = Annotated[str, pydantic.Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=40)]


class PostHeld(entry.Part):
    """A post of an account, held from before the first day of the demonstration."""

    organisation: str
    role: str
    area: identifiers.AreaCode


class Account(entry.Part):
    """A person with a name of their own; `show` tells a visitor what to try with it."""

    username: Username
    name: str
    posts: Annotated[tuple[PostHeld, ...], pydantic.Field(min_length=1)]
    show: text.Text | None = None


class Staff(entry.Part):
    """One person of a role in each organisation, each desk of the responsibility list, or each street office."""

    role: str
    at: Literal["organisations", "desks", "streets"]


class Channel(entry.Part):
    """How often cases come by a channel, and who files them: the citizen, or a role that covers the place."""

    weight: Weight
    by: str = ""
    reporter: Literal["always", "mostly", "never"] = "mostly"
    """Whether the citizen's name and mobile number are known."""
    photos: bool = False
    """Whether a photo and a position come with it."""


class Demonstration(entry.Entry):
    """One demonstration of the pack's city. The same seed gives the same people and cases."""

    name: text.Text
    seed: int
    password: Annotated[str, pydantic.Field(min_length=8)]
    """Shared by all accounts, so never used in earnest."""
    flow: str
    cases: Annotated[int, pydantic.Field(ge=1, le=20_000)]
    """How many; those that others are merged into bring some more."""
    days: Annotated[int, pydantic.Field(ge=1, le=365)]
    accounts: tuple[Account, ...]
    staff: tuple[Staff, ...] = ()
    surnames: Annotated[str, pydantic.Field(min_length=1)]
    given_names: Annotated[tuple[str, ...], pydantic.Field(min_length=1)]
    hours: Annotated[tuple[Weight, ...], pydantic.Field(min_length=24, max_length=24)]
    districts: dict[identifiers.AreaCode, Weight]
    channels: dict[str, Channel]
    spots: dict[str, tuple[str, ...]]
    """Where in a community, by the ending of its name."""
    phrases: dict[str, Annotated[tuple[str, ...], pydantic.Field(min_length=1)]]


class Story(entry.Entry):
    """What citizens write about. Titles, texts and replies of the same number belong together.

    `fit` is the category whose organisation is asked when another one is needed; `photo` names a drawing.
    """

    category: str
    weight: Weight = 1
    urgency: Annotated[int, pydantic.Field(ge=1, le=3)] = 1
    area: identifiers.AreaCode | None = None
    """Given where the matter is no single place's, but the whole city's, say."""
    fit: str = ""
    photo: str = ""
    channels: dict[str, Weight] = {}
    titles: Annotated[tuple[str, ...], pydantic.Field(min_length=1)]
    texts: Annotated[tuple[str, ...], pydantic.Field(min_length=1)]
    replies: Annotated[tuple[str, ...], pydantic.Field(min_length=1)]


class By(entry.Part):
    """Who acts: a role of the organisation that holds the case, or the nearest one that covers its area."""

    role: str
    of: Literal["holder", "area"] = "holder"


class Step(entry.Part):
    """One action of a plot, some time `after` the step before; on the case itself or on its co-handling part."""

    do: str
    by: By | Literal["reporter"]
    with_: dict[str, bool | int | str] = pydantic.Field(default={}, alias="with")
    after: tuple[Amount, Amount]
    on: Literal["case", "part"] = "case"

    @pydantic.field_validator("after")
    @classmethod
    def _range(cls, value: tuple[Amount, Amount]) -> tuple[Amount, Amount]:
        return _ordered(value)


class Echoes(entry.Part):
    """Further citizens who write about the same matter, from so many to so many."""

    count: tuple[int, int]
    after: tuple[Amount, Amount]
    steps: tuple[Step, ...]

    @pydantic.field_validator("after")
    @classmethod
    def _range(cls, value: tuple[Amount, Amount]) -> tuple[Amount, Amount]:
        return _ordered(value)


class Plot(entry.Entry):
    """What happens to a case that `begins` in a state of the flow."""

    weight: Weight = 1
    begins: str = "dispatched"
    recent: Annotated[int, pydantic.Field(ge=1)] | None = None
    """Only for cases of so many last days: what nobody takes on would be absurd after weeks."""
    steps: tuple[Step, ...] = ()
    echoes: Echoes | None = None


def _ordered(value: tuple[Amount, Amount]) -> tuple[Amount, Amount]:
    """Accept two lengths of the same kind of time that can be counted in seconds, the shorter first."""
    first, last = value
    if {first.unit, last.unit} & {Unit.DAYS, Unit.WORKING_DAYS}:
        raise wrong.Wrong("请用小时、分钟，不用天", "use hours or minutes, not days")
    if first.natural != last.natural or first.seconds > last.seconds:
        raise wrong.Wrong(
            "应为同一种时间，短的在前", "must be two lengths of the same kind of time, the shorter first"
        )
    return value
