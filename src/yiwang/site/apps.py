from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "yiwang.site"
    label = "site"

    def ready(self) -> None:
        from yiwang.packs import kinds
        from yiwang.site.demo import checking, definitions

        kinds.registry.register(kinds.Kind("demo", definitions.Demonstration, check=checking.demonstrations))
        kinds.registry.register(kinds.Kind("demo-stories", definitions.Story, check=checking.stories))
        kinds.registry.register(kinds.Kind("demo-plots", definitions.Plot, check=checking.plots))
