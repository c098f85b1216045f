from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class Journey(AppConfig):
    """Pages made of all the other rooms; no tables."""

    name = "kernen.journey"

    def ready(self) -> None:
        import_module("kernen.journey.management.fitness")  # its checks register themselves
        owning = import_module("kernen.lib.owning")  # knows models, so not before they are there
        post_migrate.connect(owning.after_migrating, sender=self)
