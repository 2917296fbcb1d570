from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    name = "yiwang.cases"
    label = "cases"

    def ready(self) -> None:
        from yiwang.cases import handlers, models
        from yiwang.cases.definitions import categories, events, flows, responsibilities
        from yiwang.cases.logic import examples, proving
        from yiwang.cases.queries import sealed, unheld, visible
        from yiwang.kernel.access import queries as access
        from yiwang.kernel.ledger import definitions as ledger
        from yiwang.kernel.outbox import definitions as outbox
        from yiwang.kernel.releases import definitions as releases
        from yiwang.packs import examples as pack_examples
        from yiwang.packs import kinds

        kinds.registry.register(kinds.Kind("categories", categories.Category, check=proving.categories))
        kinds.registry.register(kinds.Kind("flow", flows.Flow, check=proving.flows))
        kinds.registry.register(
            kinds.Kind("responsibilities", responsibilities.Responsibility, check=proving.responsibilities)
        )
        pack_examples.runners.add("flow", examples.run)
        access.declare(models.Case, visible.RULES)
        releases.checks.add("roles are held", unheld.roles)
        ledger.register(sealed.SOURCE)
        outbox.registry.on(events.CaseOpened, "cases.index", handlers.index)
        outbox.registry.on(events.CaseOpened, "cases.notify", handlers.notify)
        outbox.registry.on(events.CaseMoved, "cases.notify", handlers.notify)
        outbox.registry.on(events.CaseMoved, "cases.answer_merged", handlers.answer_merged)
        self.menus()

    def menus(self) -> None:
        """Link the desk: what waits, everything, what is overdue; and the bell."""
        from yiwang.cases.queries import lists, notices
        from yiwang.ui import menus

        work, entry = _("Work"), menus.Entry
        menus.registry.add(
            entry(area="desk", label=_("To do"), icon="inbox", url_name="desk", query="?tab=todo", group=work,
                  order=10, count=lambda actor: lists.count(actor, "todo"))
        )  # fmt: skip
        menus.registry.add(
            entry(
                area="desk",
                label=_("Cases"),
                icon="folder",
                url_name="desk",
                query="?tab=open",
                group=work,
                order=11,
            )
        )
        menus.registry.add(
            entry(area="desk", label=_("Overdue"), icon="alert-triangle", url_name="desk", query="?tab=overdue",
                  group=work, order=12, count=lambda actor: lists.count(actor, "overdue"))
        )  # fmt: skip
        menus.registry.add(
            entry(area="top", label=_("Notices"), icon="bell", url_name="notices",
                  count=lambda actor: notices.unread(actor.person))
        )  # fmt: skip
