"""The people of the demonstration: the named accounts, and colleagues so that every organisation can do its part.

Before: `definitions`. After: they are registered with posts, and `staging` lets them act.
"""

import datetime as dt
import random
from collections.abc import Iterator

from yiwang.cases.definitions.responsibilities import Responsibility
from yiwang.kernel.orgs.definitions import Organisation
from yiwang.kernel.people import actions as people
from yiwang.kernel.people import models
from yiwang.kernel.places.definitions import Level
from yiwang.packs.pack import Pack
from yiwang.site.demo.definitions import Demonstration, Staff


def begun(demo: Demonstration) -> dt.datetime | None:
    """Return when the demonstration was first loaded here: the moment that its timeline leads to."""
    first = models.Person.objects.filter(username=demo.accounts[0].username)
    return first.values_list("created_at", flat=True).first()


def enrol(pack: Pack, demo: Demonstration) -> dt.datetime:
    """Register everybody who is missing; return the moment the timeline leads to."""
    at = begun(demo) or dt.datetime.now(dt.UTC)
    since = at.date() - dt.timedelta(days=demo.days + 30)
    people.enrol([*_accounts(demo, since), *_colleagues(pack, demo, since)], demo.password)
    return begun(demo) or at


def _accounts(demo: Demonstration, since: dt.date) -> Iterator[people.Newcomer]:
    for one in demo.accounts:
        posts = tuple(people.NewPost(held.organisation, held.role, held.area, since) for held in one.posts)
        yield people.Newcomer(one.username, one.name, posts)


def _colleagues(pack: Pack, demo: Demonstration, since: dt.date) -> Iterator[people.Newcomer]:
    for staff in demo.staff:
        for organisation in employers(pack, staff):
            username = f"{organisation.code}-{staff.role}"
            rng = random.Random(f"{demo.seed}:{username}")  # noqa: S311 - for show
            name = rng.choice(demo.surnames) + rng.choice(demo.given_names)
            post = people.NewPost(organisation.code, staff.role, organisation.area, since)
            yield people.Newcomer(username, name, (post,))


def employers(pack: Pack, staff: Staff) -> list[Organisation]:
    """Return the organisations that have such a colleague."""
    known = pack.entries(Organisation)
    if staff.at == "desks":
        desks = {one.organisation for one in pack.entries(Responsibility).values() if one.desk}
        return [known[code] for code in sorted(desks) if code in known]
    return [
        one for one in known.values() if staff.at == "organisations" or Level.of(one.area) is Level.STREET
    ]
