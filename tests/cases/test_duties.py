"""Duties: what waits for a post is derived from the flow's main actions, whatever the flow."""

import dataclasses

import pytest

from tests.cases import make
from yiwang.cases.definitions.flows import Action, Flow, State
from yiwang.cases.logic import duties
from yiwang.kernel.access.logic import NOBODY, SYSTEM, Actor, Post


def states(role: str) -> dict[tuple[str, str], tuple[str, str]]:
    """Return (flow, state) → (organisation, area) of a role's duties."""
    return {
        (duty.flow, duty.state): (duty.organisation, duty.area)
        for duty in duties.of(make.town(), make.actor(role))
    }


@pytest.mark.parametrize(
    ("role", "waiting"),
    [
        ("dispatcher", {("request", "filed"), ("request", "returned")}),
        (
            "handler",
            {
                ("request", "dispatched"), ("request", "handling"), ("request", "follow_up"),
                ("co-handling", "dispatched"), ("co-handling", "handling"),
            },
        ),
        ("verifier", {("request", "replied"), ("request", "followed_up")}),
        ("arbiter", {("request", "arbitration")}),
        ("supervisor", set()),
        ("hotline-agent", set()),
        ("grid-worker", set()),
        ("leader", set()),
        ("administrator", set()),
    ],
)  # fmt: skip
def test_what_waits_for_a_role(role, waiting):
    assert set(states(role)) == waiting


def test_holders_wait_for_their_organisations_cases_and_watchers_for_their_areas():
    assert states("handler")["request", "dispatched"] == ("urban", "")
    assert states("dispatcher")["request", "filed"] == ("centre", "")
    assert states("verifier")["request", "replied"] == ("", "510107")
    assert states("arbiter")["request", "arbitration"] == ("", "5101")


def test_every_open_state_of_the_shipped_flows_waits_for_somebody():
    """Nothing rests where nobody's list shows it."""
    roles = make.town().roles
    everybody = Actor("person", 1, "all", tuple(Post(1, role, "urban", "51") for role in roles))
    waited_for = {(duty.flow, duty.state) for duty in duties.of(make.town(), everybody)}
    for flow in make.town().flows.values():
        assert {(flow.code, name) for name, state in flow.states.items() if not state.ended} <= waited_for


def test_two_posts_have_the_duties_of_both():
    one, two = make.actor("handler"), make.actor("handler", "water", "510107")
    both = Actor("person", 1, "x", one.posts + two.posts)
    assert duties.of(make.town(), both) == duties.of(make.town(), one) | duties.of(make.town(), two)


@pytest.mark.parametrize("actor", [NOBODY, SYSTEM, Actor("person", 1, "x")])
def test_who_has_no_post_has_no_duty(actor):
    assert duties.of(make.town(), actor) == frozenset()


def small(**action) -> Flow:
    """Return a flow of one open and one ended state with one main action."""
    given = {"name": "办", "from": ["one"], "to": "two", "who": ["system"], "tone": "primary"} | action
    return Flow(
        code="small", name="小", prefix="S", opening={"to": "one"},
        states={
            "one": State(name="一", stage="handle"),
            "two": State(name="二", stage="evaluate", ended=True),
        },
        actions={"do": Action.model_validate(given)},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("action", "found"),
    [
        ({"who": [{"role": "leader", "of": "anywhere"}]}, {("one", "", "")}),
        ({"who": [{"role": "leader", "of": "area"}], "from": ["open"]}, {("one", "", "5101")}),
        ({"who": [{"role": "leader", "of": "area"}], "tone": "normal"}, set()),
        ({"who": [{"role": "leader", "of": "area"}], "to": None}, set()),
        ({"who": [{"role": "leader", "of": "area"}], "to": [{"to": "one"}]}, set()),
        ({"who": ["reporter"]}, set()),
    ],
)
def test_which_actions_make_a_duty(action, found):
    world = dataclasses.replace(make.town(), flows={"small": small(**action)})
    of = duties.of(world, make.actor("leader"))
    assert {(duty.state, duty.organisation, duty.area) for duty in of} == found
