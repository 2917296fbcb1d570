"""Prove the organisations of a pack: areas, parents and office hours that exist."""

from collections.abc import Container, Iterator

from yiwang.kernel.calendar.definitions import Calendar
from yiwang.kernel.orgs.definitions import Organisation
from yiwang.kernel.places.definitions import Area
from yiwang.packs.pack import Pack
from yiwang.packs.problems import Problem


def check(pack: Pack) -> Iterator[Problem]:
    """Yield what an organisation names but the pack does not declare, and USCCs used twice."""
    declared = pack.entries(Organisation)
    hours = {name for one in pack.entries(Calendar).values() for name in one.hours}
    used: dict[str, str] = {}
    for one in declared.values():
        yield from _missing(pack, one, "area", one.area, pack.entries(Area), "区划代码", "area code")
        yield from _missing(pack, one, "parent", one.parent, declared, "上级单位", "parent organisation")
        yield from _missing(pack, one, "hours", one.hours, hours, "办公时段", "set of office hours")
        if one.uscc and (other := used.setdefault(one.uscc, one.code)) != one.code:
            yield pack.problem(one, "uscc", zh=f"与“{other}”相同", en=f'the same as that of "{other}"')


def _missing(
    pack: Pack, one: Organisation, field: str, value: str | None, known: Container[str], zh: str, en: str
) -> Iterator[Problem]:
    if value and value not in known:
        yield pack.problem(one, field, zh=f"没有{zh}“{value}”", en=f'no {en} "{value}"')
