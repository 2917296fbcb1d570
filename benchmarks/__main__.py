"""`python -m benchmarks [NAME …] [--full]`: measure; each figure is a ratio within this run, with its target.

Short by default; `--full` uses a million stored cases. The results of a run belong in docs/benchmarks.md.
"""

import argparse
import importlib

from benchmarks import home

NAMES = ("casepath", "lifecycle", "spike", "imports", "reads", "ledger", "outbox")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(NAMES)}; all without")
    parser.add_argument(
        "--full", action="store_true", help="with a million stored cases (loaded once, in var/bench)"
    )
    asked = parser.parse_args()
    home.prepare()
    if asked.names[:1] == ["load"]:
        importlib.import_module("benchmarks.loading").work(*map(int, asked.names[1:]))
        return
    figures = importlib.import_module("benchmarks.figures")
    for name in asked.names or NAMES:
        if name not in NAMES:
            parser.error(f"no benchmark {name!r}; there are {', '.join(NAMES)}")
        with figures.table(name):
            importlib.import_module(f"benchmarks.{name}").run(full=asked.full)


if __name__ == "__main__":
    main()
