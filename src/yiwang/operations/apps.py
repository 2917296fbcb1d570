from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "yiwang.operations"
    label = "operations"
