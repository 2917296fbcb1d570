from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "yiwang.kernel.places"
    label = "places"
