"""Organisations follow the published pack: those gone from it are closed, never deleted."""

import pytest
from django.conf import settings

from tests.cases import make as town
from yiwang.kernel.orgs import models, queries
from yiwang.kernel.releases import actions as releases
from yiwang.packs import loading

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def published(db):
    releases.publish(town.pack())


def changed(tmp_path, **words):
    """Return the town with words replaced in its organisations."""
    (tmp_path / "town").mkdir()
    for file in (town.DATA / "town").iterdir():
        content = file.read_text()
        for before, after in words.items() if file.name == "organisations.yaml" else ():
            content = content.replace(before, after)
        (tmp_path / "town" / file.name).write_text(content)
    return loading.load(tmp_path / "town", roots=[settings.PACKS_ROOT])


def test_the_pack_becomes_rows():
    assert models.Organisation.objects.count() == 6
    assert queries.names({"urban", "nothing"}) == {"urban": "武侯区城管局"}


def test_changes_are_followed_and_what_is_gone_is_closed(tmp_path):
    releases.publish(changed(tmp_path, 锦江区城管局="锦江区综合执法局", jinjiang="jinjiang-new"))
    old, new = models.Organisation.objects.in_bulk(["jinjiang", "jinjiang-new"]).values()
    assert (old.active, new.active) == (False, True)
    assert new.name == "锦江区综合执法局"
    assert "jinjiang" not in queries.active().values_list("code", flat=True)
    releases.publish(town.pack())
    assert models.Organisation.objects.get(code="jinjiang").active


def test_parents_are_linked_whatever_the_order(tmp_path):
    releases.publish(changed(tmp_path, **{"武侯区城管局,": "武侯区城管局, parent: yulin,"}))
    assert models.Organisation.objects.get(code="urban").parent_id == "yulin"


def test_organisations_are_found_by_code_name_and_words():
    assert queries.named("urban").code == "urban"
    assert queries.named("武侯区城管局").code == "urban"
    assert queries.named("城管局") is None
    assert [one.code for one in queries.search("城管")] == ["jinjiang", "urban"]
    assert [one.code for one in queries.search("城管", ["510107"])] == ["urban"]
    assert not queries.search("城管", [])
    assert [one.code for one in queries.search("YULIN")] == ["yulin"]
