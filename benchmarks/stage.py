"""The stage every benchmark plays on: databases of its own, the demonstration pack, actors, processes.

Before: home. After: the benchmarks. Databases are kept in var/bench between runs; with DATABASE_URL set they are
made on that server instead.
"""

import contextlib
import datetime as dt
import os
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from benchmarks import home
from yiwang.cases.queries import worlds
from yiwang.kernel.access import queries as access
from yiwang.kernel.access.definitions import Role
from yiwang.kernel.people import actions as people
from yiwang.kernel.people import models as people_models
from yiwang.kernel.releases import actions as releases
from yiwang.kernel.releases import queries as release_queries
from yiwang.packs import loading
from yiwang.site import web as server

EMPTY, MILLION = "bench_empty", "bench_million"


def address(database: str) -> str:
    """Return the URL of a database on the stage's server."""
    return urllib.parse.urlunsplit(urllib.parse.urlsplit(home.server())._replace(path=f"/{database}"))


def server_version() -> str:
    """Return what the server says of itself."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0]}"


def fresh(database: str) -> None:
    """Make a database anew and play on it."""
    drop(database)
    use(database)


def use(database: str) -> None:
    """Play on a database, made, migrated and published to if need be."""
    _close()
    with contextlib.suppress(Exception):
        _administer(f'CREATE DATABASE "{database}"')
    os.environ["BENCH_DATABASE"] = database
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = database
    _forget()
    call_command("migrate", verbosity=0)
    _appoint()
    releases.publish(loading.load(settings.PACKS_ROOT / "chengdu"))
    _forget()
    _appoint()


def _appoint() -> None:
    """Give every role to somebody, without which no changed pack can be published."""
    if release_queries.history().exists():
        for role in release_queries.current_pack().entries(Role):
            person(f"bench-every-{role}", "cd-12345", role, "5101")


def environment() -> dict[str, str]:
    """Return the environment of a process of ours that plays on the same database."""
    database = os.environ["BENCH_DATABASE"]
    return {**os.environ, "DATABASE_URL": address(database), "PYTHONPATH": str(home.ROOT / "src")}


def run(statement: str, given: Any = None) -> list[tuple[Any, ...]]:
    """Run a statement outside any transaction; return its rows, if it has any."""
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return cursor.fetchall() if cursor.description else []


def settle() -> None:
    """Bring the server to rest between two measurements."""
    run("VACUUM ANALYZE")
    run("CHECKPOINT")


def person(name: str, organisation: str, role: str, area: str) -> Any:
    """Return the actor who holds this post, registered if need be."""
    found = people_models.Person.objects.filter(username=name).first() or people.register(name, name, None)
    if not found.posts.exists():
        people.grant(found, organisation, role, area, dt.date(2026, 1, 1))
    return access.actor_of(found)


@contextlib.contextmanager
def worker() -> Iterator[None]:
    """Run `yiwang work` on the database while the block lasts."""
    with _process("work"):
        yield


@contextlib.contextmanager
def web() -> Iterator[int]:
    """Run `yiwang web` on the database while the block lasts; yield its port."""
    port = server.free_port("127.0.0.1", 18400)
    with _process("web", "--port", str(port)):
        _await(lambda: urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2).status == 200)
        yield port


@contextlib.contextmanager
def _process(*arguments: str) -> Iterator[None]:
    process = subprocess.Popen([sys.executable, "-m", "yiwang.site.cli", *arguments], env=environment())
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def _await(condition: Callable[[], bool], seconds: float = 60) -> None:
    give_up = time.monotonic() + seconds
    while time.monotonic() < give_up:
        with contextlib.suppress(OSError):
            if condition():
                return
        time.sleep(0.1)
    raise SystemExit("the web process does not answer")


def drop(database: str) -> None:
    """Remove a database."""
    _close()
    _administer(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')


def _administer(statement: str) -> None:
    with psycopg.connect(address("postgres"), autocommit=True) as connection:
        connection.execute(statement)


def _close() -> None:
    connections.close_all()


def _forget() -> None:
    release_queries.forget()
    release_queries.pack.cache_clear()
    worlds.forget()
