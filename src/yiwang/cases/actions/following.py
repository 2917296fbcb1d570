"""What is written because of a step, after its commit: search keys, notices, answers to merged cases."""

import datetime as dt
import uuid
from collections.abc import Sequence

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


def index(cases: Sequence[uuid.UUID]) -> None:
    """Write the search keys of cases."""
    rows = models.Case.objects.filter(id__in=cases).values_list("id", "number", "title", "text", "address")
    ready = [_searchable(case, *texts) for case, *texts in rows]
    models.Searchable.objects.bulk_create(ready, ignore_conflicts=True)


def _searchable(case: uuid.UUID, *texts: str) -> models.Searchable:
    body = grams.normal("\n".join(texts))
    return models.Searchable(case_id=case, body=body, grams=grams.grams(body))


def notify(message: int, event: events.CaseOpened | events.CaseMoved) -> None:
    """Write the notices of one step; a message handled twice writes none again."""
    if not event.notices:
        return
    case = models.Case.objects.only("id", "area", "organisation", "reporter_mobile", "lead").get(
        pk=event.case
    )
    ready = [
        models.Notice(
            message=message, case=case, zh=told.zh[:300], en=told.en[:300], at=event.at, **recipient
        )
        for told in event.notices
        for recipient in _recipients(case, event, told)
    ]
    models.Notice.objects.bulk_create(ready, ignore_conflicts=True)
    if any(one.mobile for one in ready):
        _queue_messages(message)


def _queue_messages(message: int) -> None:
    """Queue the sending of what goes to mobiles; a job queued twice finds it sent."""
    for notice in models.Notice.objects.filter(message=message, sent_at=None).exclude(mobile=""):
        queue.configure_task("cases.send_notice", queue="notices").defer(notice=notice.pk)


def _recipients(
    case: models.Case, event: events.CaseOpened | events.CaseMoved, told: events.NoticeTold
) -> list[dict[str, object]]:
    if told.to == "reporter":
        return [{"mobile": case.reporter_mobile}] if case.reporter_mobile else []
    today, roles = timezone.localdate(), list(told.roles)
    if told.to == "area":
        posts = people.watchers(today, event.area, roles)
    else:
        holder = case.lead.organisation_id if told.to == "lead" and case.lead else event.organisation
        posts = people.holders(today, holder, roles)
    return [{"person_id": person} for person in posts.values_list("person", flat=True).distinct()]


def answer_merged(event: events.CaseMoved) -> None:
    """Give every merged case its own answer, and close it with its parent."""
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
