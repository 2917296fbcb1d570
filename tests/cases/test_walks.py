"""Random walks through the flow: whatever people do, a case keeps its promises."""

import datetime as dt
import itertools
import uuid

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cases import make
from yiwang.cases.definitions.facts import CaseFacts, Decision
from yiwang.cases.definitions.refusals import Refused
from yiwang.cases.logic import deciding, expressions, moves
from yiwang.kernel.access import logic as access

START = dt.datetime(2026, 9, 28, 2, tzinfo=dt.UTC)
ROLES = ("handler", "dispatcher", "verifier", "supervisor", "arbiter", "hotline-agent", "grid-worker")
SAMPLES = expressions.SAMPLES | {
    "organisation": "urban",
    "organisations": ["water"],
    "category": "lamp",
    "area": "510107",
}

steps = st.lists(
    st.tuples(st.integers(0, 10**6), st.integers(1, 5 * 86400), st.integers(1, 5), st.booleans()), max_size=25
)


def begin() -> Decision:
    return deciding.open_case(make.town(), make.opening(at=START, actor=access.NOBODY), uuid.uuid4(), "CODE")


def someone(case: CaseFacts, pick: int) -> access.Actor:
    """Return one of the people around a case: whoever holds it, the area's staff, the citizen, the system."""
    posts = [access.Post(1, role, case.organisation, case.area) for role in ROLES]
    return [
        access.SYSTEM,
        access.citizen(case.tracking),
        *(access.Actor("person", 1, "x", (post,)) for post in posts),
    ][pick % 9]


def walk(script) -> list[Decision]:
    """Play a script; at each step take one of the actions possible, if it is not refused."""
    decisions, now = [begin()], START
    for pick, seconds, grade, fire in script:
        case, now = decisions[-1].after, now + dt.timedelta(seconds=seconds)
        due = [clock for clock in case.clocks if clock.next_at and clock.next_at <= now]
        if fire and due:
            decisions.append(deciding.fire(make.town(), case, due[0].code, now))
            continue
        actor = someone(case, pick)
        possible = list(moves.possible(make.town(), case, actor, now))
        if not possible:
            continue
        code = possible[pick % len(possible)]
        action = make.town().flows[case.flow].actions[code]
        values = {name: SAMPLES[asked.kind] for name, asked in action.asks.items()} | (
            {"grade": grade} if "grade" in action.asks else {}
        )
        try:
            decisions.append(deciding.decide(make.town(), case, code, actor, values, "k", now))
        except Refused as refusal:
            assert refusal.code in {"guard", "unknown-case"}, refusal  # noqa: PT017
    return decisions


@settings(max_examples=150, deadline=None)
@given(steps)
def test_whatever_people_do_a_case_keeps_its_promises(script):
    flow = make.town().flows["request"]
    for decision in walk(script):
        case, state = decision.after, flow.states[decision.after.state]
        assert case.organisation in make.town().organisations
        assert (case.ended_at is not None) == state.ended
        running = [clock for clock in case.clocks if clock.running]
        if state.ended:
            assert all(not flow.clocks[clock.code].leads for clock in running)
            assert case.due_at is None
        else:
            assert {clock.code for clock in running} or case.facts["paused"]
        for clock in case.clocks:
            assert clock.next_at is None or clock.running
            assert clock.started_at <= clock.due_at
        assert case.seq == (decision.before.seq if decision.before else 0) + len(decision.steps)
        states = [(step.from_state, step.to_state) for step in decision.steps]
        assert all(one[1] == two[0] for one, two in itertools.pairwise(states))


@settings(max_examples=60, deadline=None)
@given(steps)
def test_deciding_twice_decides_the_same(script):
    assert [one.after.state for one in walk(script)] == [one.after.state for one in walk(script)]


@settings(max_examples=40, deadline=None)
@given(steps)
def test_somebody_can_always_move_an_open_case(script):
    case = walk(script)[-1].after
    flow = make.town().flows[case.flow]
    if not flow.states[case.state].ended:
        now = START + dt.timedelta(days=365)
        assert any(moves.possible(make.town(), case, someone(case, pick), now) for pick in range(2, 9))
