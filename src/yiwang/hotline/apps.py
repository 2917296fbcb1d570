from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HotlineConfig(AppConfig):
    name = "yiwang.hotline"
    label = "hotline"

    def ready(self) -> None:
        from yiwang.hotline.definitions import intake
        from yiwang.hotline.logic import proving
        from yiwang.hotline.queries import agents
        from yiwang.packs import kinds
        from yiwang.ui import menus

        kinds.registry.register(kinds.Kind("intake", intake.Intake, check=proving.intakes))
        menus.registry.add(
            menus.Entry(area="desk", label=_("File a call"), icon="phone-call", url_name="hotline-new",
                        group=_("Hotline"), order=10, visible=agents.may_file)
        )  # fmt: skip
