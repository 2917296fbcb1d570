"""What other rooms add to publishing: checks that may look at the database, and installers.

Filled in `apps.py: ready()` of the rooms above, in the order of INSTALLED_APPS:

    releases.installers.add("places", actions.install)

Before: nothing. After: `actions.publish` runs them.
"""

from collections.abc import Callable, Iterable

from yiwang.packs import pack, problems, registry

Check = Callable[[pack.Pack], Iterable[problems.Problem]]
"""Yields what forbids publishing the pack here and now, such as a role that nobody holds."""

Installer = Callable[[pack.Pack], None]
"""Brings a room's tables in line with the pack, in the publishing transaction.

It may run for any pack in any order: it inserts and updates by code, and closes what the pack no longer
declares. It never deletes.
"""

checks: registry.Registry[Check] = registry.Registry("check of a release")
installers: registry.Registry[Installer] = registry.Registry("installer of a release")
