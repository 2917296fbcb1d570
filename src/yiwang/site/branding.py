"""What the shells say of this city and of the person at the desk."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yiwang.cases.queries import lists
from yiwang.kernel.access.logic import Actor
from yiwang.kernel.orgs import queries as orgs
from yiwang.kernel.places import queries as places
from yiwang.kernel.releases.queries import NoRelease
from yiwang.ui import shell


def brand() -> shell.Brand:
    """Return the brand with the city's name; before the first release, without."""
    try:
        code = lists.city()
    except NoRelease:
        return shell.DEFAULT
    city = places.names({code}, get_language()).get(code, "")
    return shell.Brand(line=_("%(city)s: digital government") % {"city": city})


def standing(actor: Actor) -> str:
    """Return the organisation of the actor's first post."""
    first = next(iter(actor.posts), None)
    return orgs.names({first.organisation}).get(first.organisation, "") if first else ""
