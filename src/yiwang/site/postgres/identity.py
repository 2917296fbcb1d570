"""As whom the server runs: PostgreSQL refuses root, so root steps down first.

Root prefers a user namespace, in which its own files belong to `nobody`: nothing is chowned and nothing
outside the data directory matters. Where namespaces are forbidden (some containers) root really becomes
`nobody`, which needs a data directory and binaries that `nobody` can reach.
"""

import functools
import os
import pwd
import shutil
import subprocess
from pathlib import Path
from typing import Any

from yiwang.site.language import gettext as _
from yiwang.site.postgres import errors

NOBODY = 65534
NAMESPACE = ["unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}"]


@functools.cache
def mode() -> str:
    """Return `self` (an ordinary user), `namespace` or `nobody`."""
    if os.geteuid() != 0 and _has_name():
        return "self"
    if (
        shutil.which("unshare")
        and subprocess.run([*NAMESPACE, "true"], check=False, capture_output=True).returncode == 0
    ):
        return "namespace"
    return "nobody" if os.geteuid() == 0 else "self"


def _has_name() -> bool:
    """Tell whether our user id has an entry in passwd: initdb refuses one that has none."""
    try:
        pwd.getpwuid(os.geteuid())
    except KeyError:
        return False
    return True


def command(arguments: list[str]) -> list[str]:
    """Return the command line that runs `arguments` as the server's user."""
    return [*NAMESPACE, *arguments] if mode() == "namespace" else arguments


def options() -> dict[str, Any]:
    """Return what subprocess needs besides the command line."""
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []} if mode() == "nobody" else {}


def owner() -> int:
    """Return the user id that must own the server's files, as seen from here."""
    return NOBODY if mode() == "nobody" else os.geteuid()


def give(path: Path) -> None:
    """Hand a directory tree to the server's user; a no-op unless its owner changed."""
    if os.geteuid() == 0 and path.stat().st_uid != owner():
        for item in [path, *path.rglob("*")]:
            os.chown(item, owner(), owner(), follow_symlinks=False)


def require_reach(*paths: Path) -> None:
    """Raise Fault if the server's user cannot reach one of the paths."""
    if mode() != "nobody":
        return
    for path in paths:
        found = subprocess.run(["test", "-x", path], check=False, **options()).returncode == 0
        if not found:
            raise errors.Fault(
                _(
                    "Running as root without user namespaces, PostgreSQL must run as the user “nobody”, "
                    "who cannot reach {path}. Start as an ordinary user, or set YIWANG_HOME (and the "
                    "installation) to a place that everyone may enter, or set DATABASE_URL."
                ).format(path=path)
            )
