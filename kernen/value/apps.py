from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Value(AppConfig):
    name = "kernen.value"
    verbose_name = _("Value")
