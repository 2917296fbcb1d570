import functools
from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from yiwang.kernel.access import definitions, logic
from yiwang.packs import kinds


class AccessConfig(AppConfig):
    name = "yiwang.kernel.access"
    label = "access"

    def ready(self) -> None:
        from yiwang.kernel.access import queries
        from yiwang.kernel.people import models as people

        kinds.registry.register(kinds.Kind("roles", definitions.Role))
        queries.declare(people.Person, queries.PERSON_RULES)
        queries.declare(people.Post, queries.POST_RULES)
        self.menus()

    def menus(self) -> None:
        """Link the administration screens for those whose roles carry the permission."""
        from yiwang.ui import menus

        links: tuple[tuple[Any, str, str, definitions.Permission], ...] = (
            (_("People and posts"), "users", "people", "administer-people"),
            (_("Organisations"), "building-community", "organisations", "administer-people"),
            (_("Releases"), "tag", "releases", "publish-packs"),
            (_("Ledger"), "shield-check", "ledger", "read-ledger"),
        )
        for order, (label, icon, name, permission) in enumerate(links, 90):
            menus.registry.add(
                menus.Entry(area="desk", label=label, icon=icon, url_name=name, group=_("Administration"),
                            order=order, visible=functools.partial(self.may, permission))
            )  # fmt: skip

    @staticmethod
    def may(permission: definitions.Permission, actor: logic.Actor) -> bool:
        """Tell whether a link is for this actor."""
        from yiwang.kernel.access import queries

        return queries.may(actor, permission)
