"""Check before publishing: no open action of a flow whose roles nobody holds, here or by the pack itself."""

from collections.abc import Iterator

from django.utils import timezone

from yiwang.cases.definitions.flows import Action, Flow, Who
from yiwang.kernel.access.definitions import Role
from yiwang.kernel.people import queries as people
from yiwang.packs.pack import Pack
from yiwang.packs.problems import Problem


def roles(pack: Pack) -> Iterator[Problem]:
    """Yield every action that nobody could take. Before anyone holds a role of the flows, posts are yet to come."""
    held = set(people.posts_on(timezone.localdate()).values_list("role", flat=True).distinct())
    flows = pack.entries(Flow).values()
    if not held & {role for flow in flows for action in flow.actions.values() for role in _roles(action)}:
        return
    for flow in flows:
        for name, action in flow.actions.items():
            needed = _roles(action)
            if needed and not needed & held:
                names = "、".join(str(pack.entries(Role)[role].name) for role in sorted(needed))
                yield pack.problem(
                    flow, "actions", name, "who",
                    zh=f"没有人担任“{names}”，无人能办“{action.name}”",
                    en=f"nobody holds any of {', '.join(sorted(needed))}: nobody could do this",
                )  # fmt: skip


def _roles(action: Action) -> set[str]:
    """Return the roles an action needs; empty where the system or the citizen may take it too."""
    if {"system", "reporter"} & {who for who in action.who if isinstance(who, str)}:
        return set()
    return {who.role for who in action.who if isinstance(who, Who)}
