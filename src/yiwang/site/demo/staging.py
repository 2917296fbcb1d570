"""Play scenes through the product's own verbs: nothing is written here but what people could have done.

Before: `planning` made the timeline. After: cases, histories, notices and ledger are as if the days had passed.
"""

import dataclasses
import datetime as dt
import functools
import io
import random
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from yiwang.cases import actions as cases
from yiwang.cases.actions import following
from yiwang.cases.definitions.facts import CaseFacts, Opening
from yiwang.cases.definitions.refusals import Refused
from yiwang.cases.logic import effects
from yiwang.cases.logic.world import World
from yiwang.cases.queries import facts
from yiwang.kernel.access import queries as access
from yiwang.kernel.access.logic import NOBODY, Actor, Post, citizen
from yiwang.kernel.files import actions as files
from yiwang.kernel.files.definitions import PHOTO
from yiwang.kernel.people import models, queries
from yiwang.site.demo import photos
from yiwang.site.demo.definitions import By, Demonstration
from yiwang.site.demo.planning import Scene, Subject

DRAWINGS = 3
"""Different drawings of one scene: more would only take longer."""
PATIENCE = 200
"""Rounds of alerts at one moment after which something must be wrong."""
FRESH = dt.timedelta(days=2)
"""Notices older than this count as read."""


@dataclasses.dataclass(frozen=True, slots=True)
class Known:
    """A case that was opened: how its reporter finds it, and who had it first."""

    id: uuid.UUID
    tracking: str
    first: str


