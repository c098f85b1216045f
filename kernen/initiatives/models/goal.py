"""What an initiative aims at."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kernen.lib.audit import Audited
from kernen.lib.cpr import refuse_cpr


class Dimension(models.TextChoices):
    """The Triple Aim: three things at once (Berwick, Nolan & Whittington 2008)."""

    HEALTH = "health", _("Better health")
    EXPERIENCE = "experience", _("Better experience")
    COST = "cost", _("Lower or better-used cost")


class Goal(models.Model):
    """What an initiative aims at in one dimension of the Triple Aim."""

    initiative = models.ForeignKey("Initiative", models.CASCADE, related_name="goals")
    dimension = models.CharField(_("dimension"), max_length=10, choices=Dimension)
    words = models.TextField(_("goal"), blank=True, validators=[refuse_cpr])

    history = Audited()

    class Meta:
        verbose_name = _("Triple Aim goal")
        verbose_name_plural = _("Triple Aim goals")
        constraints = [
            models.UniqueConstraint(name="goal_one_a_dimension", fields=["initiative", "dimension"])
        ]

    def __str__(self) -> str:
        return f"{self.get_dimension_display()}: {self.words}"
