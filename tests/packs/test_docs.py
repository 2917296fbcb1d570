"""docs/packs.md is true: its smallest pack loads and its example holds, its kinds are the registered ones."""

import pathlib
import re

from django.conf import settings

from yiwang.packs import examples, kinds, loading

DOCUMENT = (pathlib.Path(__file__).parents[2] / "docs" / "packs.md").read_text()
FILE = re.compile(r"^`(park/\S+)`\n\n```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_smallest_pack_works_as_it_stands(tmp_path):
    for name, content in FILE.findall(DOCUMENT):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content)
    park = loading.load(tmp_path / "park", roots=[settings.PACKS_ROOT])
    results = examples.run(park)
    assert len(results) == 1
    assert results[0].holds, results[0].failures[0].render()


def test_the_kinds_in_the_document_are_the_registered_ones():
    table = DOCUMENT.partition("| kind | declares |")[2].partition("\n\n")[0]
    assert sorted(re.findall(r"^\| `(\S+)` \|", table, re.MULTILINE)) == sorted(kinds.registry.names())
