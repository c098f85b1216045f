from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Initiatives(AppConfig):
    name = "kernen.initiatives"
    verbose_name = _("Initiatives")
