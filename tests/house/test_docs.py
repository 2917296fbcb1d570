"""What docs/operations.md says about settings and commands is what the code has, both ways."""

import re

import pytest
import typer
from typer.main import get_command

from tests.house import sources
from yiwang.site import cli

OPERATIONS = (sources.ROOT / "docs" / "operations.md").read_text()
READ_HERE = re.compile(r"environ(?:\.get\(|\[)\s*\"([A-Z_]+)\"|envvar=\"([A-Z_]+)\"")
INNER = {"YIWANG_SUPERVISED", "LANG", "DJANGO_SETTINGS_MODULE"}


def settings_in_code() -> set[str]:
    names = set()
    for file in sources.modules():
        names |= {one or other for one, other in READ_HERE.findall(file.read_text())}
    names |= set(re.findall(r"environ\.get\(\"(YIWANG_\w+)\"", (sources.ROOT / "hatch_build.py").read_text()))
    return names - INNER


def commands_in_code(command=None, path: tuple[str, ...] = ()) -> set[str]:
    command = command or get_command(cli.app)
    inner = getattr(command, "commands", None)
    if inner is None:
        return {" ".join(path)}
    return set().union(*(commands_in_code(sub, (*path, name)) for name, sub in inner.items()))


def test_every_setting_is_documented_and_every_documented_one_exists():
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", OPERATIONS, re.MULTILINE))
    assert documented == settings_in_code()


def test_every_command_is_documented_and_every_documented_one_exists():
    documented = set(re.findall(r"^\| `yiwang ([a-z -]+?)(?: [A-Z\[…].*)?` \|", OPERATIONS, re.MULTILINE))
    assert documented == commands_in_code()


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md", "docs/operations.md"])
def test_make_targets_named_in_the_docs_exist(name: str):
    makefile = (sources.ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    assert set(re.findall(r"`make ([a-z-]+)`", (sources.ROOT / name).read_text())) <= targets


def test_the_command_line_is_a_typer_app():
    assert isinstance(cli.app, typer.Typer)
