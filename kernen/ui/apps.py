from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in

from kernen.lib.holds import hold_in_python

from .kept import forget_others


class UiConfig(AppConfig):
    name = "kernen.ui"
    verbose_name = "The screen"

    def ready(self) -> None:
        hold_in_python()
        user_logged_in.connect(forget_others, dispatch_uid="forget_others")
