from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "yiwang.ui"
    label = "ui"
