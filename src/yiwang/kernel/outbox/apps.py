from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "yiwang.kernel.outbox"
    label = "outbox"
