"""What must hold between a demonstration and the rest of its pack. Before: the loader. After: problems, if any."""

from collections.abc import Iterable, Iterator

from yiwang.cases.definitions.categories import Category
from yiwang.cases.definitions.flows import Flow
from yiwang.kernel.access.definitions import Role
from yiwang.kernel.orgs.definitions import Organisation
from yiwang.kernel.places.definitions import Area
from yiwang.packs import entry
from yiwang.packs.pack import Pack
from yiwang.packs.problems import Problem
from yiwang.site.demo.definitions import Demonstration, Plot, Step, Story
from yiwang.site.demo.planning import LIVE, WORD

PLACE_WORDS = frozenset({"district", "street", "community", "home", "place"})


def demonstrations(pack: Pack) -> Iterator[Problem]:
    """Find posts, areas and flows that the pack does not have, and flows that the plots do not follow."""
    for demo in pack.entries(Demonstration).values():
        yield from _known(pack, demo, ("flow",), demo.flow, pack.entries(Flow))
        for area in demo.districts:
            yield from _known(pack, demo, ("districts", area), area, pack.entries(Area))
        for number, account in enumerate(demo.accounts):
            for held, post in enumerate(account.posts):
                at = ("accounts", number, "posts", held)
                yield from _known(
                    pack, demo, (*at, "organisation"), post.organisation, pack.entries(Organisation)
                )
                yield from _known(pack, demo, (*at, "role"), post.role, pack.entries(Role))
                yield from _known(pack, demo, (*at, "area"), post.area, pack.entries(Area))
        for number, staff in enumerate(demo.staff):
            yield from _known(pack, demo, ("staff", number, "role"), staff.role, pack.entries(Role))
        yield from _unheld(pack, demo)


def stories(pack: Pack) -> Iterator[Problem]:
    """Find categories, channels and words in braces that stories name and the pack does not have."""
    words, channels = _words(pack), _channels(pack)
    for story in pack.entries(Story).values():
        yield from _known(pack, story, ("category",), story.category, pack.entries(Category))
        if story.fit:
            yield from _known(pack, story, ("fit",), story.fit, pack.entries(Category))
        if story.area:
            yield from _known(pack, story, ("area",), story.area, pack.entries(Area))
        for channel in story.channels:
            yield from _known(pack, story, ("channels", channel), channel, channels)
        for field in ("titles", "texts", "replies"):
            for number, text in enumerate(getattr(story, field)):
                yield from _worded(pack, story, (field, number), text, words - {"reply"})


def plots(pack: Pack) -> Iterator[Problem]:
    """Find states, actions, roles and words in braces that plots name and the pack does not have."""
    flows = [
        pack.entries(Flow)[one.flow]
        for one in pack.entries(Demonstration).values()
        if one.flow in pack.entries(Flow)
    ]
    states = {state for flow in flows for state in flow.states}
    for plot in pack.entries(Plot).values():
        yield from _known(pack, plot, ("begins",), plot.begins, states)
        for at, step in _steps(plot):
            yield from _step(pack, plot, at, step)


def _step(pack: Pack, plot: Plot, at: tuple[str | int, ...], step: Step) -> Iterator[Problem]:
    actions = {code for flow in pack.entries(Flow).values() for code in flow.actions}
    yield from _known(pack, plot, (*at, "do"), step.do, actions)
    if not isinstance(step.by, str):
        yield from _known(pack, plot, (*at, "by", "role"), step.by.role, pack.entries(Role))
    for name, value in step.with_.items():
        if isinstance(value, str) and value not in LIVE:
            yield from _worded(pack, plot, (*at, "with", name), value, _words(pack))


def _steps(plot: Plot) -> Iterator[tuple[tuple[str | int, ...], Step]]:
    for number, step in enumerate(plot.steps):
        yield ("steps", number), step
    for number, step in enumerate(plot.echoes.steps if plot.echoes else ()):
        yield ("echoes", "steps", number), step


def _unheld(pack: Pack, demo: Demonstration) -> Iterator[Problem]:
    """Find the roles that plots and channels need and nobody holds."""
    held = {post.role for one in demo.accounts for post in one.posts} | {one.role for one in demo.staff}
    needed = {channel.by for channel in demo.channels.values() if channel.by}
    for plot in pack.entries(Plot).values():
        needed |= {step.by.role for _, step in _steps(plot) if not isinstance(step.by, str)}
    for role in sorted(needed - held):
        yield pack.problem(demo, "accounts", zh=f"没有人担任“{role}”", en=f'nobody holds the role "{role}"')


def _words(pack: Pack) -> frozenset[str]:
    phrases = {word for one in pack.entries(Demonstration).values() for word in one.phrases}
    return PLACE_WORDS | phrases | {"reply"}


def _channels(pack: Pack) -> set[str]:
    return {channel for one in pack.entries(Demonstration).values() for channel in one.channels}


def _known(
    pack: Pack, declared: entry.Entry, path: tuple[str | int, ...], word: str, known: Iterable[str]
) -> Iterator[Problem]:
    if word not in (allowed := tuple(known)):
        yield pack.problem(declared, *path, zh=f"没有“{word}”", en=f'there is no "{word}"', allowed=allowed)


def _worded(
    pack: Pack, declared: entry.Entry, path: tuple[str | int, ...], text: str, words: frozenset[str]
) -> Iterator[Problem]:
    for found in WORD.findall(text):
        if found not in words:
            yield pack.problem(
                declared,
                *path,
                zh=f"没有可填“{{{found}}}”的话",
                en=f'nothing fills "{{{found}}}"',
                allowed=tuple(sorted(words)),
            )
