"""Menus: who sees which links, with which numbers, and which one is the page's own."""

import pytest

from yiwang.ui import menus

ACTOR = object()


def entry(url_name: str = "home", **more) -> menus.Entry:
    return menus.Entry(**{"area": "desk", "label": url_name, "icon": "home", "url_name": url_name, **more})


def links(*entries: menus.Entry, path: str = "/", actor=ACTOR) -> list[menus.Link]:
    registry = menus.Registry()
    for one in entries:
        registry.add(one)
    return list(registry.links("desk", actor, path))


def test_the_same_link_twice_in_one_area_raises():
    registry = menus.Registry()
    registry.add(entry())
    registry.add(entry(area="portal"))
    registry.add(entry(query="?tab=open"))
    with pytest.raises(ValueError, match="already links to home"):
        registry.add(entry())


def test_links_stand_by_order_and_groups_stay_together():
    found = links(
        entry("health", group="b", order=5),
        entry("sign-in", group="a", order=2),
        entry("home", group="b", order=1),
    )
    assert [one.entry.url_name for one in found] == ["home", "health", "sign-in"]


def test_a_page_that_is_not_mounted_has_no_link():
    assert links(entry("no-such-page")) == []


def test_an_entry_may_ask_who_is_there():
    asks = entry(visible=lambda actor: actor is ACTOR)
    assert len(links(asks)) == 1
    assert links(asks, actor=object()) == []
    assert links(asks, actor=None) == []


@pytest.mark.parametrize(("count", "shown"), [(None, ""), (0, ""), (7, "7"), (999, "999"), (1000, "999+")])
def test_counts_are_short(count, shown):
    assert links(entry(count=lambda _actor: count))[0].count == shown


def test_nobody_is_counted_for():
    def count(_actor):
        raise AssertionError

    assert links(entry(count=count), actor=None)[0].count == ""


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/desk/cases/?tab=todo", "?tab=todo"),
        ("/desk/cases/?tab=todo&after=9", "?tab=todo"),
        ("/desk/cases/?tab=all", None),
        ("/desk/cases/", "?tab=todo"),
        ("/desk/cases/CD1/", "?tab=todo"),
        ("/sign-in?next=/", "sign-in"),
        ("/elsewhere", None),
    ],
)
def test_one_link_is_the_pages_own(path, current):
    found = links(
        entry("desk", query="?tab=todo"),
        entry("desk", query="?tab=open"),
        entry("sign-in"),
        entry(),
        path=path,
    )
    marked = [one.entry.query or one.entry.url_name for one in found if one.current]
    assert marked == ([current] if current else [])
