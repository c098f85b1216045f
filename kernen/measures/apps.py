from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Measures(AppConfig):
    name = "kernen.measures"
    verbose_name = _("Measures")
