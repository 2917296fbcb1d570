from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "yiwang.kernel.people"
    label = "people"
