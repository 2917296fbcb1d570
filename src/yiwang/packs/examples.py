"""Examples of a pack: given / when / then, run by `yiwang pack test` and by pytest.

A room registers how examples of its kind are run:

    examples.runners.add("flow", logic.run_example)

Before: `loading`. After: the results are shown, and a pack with a failing example is not published.
"""

import dataclasses
from collections.abc import Callable

from yiwang.packs import pack, problems, registry, wording

Runner = Callable[[pack.Pack, pack.Example], list[str]]
"""Plays an example against a pack and returns what differs from its `then`, one sentence each."""

runners: registry.Registry[Runner] = registry.Registry("example runner")


@dataclasses.dataclass(frozen=True)
class Result:
    """How an example went; it holds if there are no failures."""

    example: pack.Example
    failures: tuple[problems.Problem, ...]

    @property
    def holds(self) -> bool:
        return not self.failures


def run(made: pack.Pack, runners: registry.Registry[Runner] = runners) -> list[Result]:
    """Return the result of every example that the pack itself carries."""
    return [
        Result(example, tuple(play(made, index, runners))) for index, (example, _) in enumerate(made.examples)
    ]


def play(made: pack.Pack, index: int, runners: registry.Registry[Runner] = runners) -> list[problems.Problem]:
    """Return what fails in one example, at the line where it stands."""
    example, origin = made.examples[index]
    if example.kind not in runners:
        return [wording.not_allowed(example.kind, runners.names(), origin.problem, "kind")]
    try:
        failures = runners[example.kind](made, example)
    except Exception as error:  # noqa: BLE001 - one example's fault must not hide the others' results
        failures = [f"{type(error).__name__}: {error}"]
    name = example.name
    return [
        origin.problem(
            zh=f"例子“{name}”不成立：{failure}", en=f'example "{name.in_language("en")}" fails: {failure}'
        )
        for failure in failures
    ]
