from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "yiwang.operations"
    label = "operations"

    def ready(self) -> None:
        from yiwang.cases.definitions import events
        from yiwang.kernel.outbox import definitions as outbox
        from yiwang.operations import handlers

        outbox.registry.on(events.CaseOpened, "operations.count", handlers.count)
        outbox.registry.on(events.CaseMoved, "operations.count", handlers.count)
