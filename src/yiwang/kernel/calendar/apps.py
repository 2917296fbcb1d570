from django.apps import AppConfig

from yiwang.kernel.calendar import definitions, logic
from yiwang.packs import kinds


class CalendarConfig(AppConfig):
    name = "yiwang.kernel.calendar"
    label = "calendar"

    def ready(self) -> None:
        kinds.registry.register(kinds.Kind("calendar", definitions.Calendar, check=logic.check))
