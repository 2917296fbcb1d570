"""Prove intake declarations: what they name exists, and each channel belongs to one intake."""

from collections.abc import Iterator

from yiwang.cases.definitions.categories import Category
from yiwang.cases.definitions.flows import Flow
from yiwang.hotline.definitions.intake import DOORS, Intake
from yiwang.hotline.logic import desk
from yiwang.kernel.access.definitions import Role
from yiwang.kernel.places.definitions import Area
from yiwang.packs.pack import Pack
from yiwang.packs.problems import Problem

LONGEST_CHANNEL = 20


def intakes(pack: Pack) -> Iterator[Problem]:
    """Yield what is wrong with a pack's intakes; a pack without any is left alone."""
    declared = pack.entries(Intake)
    owners: dict[str, str] = {}
    for one in declared.values():
        yield from _names(pack, one)
        for channel in one.channels:
            yield from _channel(pack, one, channel, owners.setdefault(channel, one.code))
    for door in desk.missing_doors(declared.values()) if declared else ():
        zh, en = f"没有渠道“{door}”的受理规则", f'no intake has the channel "{door}"'
        yield pack.problem(next(iter(declared.values())), "channels", zh=zh, en=en, allowed=DOORS)


def _names(pack: Pack, one: Intake) -> Iterator[Problem]:
    named = (
        ("default_flow", [one.default_flow], Flow),
        ("fallback_category", [one.fallback_category], Category),
        ("fallback_area", [one.fallback_area], Area),
        ("opens", list(one.opens), Role),
    )
    for field, codes, model in named:
        known = tuple(pack.entries(model))
        for code in codes:
            if code not in known:
                zh, en = f"没有声明“{code}”", f'"{code}" is not declared'
                yield pack.problem(one, field, zh=zh, en=en, allowed=known if len(known) < 100 else ())


def _channel(pack: Pack, one: Intake, channel: str, owner: str) -> Iterator[Problem]:
    if owner != one.code:
        zh, en = f"渠道“{channel}”已属于“{owner}”", f'channel "{channel}" belongs to "{owner}" already'
        yield pack.problem(one, "channels", channel, zh=zh, en=en)
    if len(channel) > LONGEST_CHANNEL:
        zh, en = (
            f"渠道代码最多 {LONGEST_CHANNEL} 个字符",
            f"a channel code has at most {LONGEST_CHANNEL} characters",
        )
        yield pack.problem(one, "channels", channel, zh=zh, en=en)
