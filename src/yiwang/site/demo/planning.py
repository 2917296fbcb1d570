"""A declared demonstration → its timeline: every opening and every step with its moment, in order. Pure.

The same declaration, seed and last moment give the same timeline, so that a load that was killed goes on
where it stopped. Before: `definitions`, `gazetteer`. After: `staging` plays the scenes.
"""

import dataclasses
import datetime as dt
import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from yiwang.cases.logic.world import World
from yiwang.kernel.calendar.definitions.amounts import Amount, Unit
from yiwang.kernel.calendar.logic import ZONE
from yiwang.site.demo.definitions import By, Demonstration, Plot, Step, Story
from yiwang.site.demo.gazetteer import Gazetteer, Place

LIVE = frozenset({"{photo}", "{other}", "{first}", "{main}"})
"""Words that only the case as it stands can fill: `staging` does."""
WORD = re.compile(r"\{(\w+)\}")
QUIET_DAYS = 0.3
"""Share of the openings that a weekend loses against a working day."""
KNOWN = {"always": 1.0, "mostly": 0.8, "never": 0.0}
"""Share of the reporters who leave a name."""


@dataclasses.dataclass(frozen=True, slots=True)
class Subject:
    """One case of the demonstration: what it is about, where, and who reports it by which channel."""

    code: str
    story: Story
    variant: int
    place: Place
    channel: str
    title: str
    text: str
    address: str
    name: str
    mobile: str
    main: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Scene:
    """One moment: a case is opened (`do` is "open"), or a step is taken on it or on its part."""

    at: dt.datetime
    key: str
    subject: Subject
    do: str
    by: By | str = ""
    given: Mapping[str, bool | int | str] = dataclasses.field(default_factory=dict)
    on: str = "case"


