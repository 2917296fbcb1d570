"""Who is asking. Pure: queries builds an Actor once per request, every rule and flow reads it."""

import dataclasses
from typing import Literal


@dataclasses.dataclass(frozen=True, slots=True)
class Post:
    """One valid post of an actor; `area` is a prefix of the codes it covers."""

    id: int | None
    role: str
    organisation: str
    area: str

    def covers(self, area: str) -> bool:
        return area.startswith(self.area)


@dataclasses.dataclass(frozen=True, slots=True)
class Actor:
    """A person with posts, a citizen holding a tracking code, or the system itself."""

    kind: Literal["person", "citizen", "system"]
    person: int | None = None
    name: str = ""
    posts: tuple[Post, ...] = ()
    tracking: str = ""

    def holds(self, role: str) -> bool:
        return any(post.role == role for post in self.posts)

    def with_roles(self, roles: frozenset[str] | set[str]) -> tuple[Post, ...]:
        return tuple(post for post in self.posts if post.role in roles)


SYSTEM = Actor("system")
NOBODY = Actor("citizen")


def citizen(tracking: str) -> Actor:
    """Return the actor who knows this tracking code and nothing else."""
    return Actor("citizen", tracking=tracking)
