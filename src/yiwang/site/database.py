"""Bring the database to this release's tables, and say plainly when it cannot be reached.

Before: launch and the commands. After: Django's migrations.
"""

import os

from yiwang.site import progress
from yiwang.site.language import CODES, current
from yiwang.site.language import gettext as _

LOCK_TIMEOUT = "10s"  # a migration gives up rather than block everybody behind it


def setup() -> None:
    """Set Django up, in the command line's language."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yiwang.site.settings")
    import django  # noqa: PLC0415
    from django.utils import translation  # noqa: PLC0415

    django.setup()
    translation.activate(CODES[current()])


def pending() -> int:
    """Return how many migrations wait to be applied."""
    from django.db import connection  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def migrate() -> int:
    """Apply all pending migrations, one process at a time; return how many there were."""
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    with progress.step(_("Migrate the database")), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext('yiwang migrate'))")
        try:
            cursor.execute(f"SET lock_timeout = '{LOCK_TIMEOUT}'")
            count = pending()
            if count:
                call_command("migrate", interactive=False, verbosity=0)
        finally:
            cursor.execute("RESET lock_timeout")
            cursor.execute("SELECT pg_advisory_unlock(hashtext('yiwang migrate'))")
    return count


def disconnect() -> None:
    """Close this process's connections, so that children and the server's end are not held up."""
    from django.db import connections  # noqa: PLC0415

    connections.close_all()
