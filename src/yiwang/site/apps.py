from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "yiwang.site"
    label = "site"

    def ready(self) -> None:
        from yiwang.packs import kinds
        from yiwang.site import branding
        from yiwang.site.demo import checking, definitions
        from yiwang.ui import shell

        kinds.registry.register(kinds.Kind("demo", definitions.Demonstration, check=checking.demonstrations))
        kinds.registry.register(kinds.Kind("demo-stories", definitions.Story, check=checking.stories))
        kinds.registry.register(kinds.Kind("demo-plots", definitions.Plot, check=checking.plots))
        shell.provide(brand=branding.brand, standing=branding.standing)
