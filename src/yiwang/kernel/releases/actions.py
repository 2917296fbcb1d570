"""Publish a pack: check it against this database, freeze it, bring every room's tables in line.

Before: `packs.loading.load`. After: `queries.current` gives the new release to everyone.
"""

from django.db import connection, transaction

from yiwang.kernel.releases import definitions, queries
from yiwang.kernel.releases.models import Release
from yiwang.packs import pack as packs
from yiwang.packs import problems

PUBLISHING = 0x79_77_72_65
"""Key of the advisory lock that lets one publish wait for another."""


@transaction.atomic
def publish(pack: packs.Pack, by: str = "") -> Release:
    """Return the release of the pack, made now unless it is the current one already.

    Raise `PackInvalid` when a registered check objects; then nothing is changed.
    """
    _wait_for_turn()
    newest = queries.history().first()
    if newest and (newest.pack, newest.digest) == (pack.code, pack.digest):
        return newest
    if troubles := [trouble for check in definitions.checks for trouble in check(pack)]:
        raise problems.PackInvalid(troubles)
    release = Release.objects.create(
        pack=pack.code, digest=pack.digest, content=pack.canonical, published_by=by
    )
    for install in definitions.installers:
        install(pack)
    transaction.on_commit(queries.forget)
    return release


def _wait_for_turn() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PUBLISHING])
