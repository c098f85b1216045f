from django.apps import AppConfig


class Journey(AppConfig):
    """Pages made of all the other rooms; no tables."""

    name = "kernen.journey"
