from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "yiwang.site"
    label = "site"
