"""What `yiwang check` looks at; each check is one function that returns one finding.

Before: the command. After: the rooms' queries. A check that breaks is itself a finding.
"""

import dataclasses
import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from django.conf import settings
from django.db import connection
from django.utils import timezone

from yiwang.kernel.calendar import queries as calendar
from yiwang.kernel.releases import queries as releases
from yiwang.packs import loading, problems
from yiwang.site import database, faults, language
from yiwang.site.language import gettext as _
from yiwang.site.language import gettext_noop

State = Literal["good", "notice", "bad"]
MARKS = {"good": "[green]✓[/]", "notice": "[yellow]![/]", "bad": "[red]✗[/]"}
OLDEST_POSTGRESQL = 15
LEAST_FREE = 1_000_000_000
HORIZON = dt.timedelta(days=180)  # promises made today may fall due that far ahead


@dataclasses.dataclass(frozen=True)
class Finding:
    """The outcome of one check; `notice` wants attention but does not fail."""

    name: str
    state: State
    text: str


def run() -> list[Finding]:
    """Run every check in order; those that need the database are skipped while it is unreachable."""
    findings = [_guarded(*one) for one in (*_ON_DISK, _REACHABLE)]
    if findings[-1].state != "bad":
        findings += [_guarded(*one) for one in _IN_DATABASE]
    return findings


def disk(name: str) -> Finding:
    free = shutil.disk_usage(settings.HOME).free
    text = _("{free:.1f} GB free at {path}").format(free=free / 1e9, path=settings.HOME)
    return Finding(name, "good" if free >= LEAST_FREE else "bad", text)


def assets(name: str) -> Finding:
    built = any((Path(__file__).parents[1] / "ui" / "static" / "ui" / "dist").glob("*"))
    return Finding(name, "good" if built else "bad", _("built") if built else _("missing; run `make build`"))


def pack(name: str) -> Finding:
    try:
        found = loading.load(settings.PACKS_ROOT / settings.CITY_PACK, roots=[settings.PACKS_ROOT])
    except problems.PackInvalid as fault:
        return Finding(name, "bad", fault.render(language.current()))
    return Finding(name, "good", f"{settings.CITY_PACK} {found.digest[:12]}")


def reachable(name: str) -> Finding:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version_num')::int, '一' ~ '\\w', "
            "current_setting('server_version')"
        )
        number, knows_chinese, version = cursor.fetchone()
    if number // 10000 < OLDEST_POSTGRESQL:
        return Finding(
            name, "bad", _("PostgreSQL {version} is too old; 15 or newer is needed").format(version=version)
        )
    if not knows_chinese:
        return Finding(
            name,
            "bad",
            _("LC_CTYPE of the database is C: Chinese cannot be searched; create it with C.UTF-8"),
        )
    return Finding(name, "good", f"PostgreSQL {version}")


def migrations(name: str) -> Finding:
    count = database.pending()
    if count:
        return Finding(name, "bad", _("{count} not applied; run `yiwang migrate`").format(count=count))
    return Finding(name, "good", _("all applied"))


def release(name: str) -> Finding:
    found = releases.current()
    return Finding(
        name, "good", f"{found.pack} #{found.pk}, {timezone.localtime(found.published_at):%Y-%m-%d %H:%M}"
    )


def calendar_years(name: str) -> Finding:
    until = timezone.localdate() + HORIZON
    uncertain = calendar.missing_years(releases.pack(releases.current().pk), until)
    if uncertain:
        years = ", ".join(str(year) for year in sorted(uncertain))
        return Finding(name, "notice", _("holidays not officially announced: {years}").format(years=years))
    return Finding(name, "good", _("complete until {day}").format(day=until))


def ledger_key(name: str) -> Finding:
    file = Path(settings.LEDGER_KEY_FILE)
    if not file.exists():
        return Finding(name, "notice", _("will be made at the first sealing: {path}").format(path=file))
    if file.stat().st_mode & 0o077:
        return Finding(name, "bad", _("{path} can be read by others; run `chmod 600`").format(path=file))
    return Finding(name, "good", str(file))


_ON_DISK: list[tuple[str, Callable[[str], Finding]]] = [
    (gettext_noop("Disk"), disk),
    (gettext_noop("Screens' assets"), assets),
    (gettext_noop("Ledger key"), ledger_key),
    (gettext_noop("City pack"), pack),
]
_REACHABLE = (gettext_noop("Database"), reachable)
_IN_DATABASE: list[tuple[str, Callable[[str], Finding]]] = [
    (gettext_noop("Migrations"), migrations),
    (gettext_noop("Published release"), release),
    (gettext_noop("Working-day calendar"), calendar_years),
]


def _guarded(name: str, check: Callable[[str], Finding]) -> Finding:
    try:
        return check(_(name))
    except Exception as fault:  # noqa: BLE001 - one broken check must not hide the others
        return Finding(_(name), "bad", faults.explain(fault) or f"{type(fault).__name__}: {fault}")
