"""The counts of the one screen are what the cases say, whatever people did and in whatever order it was told."""

import random
from collections import Counter

import pytest
from django.db.models import Sum

from tests.cases import make as cases
from tests.operations import make
from yiwang.cases.models import Case, Event
from yiwang.cases.queries import facts as case_facts
from yiwang.cases.queries import worlds
from yiwang.operations import actions
from yiwang.operations.logic import counting
from yiwang.operations.models import MEASURES, Hour, Standing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def town(db):
    cases.published()


def standing() -> Counter:
    rows = Standing.objects.values_list("area", "light", "open")
    assert all(number >= 0 for _, _, number in rows), list(rows)
    return Counter({(area, light): number for area, light, number in rows if number})


def hours() -> dict:
    keys = ("hour", "district", "category", "channel")
    return {row[:4]: row[4:] for row in Hour.objects.values_list(*keys, *MEASURES) if any(row[4:])}


def facts() -> dict[str, int]:
    """Return what the sums of the hours must be, from the cases themselves."""
    ended = [case for case in Case.objects.exclude(ended_at=None) if case.state != "merged"]
    signed = Event.objects.filter(action="sign_in").select_related("case")
    return {
        "opened": Case.objects.count(),
        "ended": len(ended),
        "ended_in_time": sum(not case.facts.get("late") for case in ended),
        "rated": Case.objects.exclude(rating=None).count(),
        "satisfied": Case.objects.filter(rating__gte=counting.SATISFIED).count(),
        "signed_in": signed.count(),
        "waited_seconds": sum(int((step.at - step.case.opened_at).total_seconds()) for step in signed),
    }


@pytest.mark.parametrize("seed", range(4))
def test_the_counts_are_what_the_cases_say(seed):
    make.walked(seed)
    open_now = Case.objects.filter(ended_at=None).values_list("area", "light")
    assert standing() == Counter(open_now)
    assert Hour.objects.aggregate(**{name: Sum(name) for name in MEASURES}) == facts()


def test_cases_are_counted_where_and_how_they_were_opened():
    make.walked(11, steps=0)
    wanted = Counter(
        (
            counting.hour(case.opened_at),
            case.area[:6],
            (worlds.lineage(case.category))[-1],
            case.channel,
        )
        for case in Case.objects.all()
    )
    assert {key: row[0] for key, row in hours().items()} == wanted


def test_a_merged_case_counts_as_ended_when_it_is_answered_and_not_when_it_is_reopened():
    """Merging ends nothing for the citizen; the answer to the parent does, until it is not accepted."""
    parent, child = cases.case(category="lamp"), cases.case(category="lamp")
    handler, verifier = cases.person("handler"), cases.person("verifier")
    dispatcher = cases.person("dispatcher")
    ended = []

    def note() -> None:
        make.drain()
        ended.append(Hour.objects.aggregate(n=Sum("ended"), good=Sum("ended_in_time")))

    cases.act(child, "merge", dispatcher, case=case_facts.load(parent.id).case)
    note()
    cases.handled(parent, handler, verifier)
    note()
    cases.act(child, "reopen", cases.citizen(child), reply="我这盏还是不亮")
    note()
    assert ended == [{"n": number, "good": number} for number in (0, 2, 1)]


@pytest.mark.parametrize("seed", range(3))
def test_the_order_in_which_batches_come_makes_no_difference(seed):
    told, chance = make.walked(seed), random.Random(seed)
    wanted = standing(), hours()
    Standing.objects.all().delete()
    Hour.objects.all().delete()
    chance.shuffle(told)
    while told:
        size = chance.randint(1, 20)
        batch, told = told[:size], told[size:]
        actions.count(batch)
    negative = Standing.objects.filter(open__lt=0)
    assert not negative.exists()
    assert (standing(), hours()) == wanted


def test_a_walk_goes_everywhere():
    """The walks above are worth something only if they end, reopen, merge, rate and miss limits."""
    for seed in range(2):
        make.walked(seed)
    taken = set(Event.objects.values_list("action", flat=True))
    assert {"sign_in", "reply", "close", "rate", "reopen", "merge", "unmerge", "return", "alert"} <= taken
    assert Case.objects.filter(facts__late=True).exists()


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [(1, 3, 33.3), (3, 3, 100.0), (0, 5, 0.0), (0, 0, None), (-1, 2, 0.0), (3, 2, 100.0), (-1, -1, None)],
)
def test_a_share_is_a_percentage_or_nothing(part, whole, shown):
    assert counting.share(part, whole) == shown
