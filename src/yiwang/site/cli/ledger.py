"""The commands `ledger …`: check the whole ledger, seal, show heads, write proofs and check them offline.

Before: the operator, or a citizen with a proof file. After: the kernel's ledger; `check` needs no database.
"""

import contextlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from yiwang.site import language
from yiwang.site.language import gettext as _

app = typer.Typer(
    no_args_is_help=True,
    help=_("Prove that no step of any case was altered, removed or reordered."),
)
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)]
Out = Annotated[Path | None, typer.Option("--out", "-o", dir_okay=False, help=_("Write to this file."))]


@app.command(help=_("Check the whole ledger; exit code 1 if anything is wrong."))
def verify(
    head: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help=_("A head saved earlier: history must continue it.")),
    ] = None,
) -> None:
    from yiwang.kernel.ledger import logic, queries
    from yiwang.site import progress

    with _plainly(), progress.console.status(_("Checking the ledger")):
        saved = logic.heads.from_json(_json(head)) if head else None
        report = queries.verify(saved)
    _report(report.findings)
    text = _("{entries} entries, {sealed} sealed").format(entries=report.entries, sealed=report.sealed)
    _verdict(report.sound, text)


@app.command(help=_("Seal everything that is not sealed yet, now."))
def seal() -> None:
    from yiwang.kernel.ledger import actions

    count = 0
    with _plainly():
        while sealed := actions.seal():
            count += sealed
    typer.echo(_("{count} entries sealed").format(count=count))


@app.command(help=_("Show the newest signed head; keep it elsewhere to detect a rewritten history."))
def head(out: Out = None) -> None:
    from yiwang.kernel.ledger import logic, queries

    newest = queries.latest_head()
    if newest is None:
        _fail(_("Nothing is sealed yet."))
    _write(logic.heads.to_json(newest), out)


@app.command(help=_("Write the proof of one case (its number or UUID), to be checked by anyone, offline."))
def prove(word: Annotated[str, typer.Argument(metavar="NUMBER|UUID")], out: Out = None) -> None:
    from yiwang.kernel.ledger import queries

    subject = queries.find(word)
    proof = queries.proof(subject) if subject else None
    if proof is None or not proof["entries"]:
        _fail(_("The ledger knows nothing of {word}.").format(word=word))
    _write(proof, out)


@app.command(help=_("Check a proof file offline, without any database; exit code 1 if it does not hold."))
def check(
    file: File,
    key: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help=_("The published public key (PEM)."))
    ] = None,
) -> None:
    from yiwang.kernel.ledger import logic

    proof = _json(file)
    findings = logic.check_proof(proof, key.read_bytes() if key else None)
    _report(findings)
    steps = len(proof.get("entries", ())) if isinstance(proof, dict) else 0
    _verdict(not any(one.fault for one in findings), _("{count} steps").format(count=steps))


@app.command(help=_("Show the public key (PEM), to be published."))
def key(out: Out = None) -> None:
    from yiwang.kernel.ledger import actions, logic

    with _plainly():
        public = actions.ensure_key().public_key()
    _put(logic.heads.public_pem(public), out)
    typer.echo(_("Key {key}").format(key=logic.heads.key_id(public)), err=True)


@contextlib.contextmanager
def _plainly() -> Iterator[None]:
    """Turn an unusable key or head file into one clear line and exit code 2."""
    from yiwang.kernel.ledger import definitions

    try:
        yield
    except definitions.Refused as refused:
        typer.secho(refused.message(_code()), fg=typer.colors.RED, err=True)
        raise typer.Exit(2) from refused


def _code() -> str:
    return language.CODES[language.current()]


def _json(file: Path) -> Any:
    try:
        return json.loads(file.read_bytes())
    except ValueError as error:
        raise typer.BadParameter(_("{file} is not JSON: {reason}").format(file=file, reason=error)) from error


def _write(data: Any, out: Path | None) -> None:
    _put(json.dumps(data, ensure_ascii=False, indent=1) + "\n", out)


def _put(text: str, out: Path | None) -> None:
    if out is None:
        typer.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8")
        typer.echo(_("Written: {file}").format(file=out))


def _report(findings: Iterable[Any]) -> None:
    for one in findings:
        mark, colour = ("✗", typer.colors.RED) if one.fault else ("!", typer.colors.YELLOW)
        typer.secho(f"{mark} {one.message(_code())}", fg=colour)


def _verdict(sound: bool, text: str) -> None:
    if sound:
        typer.secho(_("✓ Sound · {what}").format(what=text), fg=typer.colors.GREEN)
        return
    typer.secho(_("✗ Not sound · {what}").format(what=text), fg=typer.colors.RED)
    raise typer.Exit(1)


def _fail(text: str) -> NoReturn:
    typer.secho(text, fg=typer.colors.RED, err=True)
    raise typer.Exit(1)
