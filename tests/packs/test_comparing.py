from tests.packs import make
from yiwang.packs import comparing


def test_entries_that_came_and_changed():
    changes = comparing.compare(make.load("base"), make.load("city"))
    assert [(change.kind, change.code, change.what) for change in changes] == [
        ("area", "510104", "added"),
        ("area", "510105", "added"),
        ("flow", "plain", "changed"),
        ("outline", "0101", "added"),
    ]
    days = next(found for found in changes[2].differences if found.path == "days")
    assert (days.before, days.after) == (3, 5)


def test_entries_that_went():
    changes = comparing.compare(make.load("city"), make.load("base"))
    assert [change.what for change in changes] == ["removed", "removed", "changed", "removed"]


def test_order_alone_is_a_change(tmp_path):
    state = "{stage: file, name: n}"
    flow = f"kind: flow\ncode: a\nname: n\nstates:\n  %s: {state}\n  %s: {state}\n"
    one, two = (
        make.load("city", make.write(tmp_path / name, {"city/a.yaml": flow % tuple(order)}))
        for name, order in {"one": "ab", "two": "ba"}.items()
    )
    assert one.digest != two.digest
    assert [found.path for found in comparing.compare(one, two)[0].differences] == ["states"]
