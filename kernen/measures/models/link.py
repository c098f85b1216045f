"""A standing question by e-mail: its link takes in the figures of one series, and no more."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kernen.lib.audit import Audited
from kernen.parties.models import Asked, MailedQuerySet, Person

from .measure import Series

#: For so many days a link holds from when it was asked, or last used: the next figure is due within
#: them, and whoever gives none is in time asked no more.
LASTS = {"day": 30, "week": 60, "month": 100, "quarter": 200, "year": 430}


class FiguresLinkQuerySet(MailedQuerySet):
    def waiting(self) -> Self:
        return self.filter(withdrawn_at=None)

    def in_vain(self) -> Self:
        return self.filter(given_at=None)


class FiguresLink(Asked):
    """`by` asked for the figures of a series from now on. It is for `person`; or for whoever is
    typed in `name` and `title`, who becomes a person by giving a figure.

    `period` is the one that the latest e-mail asks for, and `asks_on` the day from which the next
    one does."""

    class Occasion(models.TextChoices):
        ASKED = "asked", _("Asked")
        DUE = "due", _("A figure is due")

    series = models.ForeignKey(Series, models.PROTECT, related_name="figures_links")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="figures_links"
    )
    occasion = models.CharField(
        _("why it was sent"), max_length=20, choices=Occasion, default=Occasion.ASKED
    )
    period = models.DateField(_("period"), null=True, blank=True)
    asks_on = models.DateField(_("asks again on"))
    given_at = models.DateTimeField(_("last figure given"), null=True, blank=True)

    objects = FiguresLinkQuerySet.as_manager()
    history = Audited(leave_out=("tries", "again_at", "sent_at"))

    class Meta(Asked.Meta):
        verbose_name = _("link for figures")
        verbose_name_plural = _("links for figures")
        constraints = [
            *Asked.Meta.constraints,
            models.UniqueConstraint(
                name="figureslink_once_at_a_time",
                fields=["series", "email"],
                condition=Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="figureslink_given_by_somebody",
                condition=Q(given_at__isnull=True) | Q(person__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["again_at"],
                name="figureslink_waits",
                condition=Q(sent_at=None, withdrawn_at=None),
            ),
            models.Index(
                fields=["asks_on"], name="figureslink_asks", condition=Q(withdrawn_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series}: {self.to}"

    def get_absolute_url(self) -> str:
        return reverse("figures_link", args=[self.pk])

    @property
    def to_title(self) -> str:
        return self.title or (self.person.title if self.person else "")

    def signed(self) -> str:
        return f"{super().signed()}:{self.series_id}"

    def holds_until(self) -> date:
        """The last day on which it holds when it is used today."""
        return timezone.localdate() + timedelta(days=LASTS[self.series.measure.frequency])
