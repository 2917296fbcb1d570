"""`yiwang pack`: check, test, publish, compare and export declarations.

Before: `cli` has chosen the language and set up Django. After: `packs` and `kernel.releases`.
Exit codes: 0 all well, 1 problems found, 2 the command itself was wrong.
"""

import getpass
import json
import pathlib
from collections import Counter
from collections.abc import Iterable
from typing import Annotated

import typer
from django.conf import settings

from yiwang.packs import comparing, examples, loading, pack, problems, schema
from yiwang.site import language
from yiwang.site.language import gettext as _

SHOWN = 100
"""Problems printed before the rest is only counted."""

app = typer.Typer(help=_("Check, test, publish and compare packs"), no_args_is_help=True)
Packs = Annotated[
    list[str] | None,
    typer.Argument(metavar="PATH|NAME", help=_("Packs to look at; all of them if none is named")),
]
Pack = Annotated[str | None, typer.Argument(metavar="PATH|NAME", help=_("A pack; the city's own by default"))]
Subject = Annotated[str, typer.Argument(help=_("A release number, or a pack's path or name"))]


@app.command(help=_("Read packs and tell all that is wrong, with file and line"))
def check(packs: Packs = None) -> None:
    failed = False
    for name in packs or loading.codes([settings.PACKS_ROOT]):
        try:
            typer.echo(_summary(_load(name)))
        except problems.PackInvalid as invalid:
            failed = True
            _complain(invalid.problems)
    raise typer.Exit(int(failed))


@app.command("test", help=_("Run the examples (given / when / then) of packs"))
def run_examples(packs: Packs = None) -> None:
    failed = False
    for name in packs or loading.codes([settings.PACKS_ROOT]):
        try:
            failed |= not _examples_hold(_load(name))
        except problems.PackInvalid as invalid:
            failed = True
            _complain(invalid.problems)
    raise typer.Exit(int(failed))


@app.command(help=_("Check and test a pack, then make it the current release"))
def publish(
    name: Pack = None,
    switch: Annotated[bool, typer.Option(help=_("Replace the current release of another pack"))] = False,
) -> None:
    from yiwang.kernel.releases import actions, queries

    try:
        made = _load(name or settings.CITY_PACK)
        _refuse_switch(made, switch)
        if not _examples_hold(made):
            raise typer.Exit(1)
        before = queries.history().values_list("pk", flat=True).first()
        release = actions.publish(made, by=getpass.getuser())
    except problems.PackInvalid as invalid:
        _complain(invalid.problems)
        raise typer.Exit(1) from None
    if release.pk == before:
        typer.echo(_("Nothing has changed since release {number}").format(number=before))
        return
    typer.echo(_("Published as release {number}").format(number=release.pk))
    if before:
        _print_changes(comparing.compare(queries.pack(before), made), details=False)


@app.command("schema", help=_("Export JSON Schema for editors"))
def export(
    out: Annotated[
        pathlib.Path | None, typer.Option(file_okay=False, help=_("Folder for one file a kind"))
    ] = None,
) -> None:
    schemas = schema.export()
    if out is None:
        typer.echo(_json(schemas["all"]))
        return
    out.mkdir(parents=True, exist_ok=True)
    for name, content in schemas.items():
        (out / f"{name}.schema.json").write_text(_json(content) + "\n")
    typer.echo(_("{count} schemas written to {folder}").format(count=len(schemas), folder=out))


@app.command("list", help=_("List the packs at hand and the releases made"))
def list_() -> None:
    from yiwang.kernel.releases import queries

    for code in loading.codes([settings.PACKS_ROOT]):
        typer.echo(f"{code}\t{settings.PACKS_ROOT / code}")
    for index, release in enumerate(queries.history()):
        when = release.published_at.astimezone().strftime("%Y-%m-%d %H:%M")
        mark = _("current") if index == 0 else ""
        columns = (f"#{release.pk}", release.pack, release.digest[:12], when, release.published_by, mark)
        typer.echo("\t".join(columns).rstrip())


