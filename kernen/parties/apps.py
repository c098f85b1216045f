from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Parties(AppConfig):
    name = "kernen.parties"
    verbose_name = _("Who takes part")
