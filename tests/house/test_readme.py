"""The READMEs and the documents are true: links lead somewhere, accounts exist, rooms are the rooms there are."""

import re

import pytest
import yaml

from tests.house import sources

DOCUMENTS = sorted([*sources.ROOT.glob("*.md"), *(sources.ROOT / "docs").rglob("*.md")])
DEMO = yaml.safe_load((sources.ROOT / "packs/chengdu/demo/demo.yaml").read_text())
READMES = ("README.md", "README.zh-CN.md")


def anchors(text: str) -> set[str]:
    """Return the anchors of a document's headings, as they are usually made."""
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda one: one.name)
def test_links_lead_somewhere(document):
    for target in re.findall(r"\]\(([^)\s]+)\)", document.read_text()):
        if "://" in target:
            continue
        path, _, anchor = target.partition("#")
        file = (document.parent / path).resolve() if path else document
        assert file.exists(), target
        assert not anchor or anchor in anchors(file.read_text()), target


@pytest.mark.parametrize("name", READMES)
def test_the_accounts_are_those_of_the_demonstration(name: str):
    rows = [
        line.split("|")[2] for line in (sources.ROOT / name).read_text().splitlines() if line.startswith("| ")
    ]
    named = {account for cell in rows for account in re.findall(r"`([a-z-]+)`", cell)}
    assert named == {one["username"] for one in DEMO["accounts"] if one.get("show")}
    assert f"`{DEMO['password']}`" in (sources.ROOT / name).read_text()


def test_the_rooms_in_the_document_are_the_rooms_there_are():
    text = (sources.ROOT / "docs/architecture.md").read_text()
    named = set(re.findall(r"^\| `((?:kernel\.)?\w+)` \| \w+ \|", text, re.MULTILINE))
    package = sources.ROOT / "src/yiwang"
    rooms = {one.parent.name for one in package.glob("*/__init__.py")} - {"kernel", "site"}
    drawers = {f"kernel.{one.parent.name}" for one in package.glob("kernel/*/__init__.py")}
    assert named == rooms | drawers


def test_decisions_are_numbered_once():
    numbers = [one.name[:4] for one in (sources.ROOT / "docs/decisions").glob("*.md")]
    assert sorted(numbers) == [f"{number:04}" for number in range(1, len(numbers) + 1)]
