"""Search keys: whatever phrase a text holds leads to it, whichever of its keys are common."""

import pytest
from django.db import connection
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.cases import make
from yiwang.cases import models
from yiwang.cases.actions import following
from yiwang.cases.logic import grams
from yiwang.cases.queries import rarity, visible

TEXTS = st.text(alphabet="路灯不亮 道Ａab", min_size=2, max_size=30)


@given(TEXTS, st.data())
def test_a_text_holds_the_keys_of_every_phrase_in_it(text, data):
    plain = grams.normal(text)
    assume(len(plain) >= 2)
    start = data.draw(st.integers(0, len(plain) - 2))
    phrase = plain[start : data.draw(st.integers(start + 2, len(plain)))]
    assert set(grams.keys(phrase)) <= set(grams.grams(text))


@pytest.mark.parametrize(
    ("phrase", "count"), [("", 0), ("路", 0), ("路灯", 1), ("路灯不", 1), ("路灯不亮", 2)]
)
def test_a_phrase_is_looked_up_by_triples_or_its_one_pair(phrase, count):
    assert len(grams.keys(phrase)) == count


@pytest.fixture
def statistics(monkeypatch):
    """Let the statistics be asked anew, now and after the test."""
    monkeypatch.setattr(rarity, "_known", (0.0, {}))


@pytest.mark.django_db
@pytest.mark.usefixtures("statistics")
def test_common_keys_come_from_the_servers_statistics():
    make.published()
    common = make.cases(60)
    rare = make.case(title="窨井盖丢了", category="lamp", area="510107")
    following.index([one.id for one in (*common, rare)])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE cases_searchable")
    common_key, rare_key = grams.keys("没有灯")[0], grams.keys("盖丢了")[0]
    assert rarity.selective([common_key, rare_key]) == [rare_key]
    everything = models.Case.objects.all()
    assert visible.matching(everything, "晚上没有灯").count() == 61
    assert visible.matching(everything, "窨井盖").get().pk == rare.id
    assert not visible.matching(everything, "晚上盖丢了").exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("statistics")
def test_without_statistics_all_keys_are_rare():
    assert rarity.selective([3, 1, 2]) == [3, 1, 2]
