from django.apps import AppConfig

from yiwang.packs import kinds


class AccessConfig(AppConfig):
    name = "yiwang.kernel.access"
    label = "access"

    def ready(self) -> None:
        from yiwang.kernel.access import definitions, queries
        from yiwang.kernel.people import models as people

        kinds.registry.register(kinds.Kind("roles", definitions.Role))
        queries.declare(people.Person, queries.PERSON_RULES)
        queries.declare(people.Post, queries.POST_RULES)
