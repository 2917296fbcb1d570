"""The `yiwang` command. Exit codes: 0 done, 1 a fault or problems found, 2 wrong usage, 130 interrupted.

Before: the operator. After: one module per group of commands. Django is set up only when a command
really runs, and the embedded PostgreSQL started only when it connects: `--help` stays quick.
"""

import importlib.metadata
import sys
from typing import Annotated, Literal

import typer

from yiwang.site import language
from yiwang.site.cli import administration, checking, imports, ledger, pack, running
from yiwang.site.language import gettext as _

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
    help=_("Yiwang: one platform for a city's digital government."),
    epilog=_("Exit codes: 0 done · 1 fault or problems found · 2 wrong usage · 130 interrupted"),
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"yiwang {importlib.metadata.version('yiwang')}")
        raise typer.Exit


@app.callback()
def prepare(
    lang: Annotated[
        Literal["zh", "en"] | None,
        typer.Option("--lang", help=_("Language of all output; Chinese unless LANG says English.")),
    ] = None,
    version: Annotated[  # noqa: ARG001 - typer calls _version
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help=_("Show the version and exit.")),
    ] = False,
) -> None:
    """Choose the language and set Django up, unless only help is asked for."""
    if lang:
        language.choose(lang)
    if not {"-h", "--help"} & set(sys.argv):
        from yiwang.site import database

        database.setup()


for _group in (running, checking, administration):
    app.add_typer(_group.app)
app.add_typer(administration.person, name="person")
app.add_typer(pack.app, name="pack")
app.add_typer(imports.app, name="import")
app.add_typer(ledger.app, name="ledger")


def main() -> None:
    """Run the command; faults of the installation become one clear line and exit code 1."""
    from yiwang.site import faults

    try:
        app(prog_name="yiwang")
    except Exception as fault:
        text = faults.explain(fault)
        if text is None:
            raise
        typer.secho(text, fg=typer.colors.RED, err=True)
        sys.exit(1)
