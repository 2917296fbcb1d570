from django.apps import AppConfig


class HotlineConfig(AppConfig):
    name = "yiwang.hotline"
    label = "hotline"

    def ready(self) -> None:
        from yiwang.hotline.definitions import intake
        from yiwang.hotline.logic import proving
        from yiwang.packs import kinds

        kinds.registry.register(kinds.Kind("intake", intake.Intake, check=proving.intakes))
