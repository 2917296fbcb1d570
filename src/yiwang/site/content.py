"""First content of a database: the city's pack, and the demonstration city.

Before: launch (the database is migrated). After: releases and the demonstration.
"""

from collections.abc import Sequence

from django.conf import settings

from yiwang.kernel.releases import actions as releases
from yiwang.packs import loading
from yiwang.site import progress
from yiwang.site.language import gettext as _


def city() -> Sequence[str]:
    """Publish the city's pack; a pack that is already published changes nothing."""
    with progress.step(_("Publish the pack {pack}").format(pack=settings.CITY_PACK)):
        releases.publish(loading.load(settings.PACKS_ROOT / settings.CITY_PACK, roots=[settings.PACKS_ROOT]))
    return ()


def demonstration() -> Sequence[str]:
    """Publish the city's pack and load its demonstration, once; return the accounts to show."""
    from yiwang.site import demo  # noqa: PLC0415 - real installations never load it

    city()
    with progress.step(_("Load the demonstration city")):
        return demo.load(progress.say)
