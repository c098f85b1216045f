from django.apps import AppConfig

from kernen.journey.management import fitness  # noqa: F401 - its checks register themselves


class Journey(AppConfig):
    """Pages made of all the other rooms; no tables."""

    name = "kernen.journey"
