from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "kernen.ui"
    verbose_name = "The screen"
