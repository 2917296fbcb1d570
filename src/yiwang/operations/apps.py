from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OperationsConfig(AppConfig):
    name = "yiwang.operations"
    label = "operations"

    def ready(self) -> None:
        from yiwang.cases.definitions import events
        from yiwang.kernel.outbox import definitions as outbox
        from yiwang.operations import handlers, queries
        from yiwang.ui import menus

        outbox.registry.on(events.CaseOpened, "operations.count", handlers.count)
        outbox.registry.on(events.CaseMoved, "operations.count", handlers.count)
        menus.registry.add(
            menus.Entry(area="desk", label=_("One screen"), icon="map", url_name="wall", group=_("Overview"),
                        order=90, visible=lambda actor: bool(queries.areas(actor)))
        )  # fmt: skip
