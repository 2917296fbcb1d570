"""The world a decision stands on: one release, ready to be asked. Built once per release, then only read."""

import dataclasses
from collections.abc import Mapping

from yiwang.cases.definitions.categories import Category
from yiwang.cases.definitions.flows import Flow
from yiwang.cases.definitions.responsibilities import Responsibility
from yiwang.cases.logic import routing
from yiwang.kernel.access.definitions import Role
from yiwang.kernel.calendar import logic as calendar
from yiwang.kernel.calendar.definitions.entries import Calendar
from yiwang.kernel.orgs.definitions import Organisation
from yiwang.kernel.places.definitions import Area
from yiwang.packs.pack import Pack


@dataclasses.dataclass(frozen=True)
class World:
    """Everything declared that the flow engine asks for."""

    release: int
    flows: Mapping[str, Flow]
    categories: Mapping[str, Category]
    organisations: Mapping[str, Organisation]
    areas: Mapping[str, Area]
    roles: Mapping[str, Role]
    router: routing.Router
    calendars: Mapping[str, calendar.WorkCalendar]

    def calendar(self, organisation: str) -> calendar.WorkCalendar:
        """Return the working time of an organisation, or the usual one."""
        declared = self.organisations.get(organisation)
        return self.calendars[(declared and declared.hours) or ""]

    def flow_of(self, category: str, default: str) -> str:
        """Return the flow of a category: its own or the nearest ancestor's."""
        for code in routing.lineage(category, self.categories):
            if flow := self.categories[code].flow:
                return flow
        return default


def build(release: int, pack: Pack) -> World:
    """Build the world of a release."""
    categories = pack.entries(Category)
    return World(
        release,
        pack.entries(Flow),
        categories,
        pack.entries(Organisation),
        pack.entries(Area),
        pack.entries(Role),
        routing.router(pack.entries(Responsibility).values(), categories),
        calendar.calendars(pack.entries(Calendar)),
    )
