"""The commands `import …`: bring in what another system holds. Exit codes: 0 all taken, 1 some refused, 2 unreadable.

Before: the operator's file. After: `hotline.actions.importing`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from yiwang.site import language
from yiwang.site.language import gettext as _

if TYPE_CHECKING:
    from yiwang.hotline.actions.importing import Report
    from yiwang.hotline.definitions.mapping import Mapping

app = typer.Typer(no_args_is_help=True, help=_("Bring in what another system holds."))
ENGLISH_COMMA = {"zh": "，", "en": ", "}


@app.command(
    help=_(
        "Open a case for each row of a CSV, XLSX or JSON lines file; run again, it opens only what is missing."
    )
)
def requests(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)],
    column: Annotated[
        list[str] | None,
        typer.Option(
            "--map", metavar="FIELD=HEADER", help=_("Which column is which field, such as title=标题.")
        ),
    ] = None,
    mapping: Annotated[
        Path | None,
        typer.Option(
            "--mapping", exists=True, dir_okay=False, help=_("A mapping file (YAML), see docs/import.md.")
        ),
    ] = None,
    area: Annotated[str, typer.Option(help=_("Area (code or name) of rows that name none."))] = "",
    source: Annotated[str, typer.Option(help=_("Name of the source; the file's name if not given."))] = "",
    encoding: Annotated[str, typer.Option(help=_("Encoding of the file; found out if not given."))] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Check every row and keep nothing."))] = False,
) -> None:
    from yiwang.hotline.actions import importing

    with _plainly():
        ready = _mapping(mapping, column or [], source=source, encoding=encoding)
        with _progress() as observe:
            report = importing.run(file, ready, area=area, dry=dry_run, observe=observe)
    _tell(report, dry=dry_run)
    raise typer.Exit(1 if report.refused else 0)


def _mapping(file: Path | None, given: list[str], **settings: str) -> "Mapping":
    """Return what the mapping file says, with what the command line says before it."""
    from yiwang.hotline.definitions import mapping
    from yiwang.packs.wrong import Wrong

    told = _yaml(file) if file else {}
    columns = dict(told.get("columns") or {}) if isinstance(told.get("columns"), dict) else {}
    for one in given:
        field, equals, header = one.partition("=")
        if not equals or not header.strip():
            raise Wrong(f"“{one}”应写作 字段=列名", f'"{one}" should be FIELD=HEADER', allowed=mapping.FIELDS)
        columns[field.strip()] = header.strip()
    chosen = {name: value for name, value in settings.items() if value}
    return _valid({**told, "columns": columns or told.get("columns") or {}, **chosen})


def _yaml(file: Path) -> dict[str, Any]:
    import yaml

    from yiwang.packs.wrong import Wrong

    try:
        told = yaml.safe_load(file.read_text("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise Wrong(f"{file} 不是 YAML：{error}", f"{file} is not YAML: {error}") from error
    if not isinstance(told, dict):
        raise Wrong(f"{file} 应由“名称: 值”组成", f"{file} should hold names and values")
    return told


def _valid(told: dict[str, Any]) -> "Mapping":
    from pydantic import ValidationError

    from yiwang.hotline.definitions import mapping
    from yiwang.packs.wrong import Wrong

    try:
        return mapping.Mapping.model_validate(told)
    except ValidationError as error:
        places = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        allowed = tuple(mapping.Mapping.model_fields)
        raise Wrong(f"映射有误：{places}", f"the mapping is wrong: {places}", allowed=allowed) from error


@contextmanager
def _plainly() -> Iterator[None]:
    """Turn a file or mapping that cannot be used into one clear line and exit code 2."""
    from yiwang.packs.wrong import Wrong

    try:
        yield
    except Wrong as wrong:
        _refuse(wrong.zh if language.current() == "zh" else wrong.en, wrong.allowed)
    except OSError as error:
        _refuse(str(error), ())


def _refuse(text: str, allowed: tuple[str, ...]) -> NoReturn:
    choices = _("There are: {choices}").format(choices=", ".join(allowed)) if allowed else ""
    typer.secho("\n".join(filter(None, (text, choices))), fg=typer.colors.RED, err=True)
    raise typer.Exit(2)


@contextmanager
def _progress() -> Iterator[Callable[[int, int, "Report"], None]]:
    """Show a bar on a terminal; elsewhere nothing until the end."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    from yiwang.site import progress

    words = TextColumn("{task.description}")
    with Progress(words, BarColumn(), TimeRemainingColumn(), console=progress.console, transient=True) as bar:
        task = bar.add_task(_("Importing"), total=None)

        def observe(done: int, size: int, report: "Report") -> None:
            told = _("{count} rows, {refused} refused").format(count=report.rows, refused=report.refused)
            bar.update(task, completed=done, total=size or None, description=told)

        yield observe


def _tell(report: "Report", *, dry: bool) -> None:
    comma = ENGLISH_COMMA[language.current()]
    columns = comma.join(f"{field} ← {header}" for field, header in report.columns.items())
    typer.echo(_("{kind}; source {source}; columns: {columns}").format(
        kind=f"{report.kind} {report.encoding.upper()}".strip(), source=report.source, columns=columns
    ))  # fmt: skip
    words = _("{count} rows: {opened} opened, {already} were there already, {refused} refused")
    if dry:
        words = _("{count} rows: {opened} would be opened, {already} are there already, {refused} refused")
    typer.echo(words.format(
        count=report.rows, opened=report.opened, already=report.already, refused=report.refused
    ))  # fmt: skip
    if report.rejected:
        typer.echo(_("Refused rows with their reasons: {file}").format(file=report.rejected))
