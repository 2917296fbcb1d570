"""How figures are shown: one line each, with ratio and target, as rows for the table in docs/benchmarks.md."""

import contextlib
import platform
import statistics
import time
from collections.abc import Callable, Iterator, Sequence

from benchmarks import stage


@contextlib.contextmanager
def table(name: str) -> Iterator[None]:
    """Frame the lines of one benchmark."""
    begun = time.monotonic()
    print(f"\n## {name} ({platform.machine()}, Python {platform.python_version()})", flush=True)
    yield
    print(f"   {stage.server_version()}, took {time.monotonic() - begun:.0f} s", flush=True)


def line(
    what: str, figure: str, ratio: float | None = None, target: float | None = None, *, least: bool = True
) -> None:
    """Print one figure; `least` says that the ratio should be at least the target, else at most."""
    verdict = ""
    if ratio is not None and target is not None:
        met = ratio >= target if least else ratio <= target
        verdict = f"  target {'≥' if least else '≤'} {target:g}  {'met' if met else 'NOT met'}"
    shown = "" if ratio is None else f"  ratio {ratio:.2f}"
    print(f"{what:<58} {figure:>16}{shown}{verdict}", flush=True)


def percentiles(times: Sequence[float]) -> tuple[float, float]:
    """Return the 50th and the 95th per cent of some times."""
    cuts = statistics.quantiles(times, n=20) if len(times) > 1 else [times[0]] * 19
    return cuts[9], cuts[18]


def milliseconds(what: Callable[[], object], times: int) -> list[float]:
    """Return how long something took, each of so many times."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        what()
        taken.append(1000 * (time.perf_counter() - begun))
    return taken
