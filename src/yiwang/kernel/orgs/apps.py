from django.apps import AppConfig


class OrgsConfig(AppConfig):
    name = "yiwang.kernel.orgs"
    label = "orgs"

    def ready(self) -> None:
        from yiwang.kernel.orgs import actions, definitions, logic
        from yiwang.kernel.releases import definitions as releases
        from yiwang.packs import kinds

        kinds.registry.register(kinds.Kind("organisations", definitions.Organisation, check=logic.check))
        releases.installers.add("orgs", actions.install)
