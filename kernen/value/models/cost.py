"""What somebody pays."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernen.lib.audit import Audited

from .amount import Amount, held


class Cost(Amount):
    """Kroner or hours once, or in each of some years."""

    class Recurs(models.TextChoices):
        ONCE = "once", pgettext_lazy("of a cost", "Once")
        RUNNING = "running", pgettext_lazy("of a cost", "Every year")

    recurs = models.CharField(_("how often"), max_length=10, choices=Recurs, default=Recurs.RUNNING)

    history = Audited()

    class Meta(Amount.Meta):
        verbose_name = _("cost")
        verbose_name_plural = _("costs")
        constraints = [
            *held("cost", required=True),
            models.CheckConstraint(
                name="cost_once_in_one_year",
                condition=~Q(recurs="once") | Q(last_year=F("first_year")),
            ),
        ]

    def get_absolute_url(self) -> str:
        return f"{reverse('value', args=[self.initiative_id])}#cost-{self.pk}"
