"""What is written because of a step, after its commit: search keys, notices, answers to merged cases."""

import datetime as dt
import functools
import uuid
from collections.abc import Callable, Sequence

from django.utils import timezone
from procrastinate.contrib.django import app as queue

from yiwang.cases import models
from yiwang.cases.actions import performing
from yiwang.cases.definitions import events
from yiwang.cases.definitions.refusals import Refused
from yiwang.cases.logic import grams
from yiwang.cases.queries import worlds
from yiwang.kernel.access.logic import SYSTEM
from yiwang.kernel.people import queries as people

Step = events.CaseOpened | events.CaseMoved
LATEST = dt.timedelta(days=3)
"""What happened longer ago is not sent to mobiles any more: histories brought in later tell nobody at night."""


def index(cases: Sequence[uuid.UUID]) -> None:
    """Write the search keys of cases."""
    rows = models.Case.objects.filter(id__in=cases).values_list("id", "number", "title", "text", "address")
    ready = [_searchable(case, *texts) for case, *texts in rows]
    models.Searchable.objects.bulk_create(ready, ignore_conflicts=True)


def _searchable(case: uuid.UUID, *texts: str) -> models.Searchable:
    body = grams.normal("\n".join(texts))
    return models.Searchable(case_id=case, body=body, grams=grams.grams(body))


def notify(told: Sequence[tuple[int, Step]]) -> None:
    """Write the notices of steps, given with their message numbers; a message handled twice writes none again."""
    speaking = [(message, event) for message, event in told if event.notices]
    if not speaking:
        return
    rows = models.Case.objects.select_related("lead").only("reporter_mobile", "lead__organisation")
    cases, find = rows.in_bulk([event.case for _, event in speaking]), functools.cache(_holding)
    ready = [
        models.Notice(
            message=message, case_id=event.case, zh=one.zh[:300], en=one.en[:300], at=event.at, **recipient
        )
        for message, event in speaking
        for one in event.notices
        for recipient in _recipients(cases[event.case], event, one, find)
    ]
    models.Notice.objects.bulk_create(ready, ignore_conflicts=True)
    _queue_messages({one.message for one in ready if one.mobile and one.at > timezone.now() - LATEST})


def _queue_messages(messages: set[int]) -> None:
    """Queue the sending of what goes to mobiles; a job queued twice finds it sent."""
    if not messages:
        return
    for notice in models.Notice.objects.filter(message__in=messages, sent_at=None).exclude(mobile=""):
        queue.configure_task("cases.send_notice", queue="notices").defer(notice=notice.pk)


def _recipients(
    case: models.Case,
    event: Step,
    told: events.NoticeTold,
    find: Callable[[str, str, tuple[str, ...]], list[int]],
) -> list[dict[str, object]]:
    if told.to == "reporter":
        return [{"mobile": case.reporter_mobile}] if case.reporter_mobile else []
    place = event.area if told.to == "area" else event.organisation
    if told.to == "lead" and case.lead:
        place = case.lead.organisation_id
    return [{"person_id": person} for person in find(told.to, place, tuple(told.roles))]


def _holding(to: str, place: str, roles: tuple[str, ...]) -> list[int]:
    """Return who watches an area, or works in an organisation, in one of some roles today."""
    ask = people.watchers if to == "area" else people.holders
    return list(ask(timezone.localdate(), place, list(roles)).values_list("person", flat=True).distinct())


def answer_merged(told: Sequence[events.CaseMoved]) -> None:
    """Give every case merged into one that was answered or closed its own answer, and close it with its parent."""
    answers = [event for event in told if event.answers_merged]
    merged = models.Case.objects.filter(merged_into__in=[event.case for event in answers])
    parents = set(merged.values_list("merged_into", flat=True)) if answers else set()
    for event in answers:
        if event.case in parents:
            _answer_children(event)


def _answer_children(event: events.CaseMoved) -> None:
    step = models.Event.objects.get(case=event.case, seq=event.seq)
    for child in models.Case.objects.filter(merged_into=event.case).only("id", "release_id", "flow", "state"):
        ended = event.ended and not event.was_ended
        action, given = ("close_with_parent", {}) if ended else ("answer", {"reply": step.note})
        _answer(child, action, given, f"with-parent:{event.case}:{event.seq}:{child.id}", event.at)


def _answer(child: models.Case, action: str, given: dict[str, str], key: str, at: dt.datetime) -> None:
    flow = worlds.of(child.release_id).flows[child.flow]
    if child.state in flow.actions[action].from_:
        try:
            performing.perform(child.id, action, SYSTEM, given, key, at)
        except Refused as refusal:
            if refusal.code != "wrong-state":
                raise


def read(person: int, notices: Sequence[int]) -> None:
    """Mark a person's notices as read."""
    models.Notice.objects.filter(person=person, id__in=notices, read_at=None).update(read_at=timezone.now())


def read_before(moment: dt.datetime) -> None:
    """Mark every notice given before a moment as read, whoever it was for."""
    models.Notice.objects.filter(at__lt=moment, read_at=None).update(read_at=moment)
