from django.apps import AppConfig


class OrgsConfig(AppConfig):
    name = "yiwang.kernel.orgs"
    label = "orgs"
