"""A citizen's own case, seen with its tracking code: how it stands, what happened, what can be done, the proof.

Everything is read through access; names and numbers are masked. Texts come in the reader's language.
"""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, BinaryIO

from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from yiwang.cases import models as cases
from yiwang.cases.definitions.flows import Action, Flow
from yiwang.cases.logic import moves
from yiwang.cases.queries import facts, visible, worlds
from yiwang.hotline.logic import showing
from yiwang.kernel.access import logic as access
from yiwang.kernel.files import actions as files
from yiwang.kernel.files import queries as stored
from yiwang.kernel.identifiers import logic as identifiers
from yiwang.kernel.ledger import queries as ledger
from yiwang.kernel.places import queries as places

CODE_LENGTH = 12


@dataclasses.dataclass(frozen=True, slots=True)
class Step:
    """One public step, ready to be shown."""

    name: str
    at: dt.datetime
    organisation: str
    words: str
    grade: int | None
    photos: Sequence[str]
    by_citizen: bool


@dataclasses.dataclass(frozen=True, slots=True)
class Asked:
    """One input of an action, ready to be shown."""

    field: str
    kind: str
    name: str
    required: bool


@dataclasses.dataclass(frozen=True, slots=True)
class Move:
    """One action the citizen may take now."""

    code: str
    name: str
    tone: str
    asks: Sequence[Asked]


@dataclasses.dataclass(frozen=True, slots=True)
class Tracked:
    """A case as its citizen sees it. `stage` is the number of stages behind it, `name` and `mobile` are masked."""

    case: cases.Case
    state: str
    state_code: str
    stage: int
    ended: bool
    category: str
    area: str
    organisation: str
    name: str
    mobile: str
    steps: Sequence[Step]
    moves: Sequence[Move]


def normal(code: str) -> str:
    """Return a tracking code as typed by people in its stored form; "" if it cannot be one."""
    plain = "".join(code.split()).replace("-", "").upper()
    return plain if len(plain) == CODE_LENGTH and plain.isascii() and plain.isalnum() else ""


def find(code: str) -> cases.Case | None:
    """Return the case with this tracking code, organisation joined."""
    plain = normal(code)
    rows = visible.cases(access.citizen(plain)).select_related("organisation")
    return rows.first() if plain else None


def tracked(case: cases.Case) -> Tracked:
    """Return everything a citizen sees of a case that was found."""
    flow = visible.flow_of(case)
    state, language = flow.states[case.state], get_language()
    categories = worlds.of(case.release_id).categories
    return Tracked(
        case=case,
        state=(state.citizen or state.name).in_language(language),
        state_code=case.state,
        stage=showing.reached(flow, case.state),
        ended=state.ended,
        category=categories[case.category].name.in_language(language),
        area=" ".join(places.names(identifiers.area_code.lineage(case.area)[1:]).values()),
        organisation=_organisation(case.organisation),
        name=identifiers.masking.name(case.reporter_name),
        mobile=identifiers.mobile.mask(case.reporter_mobile) if case.reporter_mobile else "",
        steps=steps(case, flow),
        moves=possible(case),
    )


def steps(case: cases.Case, flow: Flow) -> list[Step]:
    """Return the public steps, newest first, each with its photos."""
    photos = _photos(case)
    events = visible.history(case).filter(public=True)
    return [_step(event, flow, photos.get(event.seq, ())) for event in reversed(events)]


def possible(case: cases.Case) -> list[Move]:
    """Return what the citizen may do on the case now."""
    world, loaded = worlds.of(case.release_id), facts.load(case.id)
    found = moves.possible(world, loaded.case, access.citizen(case.tracking), timezone.now())
    return [_move(code, action) for code, action in found.items()]


def photo(case: cases.Case, sha: str, *, small: bool = False) -> BinaryIO | None:
    """Return the publication copy of a photo of a public step (metadata stripped, JPEG), or None."""
    seqs = visible.history(case).filter(public=True).values("seq")
    if not case.files.filter(file=sha, seq__in=seqs).exists():
        return None
    made = files.thumbnail(sha) if small else files.publication(sha)
    return stored.open(made.sha256)


def proof(case: cases.Case) -> dict[str, Any]:
    """Return the ledger's proof of a case, without the content of steps that only staff may read.

    Such a step keeps its hash, its place in the chain and its path in the sealed tree.
    """
    whole = ledger.proof(case.id)
    actions = visible.flow_of(case).actions
    return whole | {"entries": [_cut(one, actions) for one in whole["entries"]]}


def _cut(entry: Mapping[str, Any], actions: Mapping[str, Action]) -> dict[str, Any]:
    content = entry["content"]
    action = actions.get(content["action"])
    if content["public"] and showing.open_to_citizen(action, content["note"], content["data"]):
        return dict(entry)
    return {name: value for name, value in entry.items() if name != "content"} | {"withheld": True}


def _step(event: cases.Event, flow: Flow, photos: Sequence[str]) -> Step:
    action = flow.actions.get(event.action)
    return Step(
        name=action.name.in_language(get_language()) if action else "",
        at=event.at,
        organisation=_organisation(event.organisation),
        words=showing.words(action, event.note, event.data),
        grade=showing.grade(event.data),
        photos=photos,
        by_citizen=event.actor_kind == "citizen",
    )


def _photos(case: cases.Case) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for seq, sha in case.files.order_by("id").values_list("seq", "file"):
        found.setdefault(seq, []).append(sha)
    return found


def _move(code: str, action: Action) -> Move:
    language = get_language()
    asks = [
        Asked(field, asked.kind, asked.name.in_language(language), asked.required)
        for field, asked in action.asks.items()
    ]
    return Move(code, action.name.in_language(language), action.tone, asks)


def _organisation(one: Any) -> str:
    english = (get_language() or "").startswith("en")
    return str((one.name_en if english else "") or one.name)


def told(one: Tracked) -> dict[str, Any]:
    """Return what a citizen sees of a case as JSON-ready data."""
    case = one.case
    return {
        "tracking": case.tracking,
        "number": case.number,
        "title": case.title,
        "state": {"code": one.state_code, "name": one.state},
        "stage": {"reached": one.stage, "of": len(showing.STAGES)},
        "category": {"code": case.category, "name": one.category},
        "area": {"code": case.area, "name": one.area},
        "organisation": one.organisation,
        "opened_at": case.opened_at,
        "ended_at": case.ended_at,
        "rating": case.rating,
        "steps": [
            {
                "name": step.name,
                "at": step.at,
                "organisation": step.organisation,
                "words": step.words,
                "grade": step.grade,
            }
            for step in one.steps
        ],
        "actions": [move.code for move in one.moves],
    }


def stages() -> list[str]:
    """Return the names of the seven stages, in order."""
    return [
        _("Collect"), _("File"), _("Dispatch"), _("Handle"), _("Feed back"), _("Verify"), _("Evaluate"),
    ]  # fmt: skip


def grades() -> list[tuple[int, str, str]]:
    """Return (grade, name, icon) of the five grades of GB/T 39735, the best first."""
    return [
        (5, pgettext("grade", "Very satisfied"), "mood-happy"),
        (4, pgettext("grade", "Satisfied"), "mood-smile"),
        (3, pgettext("grade", "Fair"), "mood-empty"),
        (2, pgettext("grade", "Dissatisfied"), "mood-sad"),
        (1, pgettext("grade", "Very dissatisfied"), "mood-sad"),
    ]
