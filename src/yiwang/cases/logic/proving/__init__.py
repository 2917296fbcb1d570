"""Prove declarations before they are published: flows that reach and end, lists that answer, roles that exist.

Each proof yields problems with the file and line of what is wrong. Run by the pack engine for every pack.
"""

from collections.abc import Iterator

from yiwang.cases.definitions.flows import Flow
from yiwang.cases.logic import expressions
from yiwang.cases.logic.proving import graph, machine, names
from yiwang.cases.logic.proving.lists import categories, responsibilities
from yiwang.packs.pack import Pack
from yiwang.packs.problems import Problem

__all__ = ["categories", "flows", "responsibilities"]


def flows(pack: Pack) -> Iterator[Problem]:
    """Prove every flow of a pack; what a flow does is proved once all that it names exists."""
    for flow in pack.entries(Flow).values():
        found = [*names.problems(pack, flow), *expressions.problems(pack, flow)]
        yield from found
        if not found:
            yield from graph.problems(pack, flow)
            yield from machine.problems(pack, flow)
