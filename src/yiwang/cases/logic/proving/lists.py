"""Prove the lists that flows rely on: the category tree and the responsibility list."""

from collections.abc import Iterable, Iterator, Mapping

from yiwang.cases.definitions.categories import Category
from yiwang.cases.definitions.flows import Flow
from yiwang.cases.definitions.responsibilities import Responsibility
from yiwang.cases.logic import routing
from yiwang.kernel.orgs.definitions import Organisation
from yiwang.kernel.places.definitions import Area
from yiwang.packs.pack import Pack
from yiwang.packs.problems import Problem


def categories(pack: Pack) -> Iterator[Problem]:
    """Prove the category tree: parents exist, no loops, flows exist."""
    tree, known = pack.entries(Category), tuple(pack.entries(Flow))
    for category in tree.values():
        if category.parent and category.parent not in tree:
            yield pack.problem(
                category,
                "parent",
                zh=f"没有上级类别“{category.parent}”",
                en=f'no parent category "{category.parent}"',
            )
        elif _loops(category, tree):
            yield pack.problem(category, "parent", zh="上级类别成环", en="the parents go round in a circle")
        if category.flow and category.flow not in known:
            yield pack.problem(
                category,
                "flow",
                zh=f"没有流程“{category.flow}”",
                en=f'no flow "{category.flow}"',
                allowed=known,
            )


def _loops(category: Category, tree: Mapping[str, Category]) -> bool:
    *_, last = routing.lineage(category.code, tree)
    return tree[last].parent is not None and tree[last].parent in tree


def responsibilities(pack: Pack) -> Iterator[Problem]:
    """Prove the responsibility list: names exist, dates are in order, no two lines claim the same."""
    lines = pack.entries(Responsibility)
    for line in lines.values():
        yield from _line(pack, line)
    if lines and not any(line.desk and not line.category and not line.area for line in lines.values()):
        yield pack.problem(
            None,
            zh="责任清单没有兜底的受理台（desk: true，不写 category 和 area）",
            en="the responsibility list has no last desk (desk: true without category and area)",
        )
    yield from _claimed_twice(pack, lines.values())


def _line(pack: Pack, line: Responsibility) -> Iterator[Problem]:
    if line.organisation not in pack.entries(Organisation):
        yield pack.problem(
            line,
            "organisation",
            zh=f"没有单位“{line.organisation}”",
            en=f'no organisation "{line.organisation}"',
        )
    if line.category and line.category not in pack.entries(Category):
        yield pack.problem(
            line, "category", zh=f"没有类别“{line.category}”", en=f'no category "{line.category}"'
        )
    if line.area and line.area not in pack.entries(Area):
        yield pack.problem(line, "area", zh=f"没有区划代码“{line.area}”", en=f'no area code "{line.area}"')
    if line.valid_from and line.valid_to and line.valid_to < line.valid_from:
        yield pack.problem(line, "valid_to", zh="有效期止早于起", en="it ends before it begins")
    if not (line.desk or line.category):
        yield pack.problem(
            line, "category", zh="除受理台外，每行都要写类别", en="every line but a desk names a category"
        )


def _claimed_twice(pack: Pack, lines: Iterable[Responsibility]) -> Iterator[Problem]:
    groups: dict[tuple[object, ...], list[Responsibility]] = {}
    for line in lines:
        groups.setdefault((line.category, line.area, line.desk), []).append(line)
    for group in groups.values():
        for index, line in enumerate(group):
            for other in group[:index]:
                if _overlap(line, other):
                    yield pack.problem(
                        line,
                        zh=f"与“{other.code}”同时生效，责任不唯一",
                        en=f'in force together with "{other.code}"',
                    )


def _overlap(one: Responsibility, other: Responsibility) -> bool:
    starts_before = one.valid_from is None or other.valid_to is None or one.valid_from <= other.valid_to
    ends_after = one.valid_to is None or other.valid_from is None or other.valid_from <= one.valid_to
    return starts_before and ends_after
