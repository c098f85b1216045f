from importlib import import_module

from django.apps import AppConfig


class Journey(AppConfig):
    """Pages made of all the other rooms; no tables."""

    name = "kernen.journey"

    def ready(self) -> None:
        import_module("kernen.journey.management.fitness")  # its checks register themselves
