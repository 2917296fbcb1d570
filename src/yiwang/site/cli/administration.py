"""Commands that look after an installation: migrate, manage, person."""

import sys
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from yiwang.site.language import gettext as _

if TYPE_CHECKING:
    from yiwang.kernel.people import models

app = typer.Typer()
person = typer.Typer(no_args_is_help=True, help=_("Persons who sign in."))
Username = Annotated[str, typer.Argument(help=_("Name to sign in with."))]
Password = Annotated[
    str,
    typer.Option(
        envvar="YIWANG_PASSWORD",
        prompt=_("Password"),
        confirmation_prompt=True,
        hide_input=True,
        help=_("Asked for if not given."),
    ),
]


@app.command(help=_("Bring the database to this release's tables."))
def migrate() -> None:
    from yiwang.site import database

    count = database.migrate()
    typer.echo(_("{count} migrations applied").format(count=count) if count else _("Nothing to migrate"))


@app.command(
    help=_("Run one of Django's own commands."),
    context_settings={"ignore_unknown_options": True, "help_option_names": []},
)
def manage(
    arguments: Annotated[
        list[str] | None, typer.Argument(help=_("Django's command and its arguments."))
    ] = None,
) -> None:
    from django.core.management import ManagementUtility

    ManagementUtility(["yiwang manage", *(arguments or ["help"])]).execute()


@person.command("add", help=_("Register a person; posts are given in the administration screens."))
def add(
    username: Username,
    name: Annotated[str, typer.Argument(help=_("The person's own name."))],
    password: Password,
    mobile: Annotated[str, typer.Option(help=_("Mobile number."))] = "",
) -> None:
    from django.contrib.auth import password_validation
    from django.core.exceptions import ValidationError

    from yiwang.kernel.people import actions

    try:
        password_validation.validate_password(password)
        registered = actions.register(username, name, password, mobile)
    except ValidationError as fault:
        _refuse(" ".join(fault.messages))
    else:
        typer.echo(_("{username} is registered").format(username=registered.username))


@person.command("password", help=_("Set a person's password."))
def set_password(username: Username, password: Password) -> None:
    from django.contrib.auth import password_validation
    from django.core.exceptions import ValidationError

    found = _person(username)
    try:
        password_validation.validate_password(password, found)
    except ValidationError as fault:
        _refuse(" ".join(fault.messages))
    found.set_password(password)
    found.save(update_fields=["password"])
    typer.echo(_("The password of {username} is set").format(username=username))


@person.command("grant", help=_("Give a person a post: a role in an organisation over an area."))
def grant(
    username: Username,
    organisation: Annotated[str, typer.Argument(help=_("Code of the organisation."))],
    role: Annotated[str, typer.Argument(help=_("Code of a role of the published pack."))],
    area: Annotated[str, typer.Argument(help=_("Area code; everything below it is included."))],
) -> None:
    from django.core.exceptions import ValidationError
    from django.utils import timezone

    from yiwang.kernel.access import definitions
    from yiwang.kernel.people import actions
    from yiwang.kernel.releases import queries as releases

    roles = releases.current_pack().entries(definitions.Role)
    if role not in roles:
        _refuse(_("No role {role}; there are: {roles}").format(role=role, roles=", ".join(sorted(roles))))
    try:
        actions.grant(_person(username), organisation, role, area, timezone.localdate())
    except ValidationError as fault:
        _refuse(" ".join(fault.messages))
    else:
        typer.echo(_("{username} holds the post {role}").format(username=username, role=role))


def _person(username: str) -> "models.Person":
    from yiwang.kernel.people import models

    found = models.Person.objects.filter(username=username).first()
    return found or _refuse(_("Nobody signs in as {username}").format(username=username))


def _refuse(text: str) -> NoReturn:
    typer.secho(text, fg=typer.colors.RED, err=True)
    sys.exit(1)
