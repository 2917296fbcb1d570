"""Faults of the installation in the operator's words; everything else is a bug and keeps its traceback."""

import dj_database_url
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, InterfaceError, OperationalError, ProgrammingError

from yiwang.site import language, postgres
from yiwang.site.language import gettext as _
from yiwang.site.language import gettext_noop

DATABASE = {
    OperationalError: gettext_noop("The database cannot be used: {reason}"),
    InterfaceError: gettext_noop("The database cannot be used: {reason}"),
    ProgrammingError: gettext_noop(
        "The database does not have this release's tables; run `yiwang migrate`: {reason}"
    ),
    DatabaseError: gettext_noop("The database refused: {reason}"),
}


def explain(fault: Exception) -> str | None:
    """Return what to tell the operator, or None if the fault is not one of the installation."""
    if isinstance(fault, postgres.Fault | ImproperlyConfigured):
        return str(fault)
    if isinstance(fault, dj_database_url.ParseError):
        return _("DATABASE_URL cannot be read: {reason}").format(reason=fault)
    if isinstance(fault, PermissionError):
        return _("No permission for {path}").format(path=fault.filename)
    for kind, text in DATABASE.items():
        if isinstance(fault, kind):
            return _(text).format(reason=str(fault).strip().splitlines()[0])
    return _of_content(fault) if apps.ready else None


def _of_content(fault: Exception) -> str | None:
    from yiwang.kernel.releases import queries as releases  # noqa: PLC0415 - needs Django to be set up
    from yiwang.packs import problems  # noqa: PLC0415

    if isinstance(fault, problems.PackInvalid):
        return fault.render(language.current())
    return str(fault) if isinstance(fault, releases.NoRelease) else None
