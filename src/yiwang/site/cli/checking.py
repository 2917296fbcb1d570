"""The command `check`: tells whether this installation is fit to run."""

from typing import Annotated

import typer

from yiwang.site.language import gettext as _

app = typer.Typer()


@app.command(help=_("Tell whether this installation is fit to run; exit code 1 if something is wrong."))
def check(
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help=_("Show only what needs attention."))] = False,
) -> None:
    from rich.table import Table

    from yiwang.site import checks, progress

    findings = checks.run()
    table = Table(box=None, pad_edge=False)
    for title in ("", _("Check"), _("Finding")):
        table.add_column(title, overflow="fold")
    for finding in findings:
        if not quiet or finding.state != "good":
            table.add_row(checks.MARKS[finding.state], finding.name, finding.text)
    if table.row_count:
        progress.console.print(table)
    if any(finding.state == "bad" for finding in findings):
        raise typer.Exit(1)
