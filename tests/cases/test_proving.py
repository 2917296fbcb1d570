"""A flow that cannot work is not published: the proof names the line and what is wrong."""

import copy

import pytest

from tests.cases import make
from yiwang.cases.logic import proving
from yiwang.packs.pack import Pack


def proved(change) -> list[str]:
    """Return what the proof says of the town's request flow after a change."""
    content = copy.deepcopy(make.pack().content())
    flow = next(one for one in content["entries"]["flow"] if one["code"] == "request")
    change(flow)
    return [problem.render("en") for problem in proving.flows(Pack.from_content(content))]


def setting(*path):
    """Return a change that sets the value at a path, or removes it where the value is None."""
    *way, last, value = path

    def change(flow):
        for part in way:
            flow = flow[part]
        if value is None:
            del flow[last]
        else:
            flow[last] = value

    return change


def test_the_shipped_flows_are_sound():
    assert proved(lambda _: None) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (setting("actions", "reply", "to", "closed"), '"replied" cannot be reached'),
        (setting("states", "limbo", {"name": "x", "stage": "handle"}), '"limbo" cannot be reached'),
        (setting("actions", "sign_in", "to", "nowhere"), 'there is no "nowhere"'),
        (setting("actions", "sign_in", "from", ["dispatchd"]), 'there is no "dispatchd"'),
        (setting("actions", "sign_in", "who", [{"role": "wizard"}]), 'there is no "wizard"'),
        (setting("actions", "reply", "when", "case.open_prts == 0"), "open_prts"),
        (setting("actions", "reply", "when", "case.open_parts =="), "Syntax error"),
        (setting("actions", "reply", "when", "case.open_parts + 1"), "int"),
        (setting("actions", "urge", "sets", {"urgd": "1"}), '"urgd" is not declared'),
        (setting("actions", "urge", "sets", {"urged": "'many'"}), "str"),
        (setting("states", "dispatched", "tells", 0, "when", "case.urgncy > 1"), "urgncy"),
        (setting("states", "follow_up", "tells", 0, "when", "input.grade == 1"), "grade"),
        (setting("alerts", "usual", 1, "tells", 0, "when", "case.urgency"), "int"),
        (
            setting(
                "clocks", "evaluate", "alerts", 0, "tells", [{"to": "reporter", "text": "x", "when": "1 +"}]
            ),
            "Syntax",
        ),
        (setting("opening", "tells", 0, "when", "case.facts.late"), "late"),
        (setting("actions", "rate", "to", [{"to": "evaluated", "when": "input.grad > 2"}]), "grad"),
        (setting("actions", "co_handle", "asks", {}), "needs an input"),
        (setting("states", "handling", "clocks", []), "never runs"),
        (setting("clocks", "handle", "limit", "0 working days"), "never fire"),
        (setting("clocks", "handle", "alerts", []), "never fire"),
        (setting("clocks", "handle", "alerts", "unusual"), 'there is no "unusual"'),
        (setting("alerts", "usual", 0, "at", 90), "smallest share up"),
        (setting("clocks", "evaluate", "alerts", 0, "perform", "close"), "not for the system"),
        (setting("states", "filed", "automatic", ["rout"]), 'there is no "rout"'),
        (setting("states", "filed", "automatic", ["classify"]), '"classify" is not for the system'),
        (setting("states", "filed", "automatic", ["lapse"]), '"lapse" does not begin here'),
        (setting("states", "merged", "automatic", ["answer"]), "a machine cannot know"),
        (setting("clocks", "evaluate", "alerts", 0, "perform", "route"), '"route" does not begin here'),
        (setting("actions", "answer", None), 'must be "answer" by the system (asks: reply)'),
        (setting("actions", "answer", "asks", {}), 'must be "answer" by the system (asks: reply)'),
        (setting("actions", "close_with_parent", "who", ["reporter"]), 'must be "close_with_parent"'),
        (setting("actions", "lapse", "when", "false"), None),
        (setting("opening", "to", "nowhere"), 'there is no "nowhere"'),
        (setting("co_handling", "nothing"), 'there is no "nothing"'),
    ],
)
def test_what_cannot_work_is_named(change, said):
    found = proved(change)
    if said is None:
        assert found == []
    else:
        assert any(said in one for one in found), found


def test_a_state_that_never_ends_is_named():
    def change(flow):
        flow["actions"]["sign_in"]["to"] = "loop"
        flow["states"]["loop"] = {"name": "圈", "stage": "handle"}
        flow["actions"]["again"] = {
            "name": "再来",
            "from": ["loop"],
            "to": "loop",
            "who": [{"role": "handler"}],
        }

    found = proved(change)
    assert any('"loop" can never end' in one for one in found), found
    assert any('from "loop"' in one for one in found), found


def test_merged_cases_need_a_parent_that_answers():
    def change(flow):
        for action in flow["actions"].values():
            action["effects"] = [one for one in action["effects"] if one != "answer-merged"]

    assert any('must "answer-merged"' in one for one in proved(change))


def test_a_guard_that_is_always_false_is_no_way():
    found = proved(setting("actions", "sign_in", "when", "1 > 2"))
    assert any(
        '"replied" cannot be reached' in one or '"handling" cannot be reached' in one for one in found
    ), found
