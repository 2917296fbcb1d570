"""What the house tests read: the repository's own files, parsed once."""

import ast
import configparser
import functools
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "yiwang"


@functools.cache
def modules() -> dict[Path, ast.Module]:
    """Return every Python module of the product, migrations excepted."""
    files = sorted(file for file in PACKAGE.rglob("*.py") if "migrations" not in file.parts)
    return {file: ast.parse(file.read_text(), str(file)) for file in files}


@functools.cache
def templates() -> dict[Path, str]:
    """Return every template of the product."""
    return {file: file.read_text() for file in sorted(PACKAGE.rglob("templates/**/*.html"))}


def room(file: Path) -> str:
    """Return the room a file belongs to: `cases`, or `kernel.places` for a drawer."""
    parts = file.relative_to(PACKAGE).parts
    return f"kernel.{parts[1]}" if parts[0] == "kernel" and len(parts) > 2 else parts[0]


@functools.cache
def floors() -> list[set[str]]:
    """Return the floors of .importlinter from the roof down, the kernel's drawers in place of the kernel."""
    contract = configparser.ConfigParser()
    contract.read(ROOT / ".importlinter")
    drawers = [{f"kernel.{name}" for name in names} for names in _layers(contract, "drawers")]
    result: list[set[str]] = []
    for names in _layers(contract, "floors"):
        result += drawers if names == {"kernel"} else [names]
    return result


def _layers(contract: configparser.ConfigParser, name: str) -> list[set[str]]:
    lines = contract[f"importlinter:contract:{name}"]["layers"].split("\n")
    return [{word.strip(" ()") for word in line.split("|")} for line in lines if line.strip()]


def floor(name: str) -> int:
    """Return how far below the roof a room lies."""
    return next(number for number, names in enumerate(floors()) if name in names)


@functools.cache
def tracked() -> list[Path]:
    """Return the files that are, or are about to be, in the repository."""
    listing = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return [ROOT / name for name in listing.split("\0") if name and (ROOT / name).is_file()]