class Stage:
    """Where scenes are played: who may act, and the cases opened so far."""

    def __init__(self, demo: Demonstration, world: World) -> None:
        self._demo, self._world = demo, world
        self._posts = list(queries.posts_on(timezone.localdate()).select_related("person").order_by("id"))
        self._known: dict[str, Known] = {}
        self._asked: dict[str, str] = {}
        self.refused: list[tuple[Scene, Refused]] = []

    def remember(self, played: Iterable[Scene]) -> set[str]:
        """Take note of the scenes that were played before; return their keys."""
        scenes = list(played)
        used = facts.opened_by_keys([one.key for one in scenes])
        for scene in scenes:
            if scene.key in used:
                self._note(scene)
                if scene.do == "open":
                    use = used[scene.key]
                    routed = self._world.router.route(
                        scene.subject.story.category, scene.subject.place.area, scene.at.date()
                    )
                    self._known[scene.subject.code] = Known(use.case, use.tracking, routed.organisation)
        return set(used)

    def play(self, scene: Scene) -> None:
        """Let happen what is due by then, then the scene. What the flow refuses is kept in `refused`."""
        ring(scene.at)
        try:
            self._open(scene) if scene.do == "open" else self._act(scene)
        except Refused as refusal:
            self.refused.append((scene, refusal))
        self._note(scene)

    def _note(self, scene: Scene) -> None:
        if "organisations" in scene.given:
            self._asked[scene.subject.code] = scene.key

    def _open(self, scene: Scene) -> None:
        subject, place = scene.subject, scene.subject.place
        channel = self._demo.channels[subject.channel]
        located = channel.photos or _drawn(subject.code) % 2 == 0
        opened = cases.open(
            Opening(
                key=scene.key, flow=self._demo.flow, title=subject.title, text=subject.text,
                category=subject.story.category, area=place.area, channel=subject.channel,
                actor=self._opener(channel.by, place.area), at=scene.at, lon=place.lon if located else None,
                lat=place.lat if located else None, address=subject.address, reporter_name=subject.name,
                reporter_mobile=subject.mobile, urgency=subject.story.urgency, source=self._demo.code,
                files=self._photos(subject, done=False) if channel.photos else (),
            )
        )  # fmt: skip
        self._known[subject.code] = Known(opened.id, opened.tracking, opened.organisation)

    def _act(self, scene: Scene) -> None:
        known = self._known[scene.subject.code]
        case = facts.load(self._part(scene.subject.code) if scene.on == "part" else known.id).case
        actor = citizen(known.tracking) if isinstance(scene.by, str) else self._colleague(scene.by, case)
        cases.perform(case.id, scene.do, actor, self._given(scene, case), scene.key, scene.at)

    def _part(self, subject: str) -> uuid.UUID:
        """Return the co-handling part of a case: whichever organisation was asked."""
        key, lead = self._asked[subject], self._known[subject].id
        keys = [effects.part_key(key, lead, organisation) for organisation in self._world.organisations]
        return next(iter(facts.opened_by_keys(keys).values())).case

    def _opener(self, role: str, area: str) -> Actor:
        return self._holder(self._nearest(role, area)) if role else NOBODY

    def _colleague(self, by: By, case: CaseFacts) -> Actor:
        """Return who takes a step. Raises LookupError where nobody holds the role; the pack's check says so."""
        if by.of == "area":
            return self._holder(self._nearest(by.role, case.area))
        posts = self._at(by.role, case.organisation)
        return self._holder(posts[_drawn(case.id) % len(posts)])

    def _nearest(self, role: str, area: str) -> models.Post:
        covering = [one for one in self._posts if one.role == role and area.startswith(one.area)]
        if not covering:
            raise LookupError(f"nobody is {role} in {area}")
        return max(covering, key=lambda one: len(one.area))

    @functools.cache  # noqa: B019 - a stage lives as long as one load
    def _at(self, role: str, organisation: str) -> list[models.Post]:
        found = [one for one in self._posts if one.role == role and one.organisation_id == organisation]
        if not found:
            raise LookupError(f"nobody is {role} in {organisation}")
        return found

    @functools.cache  # noqa: B019
    def _holder(self, post: models.Post) -> Actor:
        """Return the actor, the post they act with first."""
        actor = access.actor_of(post.person)
        first = Post(post.pk, post.role, post.organisation_id, post.area)
        others = tuple(one for one in actor.posts if one.id != post.pk)
        return dataclasses.replace(actor, posts=(first, *others))

    def _given(self, scene: Scene, case: CaseFacts) -> Mapping[str, Any]:
        filled = {name: self._live(scene, case, value) for name, value in scene.given.items()}
        return {name: value for name, value in filled.items() if value not in ((), None)}

    def _live(self, scene: Scene, case: CaseFacts, value: bool | int | str) -> Any:
        match value:
            case "{photo}":
                return self._photos(scene.subject, done=scene.do != "progress")
            case "{first}":
                return self._known[scene.subject.code].first
            case "{other}":
                return self._other(scene, case)
            case "{main}":
                return facts.load(self._known[scene.subject.main].id).case
        return value

    def _other(self, scene: Scene, case: CaseFacts) -> str:
        """Return another organisation: the one that answers for the story's `fit`, or any of the district."""
        mine = {case.organisation, self._known[scene.subject.code].first}
        if scene.subject.story.fit:
            fit = self._world.router.route(scene.subject.story.fit, case.area, scene.at.date())
            if fit.organisation not in mine:
                return fit.organisation
        desk = self._world.router.desk(case.category, case.area, scene.at.date()).organisation
        around = [
            one.code
            for one in self._world.organisations.values()
            if one.area == case.area[:6] and one.code not in mine and one.code != desk
        ]
        return around[_drawn(scene.key) % len(around)]

    def _photos(self, subject: Subject, *, done: bool) -> tuple[str, ...]:
        if not subject.story.photo:
            return ()
        return (self._photo(subject.story.photo, _drawn(subject.code) % DRAWINGS, done=done),)

    @functools.cache  # noqa: B019
    def _photo(self, scene: str, number: int, *, done: bool) -> str:
        content = photos.draw(scene, f"{self._demo.seed}:{scene}:{number}", done=done)
        return files.store(io.BytesIO(content), PHOTO).sha256


def ring(at: dt.datetime) -> None:
    """Give every alert that was due by a moment."""
    for _ in range(PATIENCE):
        if not cases.fire_due(at=at):
            return
    raise RuntimeError(f"the alerts due by {at} do not end")


def settle() -> None:
    """Give the alerts due by now; older notices were read in their time."""
    ring(timezone.now())
    following.read_before(timezone.now() - FRESH)


def _drawn(seed: object) -> int:
    return random.Random(str(seed)).randrange(1 << 30)  # noqa: S311 - for show