@dataclasses.dataclass(frozen=True)
class Script:
    """Everything declared that a timeline is made of."""

    demo: Demonstration
    stories: Sequence[Story]
    plots: Sequence[Plot]
    world: World
    gazetteer: Gazetteer

    def scenes(self, last: dt.datetime) -> list[Scene]:
        """Return the timeline up to `last`, which is the moment of the last opening and of the last scene."""
        openings = self._openings(last)
        found = [one for number, at in enumerate(openings) for one in self._life(number, at, last - at)]
        return sorted((one for one in found if one.at <= last), key=lambda one: (one.at, one.key == self.end))

    @property
    def end(self) -> str:
        """The key of the last scene: where it was used, the whole was played."""
        return self._key(str(self.demo.cases - 1), 0)

    def _openings(self, last: dt.datetime) -> list[dt.datetime]:
        rng = random.Random(f"{self.demo.seed}:openings")  # noqa: S311 - for show
        found: list[dt.datetime] = []
        while len(found) < self.demo.cases - 1:
            day = last.astimezone(ZONE).date() - dt.timedelta(days=rng.randrange(self.demo.days))
            hour = rng.choices(range(24), self.demo.hours)[0]
            time = dt.time(hour, rng.randrange(60), rng.randrange(60), tzinfo=ZONE)
            at, busy = dt.datetime.combine(day, time), day.weekday() < 5 or rng.random() > QUIET_DAYS
            found += [at] if busy and at < last else []
        return [*sorted(found), last]

    def _life(self, number: int, at: dt.datetime, age: dt.timedelta) -> Iterator[Scene]:
        """Yield the scenes of one case, and of those merged into it."""
        rng = random.Random(f"{self.demo.seed}:{number}")  # noqa: S311 - for show
        subject = self._subject(rng, str(number))
        plot = self._plot(rng, subject, at, age)
        yield from self._played(rng, subject, at, plot.steps)
        if plot.echoes:
            count = rng.randint(*plot.echoes.count)
            moments = sorted(self._later(rng, at, plot.echoes.after) for _ in range(count))
            for echo, moment in enumerate(moments, 1):
                other = self._echo(rng, subject, f"{number}.{echo}")
                yield from self._played(rng, other, moment, plot.echoes.steps)

    def _played(
        self, rng: random.Random, subject: Subject, at: dt.datetime, steps: Iterable[Step]
    ) -> Iterator[Scene]:
        yield Scene(at, self._key(subject.code, 0), subject, "open")
        for count, step in enumerate(steps, 1):
            at = self._later(rng, at, step.after)
            given = {name: self._filled(rng, subject, value) for name, value in step.with_.items()}
            yield Scene(at, self._key(subject.code, count), subject, step.do, step.by, given, step.on)

    def _plot(self, rng: random.Random, subject: Subject, at: dt.datetime, age: dt.timedelta) -> Plot:
        """Draw a plot that begins where the responsibility list leaves the case."""
        routed = self.world.router.route(subject.story.category, subject.place.area, at.date())
        state = "dispatched" if routed.certain else "filed"
        fitting = [
            one for one in self.plots if one.begins == state and (one.recent is None or age.days < one.recent)
        ]
        return rng.choices(fitting, [one.weight for one in fitting])[0]

    def _subject(self, rng: random.Random, code: str) -> Subject:
        story = rng.choices(self.stories, [one.weight for one in self.stories])[0]
        prefix = rng.choices(list(self.demo.districts), list(self.demo.districts.values()))[0]
        place = self.gazetteer.draw(rng, prefix)
        if story.area:
            place = dataclasses.replace(place, area=story.area, lon=None, lat=None)
        return self._written(rng, code, story, rng.randrange(len(story.titles)), place)

    def _echo(self, rng: random.Random, subject: Subject, code: str) -> Subject:
        place = self.gazetteer.near(rng, subject.place)
        return self._written(rng, code, subject.story, subject.variant, place, main=subject.code)

    def _written(
        self, rng: random.Random, code: str, story: Story, variant: int, place: Place, main: str = ""
    ) -> Subject:
        weights = story.channels or {name: one.weight for name, one in self.demo.channels.items()}
        channel = rng.choices(list(weights), list(weights.values()))[0]
        known = rng.random() < KNOWN[self.demo.channels[channel].reporter]
        return Subject(
            code,
            story,
            variant,
            place,
            channel,
            self._worded(rng, place.words, _pick(story.titles, variant)),
            self._worded(rng, place.words, _pick(story.texts, variant)),
            place.address(_pick(story.titles, variant)),
            self.person_name(rng) if known else "",
            f"1380000{rng.randrange(10_000):04}" if known else "",
            main,
        )

    def person_name(self, rng: random.Random) -> str:
        """Draw a name."""
        return rng.choice(self.demo.surnames) + rng.choice(self.demo.given_names)

    def _filled(self, rng: random.Random, subject: Subject, value: bool | int | str) -> bool | int | str:
        if not isinstance(value, str) or value in LIVE:
            return value
        words = {**subject.place.words, "reply": _pick(subject.story.replies, subject.variant)}
        return self._worded(rng, words, value)

    def _worded(self, rng: random.Random, words: Mapping[str, str], template: str) -> str:
        """Fill the words in braces: the place's own, else one of the phrases."""
        phrases = self.demo.phrases
        return WORD.sub(lambda found: words.get(found[1]) or rng.choice(phrases[found[1]]), template)

    def _later(self, rng: random.Random, at: dt.datetime, after: tuple[Amount, Amount]) -> dt.datetime:
        seconds = rng.randint(after[0].seconds, after[1].seconds)
        if after[0].natural:
            return at + dt.timedelta(seconds=seconds)
        return self.world.calendars[""].add(at, Amount(seconds, Unit.WORKING_SECONDS)).at

    def _key(self, subject: str, step: int) -> str:
        return f"demo:{self.demo.code}-{self.demo.seed}:{subject}:{step}"


def _pick(texts: Sequence[str], variant: int) -> str:
    return texts[variant % len(texts)]
