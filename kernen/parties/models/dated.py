"""What holds from a day to a day."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kernen.lib.shown_day import shown_day


class DatedQuerySet(models.QuerySet[Any]):
    def on(self, day: date) -> Self:
        """What holds on `day`; an open start or end is for ever, and both days are included."""
        return self.filter(
            Q(start__isnull=True) | Q(start__lte=day), Q(end__isnull=True) | Q(end__gte=day)
        )

    def current(self) -> Self:
        """What holds today: for rules, and for what a form offers."""
        return self.on(date.today())

    def shown(self) -> Self:
        """What holds on the day whose structure the page shows."""
        return self.on(shown_day())


class Dated(models.Model):
    """Holds from `start` to `end`, both included; an empty date is open."""

    start = models.DateField(_("from"), null=True, blank=True)
    end = models.DateField(_("to"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True

    def holds(self) -> bool:
        """Whether it holds on the day shown, of a row at hand; `shown` asks the database."""
        return self.nearest(shown_day()) == shown_day()

    def nearest(self, day: date) -> date:
        """That day, or the first or last of those on which it holds."""
        return min(max(day, self.start or day), self.end or date.max)

    @staticmethod
    def ends_after_start(name: str) -> models.CheckConstraint:
        return models.CheckConstraint(
            name=name,
            condition=Q(start__isnull=True) | Q(end__isnull=True) | Q(end__gte=F("start")),
            violation_error_message=_("The end must not lie before the start."),
        )
