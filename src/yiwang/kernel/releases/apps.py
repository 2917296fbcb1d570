from django.apps import AppConfig


class ReleasesConfig(AppConfig):
    name = "yiwang.kernel.releases"
    label = "releases"
