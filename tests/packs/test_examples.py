"""The engine's own examples, and every example of every pack that ships, each as a test of its own."""

from collections.abc import Iterator

import pytest
from django.conf import settings

from tests.packs import make
from yiwang.packs import examples, loading, pack, problems, registry

CODES = loading.codes([settings.PACKS_ROOT])


def shipped() -> Iterator[object]:
    for code in CODES:
        try:
            made = loading.load(settings.PACKS_ROOT / code, roots=[settings.PACKS_ROOT])
        except problems.PackInvalid:
            continue  # told by test_a_shipped_pack_is_valid
        for index, (example, _) in enumerate(made.examples):
            yield pytest.param(made, index, id=f"{code}-{index}-{example.name}")


@pytest.mark.parametrize("code", CODES)
def test_a_shipped_pack_is_valid(code):
    loading.load(settings.PACKS_ROOT / code, roots=[settings.PACKS_ROOT])


@pytest.mark.parametrize(("made", "index"), list(shipped()))
def test_a_shipped_example_holds(made: pack.Pack, index: int):
    failures = examples.play(made, index)
    assert not failures, "\n".join(failure.render() for failure in failures)


def test_a_failing_example_says_where_it_stands():
    results = examples.run(make.load(), make.runners_of_tests())
    assert [result.holds for result in results] == [True, False]
    told = results[1].failures[0]
    assert (told.line, told.render("en").partition("days.yaml")[2]) == (
        5,
        ':5: example "算错的例子" fails: 5 != 6',
    )


def test_an_example_that_nobody_can_run_fails():
    results = examples.run(make.load(), registry.Registry("runner"))
    assert results[0].failures[0].message.en == '"days" is not allowed'


def test_a_runner_that_breaks_fails_its_example_only():
    runners = registry.Registry("runner")
    runners.add("days", lambda made, example: 1 // 0 if example.then == 5 else [])
    results = examples.run(make.load(), runners)
    assert [result.holds for result in results] == [False, True]
    assert "ZeroDivisionError" in results[0].failures[0].message.en
