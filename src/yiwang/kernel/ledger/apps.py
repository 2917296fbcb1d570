from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "yiwang.kernel.ledger"
    label = "ledger"
