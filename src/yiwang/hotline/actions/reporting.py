"""A citizen's word becomes a case: photos kept, words understood, one case opened, whatever the door.

Before: a view, the JSON door or an agent's desk made a `Said`. After: `cases.actions.open` routes it.
"""

import dataclasses
from collections.abc import Sequence

from django.utils import timezone

from yiwang.cases import actions as cases
from yiwang.cases.actions.opening import Opened
from yiwang.cases.definitions.facts import Opening
from yiwang.cases.definitions.refusals import Refused
from yiwang.hotline.definitions.faults import Fault, Invalid, fault, of_refusal
from yiwang.hotline.definitions.intake import Door, Intake
from yiwang.hotline.definitions.requests import Photo, Said, Seen, Understood
from yiwang.hotline.logic import understanding
from yiwang.hotline.logic.desk import Desk
from yiwang.hotline.queries import desks
from yiwang.kernel.access.logic import NOBODY, Actor
from yiwang.kernel.files import actions as files
from yiwang.kernel.files import definitions as file_definitions
from yiwang.kernel.files import models as file_models


@dataclasses.dataclass(frozen=True, slots=True)
class Reported:
    """The case a request became, and how it was understood."""

    case: Opened
    understood: Understood


def report(
    said: Said, door: Door, key: str, *, actor: Actor = NOBODY, photos: Sequence[Photo] = (),
    kept: Sequence[file_models.StoredFile] = (),
) -> Reported:  # fmt: skip
    """Open a case for a request, or return the one its key opened before.

    `kept` are photos stored when the same form was refused before. Raises Invalid with every fault, and no
    case opened; photos that were good are then already kept (`Refusal.kept`).
    """
    desk = desks.current()
    intake = desk.door(door)
    if intake is None:
        raise Invalid([fault("", "closed-door")])
    if door == "hotline":
        actor = _agent(desk, intake, actor)
    stored, faults = _keep(intake, photos, kept)
    understood = _understand(desk, intake, said, door, stored, faults)
    ready = opening(understood, f"{door}:{key}", actor, files=[one.sha256 for one in stored])
    try:
        return Reported(cases.open(ready), understood)
    except Refused as refusal:
        raise Invalid([_worded(refusal)]) from refusal


def opening(
    understood: Understood, key: str, actor: Actor, *, files: Sequence[str] = (), source: str = "",
    quiet: bool = False,
) -> Opening:  # fmt: skip
    """Return an understood request as the flow engine takes it."""
    return Opening(
        key=key, flow=understood.flow, title=understood.title, text=understood.text,
        category=understood.category, area=understood.area, channel=understood.channel, actor=actor,
        at=understood.at, lon=understood.lon, lat=understood.lat, address=understood.address,
        reporter_name=understood.name, reporter_mobile=understood.mobile, urgency=understood.urgency,
        source=source, files=tuple(files), quiet=quiet, found=understood.found,
    )  # fmt: skip


class Refusal(Invalid):
    """A refused request, with the photos that were kept of it so that they need not be sent again."""

    def __init__(self, faults: Sequence[Fault], kept: Sequence[str]) -> None:
        super().__init__(faults)
        self.kept = tuple(kept)


def _agent(desk: Desk, intake: Intake, actor: Actor) -> Actor:
    """Return the actor with the posts that may file calls. Raises Invalid where none may."""
    able = actor.with_roles(set(intake.opens))
    if not able:
        roles = "、".join(str(desk.world.roles[role].name) for role in intake.opens)
        raise Invalid([fault("", "not-yours", roles=roles)])
    return Actor(actor.kind, actor.person, actor.name, able)


def _keep(
    intake: Intake, photos: Sequence[Photo], kept: Sequence[file_models.StoredFile]
) -> tuple[list[file_models.StoredFile], list[Fault]]:
    """Store the photos that are good; return them with what is wrong about the others."""
    stored, faults = list(kept), []
    if len(stored) + len(photos) > intake.photo_limit:
        count = len(stored) + len(photos)
        return stored, [fault("photos", "too-many-photos", limit=intake.photo_limit, count=count)]
    for photo in photos:
        try:
            stored.append(files.store(photo.content, file_definitions.PHOTO))
        except file_definitions.Refused as refusal:
            reason, reason_en = refusal.message("zh-hans"), refusal.message("en")
            faults.append(fault("photos", "photo", name=photo.name[:40], reason=reason, reason_en=reason_en))
    return list({one.sha256: one for one in stored}.values()), faults


def _understand(
    desk: Desk, intake: Intake, said: Said, door: Door, stored: list[file_models.StoredFile],
    faults: list[Fault],
) -> Understood:  # fmt: skip
    seen = [
        Seen(one.lon, one.lat, one.datum) for one in stored if one.lon is not None and one.lat is not None
    ]
    channel = "snap" if door == "web" and stored else door
    found: tuple[Fault, ...] = ()
    try:
        understood = understanding.understand(desk, intake, said, channel, timezone.now(), photos=seen)
    except Invalid as invalid:
        found = invalid.faults
    if found or faults:
        raise Refusal([*found, *faults], [one.sha256 for one in stored])
    return understood


def _worded(refusal: Refused) -> Fault:
    return fault("", "used-form") if refusal.code == "key-reused" else of_refusal(refusal)
