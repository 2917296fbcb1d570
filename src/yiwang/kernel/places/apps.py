from django.apps import AppConfig

from yiwang.kernel.places import definitions, logic
from yiwang.packs import kinds


class PlacesConfig(AppConfig):
    name = "yiwang.kernel.places"
    label = "places"

    def ready(self) -> None:
        from yiwang.kernel.places import actions
        from yiwang.kernel.releases import definitions as releases

        kinds.registry.register(kinds.Kind("areas", definitions.Area, check=logic.check_areas))
        kinds.registry.register(kinds.Kind("outlines", definitions.Outlines, check=logic.check_outlines))
        releases.installers.add("places", actions.install)
