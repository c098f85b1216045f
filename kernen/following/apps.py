from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Following(AppConfig):
    name = "kernen.following"
    verbose_name = _("Following")