@app.command(help=_("Show what a release holds"))
def show(
    release: Subject,
    as_json: Annotated[bool, typer.Option("--json", help=_("Print the whole content as JSON"))] = False,
) -> None:
    made = _subject(release)
    if as_json:
        typer.echo(_json(made.content()))
        return
    typer.echo(_summary(made))
    for kind, entries in sorted(made.declared.items()):
        typer.echo(f"{kind}\t{len(entries)}")


@app.command(help=_("Compare two releases or packs, entry by entry"))
def diff(before: Subject, after: Subject) -> None:
    _print_changes(comparing.compare(_subject(before), _subject(after)), details=True)


def _load(name: str) -> pack.Pack:
    """Return the pack of that path or name; its problems are raised, a wrong name is a usage error."""
    folder = loading.find(name, [settings.PACKS_ROOT])
    if folder is None and pathlib.Path(name).is_dir():
        folder = pathlib.Path(name)
    if folder is None:
        known = ", ".join(loading.codes([settings.PACKS_ROOT]))
        raise typer.BadParameter(
            _("there is no pack {name}; at hand: {known}").format(name=name, known=known)
        )
    return loading.load(folder, roots=[settings.PACKS_ROOT])


def _subject(word: str) -> pack.Pack:
    """Return the pack that a word of the command line names: a release by number, or a folder."""
    from yiwang.kernel.releases import models, queries

    try:
        number = word.removeprefix("#")
        return queries.pack(int(number)) if number.isascii() and number.isdigit() else _load(word)
    except (models.Release.DoesNotExist, OverflowError):
        raise typer.BadParameter(_("there is no release {number}").format(number=word)) from None
    except problems.PackInvalid as invalid:
        _complain(invalid.problems)
        raise typer.Exit(1) from None


def _refuse_switch(made: pack.Pack, switch: bool) -> None:
    """Ask for --switch before every place and organisation of another pack would be closed."""
    from yiwang.kernel.releases import queries

    newest = queries.history().first()
    if newest and newest.pack != made.code and not switch:
        words = _("the current release is of pack {current}; add --switch to replace it with {new}")
        raise typer.BadParameter(words.format(current=newest.pack, new=made.code))


def _examples_hold(made: pack.Pack) -> bool:
    """Run and report a pack's examples; return whether all of them hold."""
    results = examples.run(made)
    _complain([failure for result in results for failure in result.failures])
    holding = sum(result.holds for result in results)
    words = _("{pack}: {holding} of {count} examples hold")
    typer.echo(words.format(pack=made.code, holding=holding, count=len(results)))
    return holding == len(results)


def _summary(made: pack.Pack) -> str:
    count = sum(len(entries) for entries in made.declared.values())
    packs = ", ".join(header.pack for header in made.headers)
    words = _("{name}: {count} entries from {packs}; digest {digest}")
    name = made.name.in_language(language.current())
    return words.format(name=name, count=count, packs=packs, digest=made.digest[:12])


def _complain(found: Iterable[problems.Problem]) -> None:
    ordered = problems.in_order(found)
    for problem in ordered[:SHOWN]:
        typer.echo(problem.render(language.current()))
    if len(ordered) > SHOWN:
        typer.echo(_("… and {count} more problems").format(count=len(ordered) - SHOWN))


def _print_changes(changes: list[comparing.Change], *, details: bool) -> None:
    marks = {"added": "+", "removed": "-", "changed": "~"}
    if not details:
        counted = Counter((change.kind, change.what) for change in changes)
        for (kind, what), count in counted.items():
            typer.echo(f"{marks[what]} {kind} × {count}")
        return
    for change in changes:
        typer.echo(f"{marks[change.what]} {change.kind} {change.code}")
        for found in change.differences:
            typer.echo(f"    {found.path}: {_short(found.before)} → {_short(found.after)}")


def _short(value: object) -> str:
    written = json.dumps(value, ensure_ascii=False)
    return written if len(written) <= 80 else written[:80] + "…"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
