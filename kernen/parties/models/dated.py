"""What holds from a day to a day."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class DatedQuerySet(models.QuerySet[Any]):
    def on(self, day: date) -> Self:
        """What holds on `day`; an open start or end is for ever, and both days are included."""
        return self.filter(
            Q(start__isnull=True) | Q(start__lte=day), Q(end__isnull=True) | Q(end__gte=day)
        )

    def current(self) -> Self:
        return self.on(date.today())


class Dated(models.Model):
    """Holds from `start` to `end`, both included; an empty date is open."""

    start = models.DateField(_("from"), null=True, blank=True)
    end = models.DateField(_("to"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True

    def holds(self) -> bool:
        """Whether it holds today, of a row at hand; `current` asks the database for such rows."""
        today = date.today()
        return (not self.start or self.start <= today) and (not self.end or self.end >= today)

    @staticmethod
    def ends_after_start(name: str) -> models.CheckConstraint:
        return models.CheckConstraint(
            name=name,
            condition=Q(start__isnull=True) | Q(end__isnull=True) | Q(end__gte=F("start")),
            violation_error_message=_("The end must not lie before the start."),
        )
