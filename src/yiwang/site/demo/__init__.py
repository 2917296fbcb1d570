"""The demonstration city's people and cases: a month of work, played once through the product's own verbs.

Before: the city's pack is published. After: `yiwang demo` shows the accounts. Killed in the middle, it goes on
where it stopped; complete, it does nothing again.
"""

import contextlib
import logging
from collections.abc import Callable, Iterator, Sequence

from django.db import connection

from yiwang.cases.queries import facts, worlds
from yiwang.kernel.ledger import actions as ledger
from yiwang.kernel.outbox import actions as outbox
from yiwang.kernel.places import queries as places
from yiwang.kernel.releases import queries as releases
from yiwang.packs.pack import Pack
from yiwang.site import language
from yiwang.site.demo import casting, staging
from yiwang.site.demo.definitions import Demonstration, Plot, Story
from yiwang.site.demo.gazetteer import Gazetteer
from yiwang.site.demo.planning import Scene, Script
from yiwang.site.language import gettext as _

Say = Callable[[str], None]
BATCH = 50
"""Scenes between two looks at the outbox."""
PARTS = 10
"""How many lines tell of the progress."""

log = logging.getLogger(__name__)


def load(say: Say) -> Sequence[str]:
    """Load the demonstration of the current release, if it declares one; return the accounts to show."""
    pack = releases.current_pack()
    for demo in pack.entries(Demonstration).values():
        script = _script(pack, demo)
        if not facts.opened_by_keys([script.end]):
            with _hurried():
                _play(pack, script, say)
    return [line for demo in pack.entries(Demonstration).values() for line in _shown(demo)]


def _script(pack: Pack, demo: Demonstration) -> Script:
    release = releases.current().pk
    gazetteer = Gazetteer(worlds.current().areas, places.locator(release).outlines, demo.spots)
    stories, plots = pack.entries(Story).values(), pack.entries(Plot).values()
    return Script(demo, list(stories), list(plots), worlds.current(), gazetteer)


def _play(pack: Pack, script: Script, say: Say) -> None:
    scenes = script.scenes(casting.enrol(pack, script.demo))
    stage = staging.Stage(script.demo, script.world)
    played = stage.remember(scenes)
    if played:
        say(_("Going on after {count} of {all} steps").format(count=len(played), all=len(scenes)))
    waiting = [one for one in scenes if one.key not in played]
    for number, scene in enumerate(waiting, 1):
        stage.play(scene)
        if number % BATCH == 0 or number == len(waiting):
            _deliver()
        if number * PARTS // len(waiting) > (number - 1) * PARTS // len(waiting):
            say(_progress(number, len(waiting), scene))
    _finish(stage)


def _progress(number: int, count: int, scene: Scene) -> str:
    text = _("  {percent:>3} %  {day:%Y-%m-%d}  {number} of {count} steps")
    return text.format(percent=number * 100 // count, day=scene.at, number=number, count=count)


def _finish(stage: staging.Stage) -> None:
    staging.settle()
    _deliver()
    while ledger.seal():
        pass
    for scene, refusal in stage.refused:
        log.warning("demonstration: %s of %s was refused: %s", scene.do, scene.key, refusal)


def _deliver() -> None:
    while outbox.drain():
        pass


@contextlib.contextmanager
def _hurried() -> Iterator[None]:
    """Do not wait for the disk at each step: what a crash takes away is simply played again."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET synchronous_commit")


def _shown(demo: Demonstration) -> Iterator[str]:
    """Yield the accounts to try, one a line."""
    yield _("Accounts to try; the password of all is [bold]{password}[/]").format(password=demo.password)
    width = max(len(one.username) for one in demo.accounts) + 2
    for one in demo.accounts:
        if one.show:
            yield f"  [bold]{one.username:<{width}}[/]{one.show.in_language(language.current())}"
