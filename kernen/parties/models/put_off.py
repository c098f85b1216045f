"""What a person has put off."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kernen.lib.audit import Audited

from .person import Person


class PutOff(models.Model):
    """Something that waits for a person, out of sight until a day."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="put_off")
    key = models.CharField(_("what waits"), max_length=100)
    until = models.DateField(_("until"))

    history = Audited()

    class Meta:
        verbose_name = _("put off")
        verbose_name_plural = _("put off")
        constraints = [models.UniqueConstraint(name="putoff_once", fields=["person", "key"])]

    def __str__(self) -> str:
        return f"{self.key}: {self.until}"
