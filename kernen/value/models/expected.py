"""What the estimates stand on, what was expected when, and what came of it."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernen.initiatives.models import Initiative
from kernen.lib.append_only import AppendOnly
from kernen.lib.audit import Audited
from kernen.lib.cpr import refuse_cpr
from kernen.parties.models import Person

from .amount import NOT_NEGATIVE, YEAR, OfParty, Party, not_negative


class Terms(models.Model):
    """What an initiative's estimates stand on, for all of its rows."""

    initiative = models.OneToOneField(Initiative, models.CASCADE, related_name="terms")
    hourly_rate = not_negative(_("kroner an hour"), digits=8)
    within = models.PositiveSmallIntegerField(
        _("to be paid back within so many years"),
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(30)],
    )
    assumed = models.TextField(_("what is assumed"), blank=True, validators=[refuse_cpr])

    history = Audited()

    class Meta:
        verbose_name = _("terms of the estimates")
        verbose_name_plural = _("terms of the estimates")
        constraints = [
            models.CheckConstraint(
                name="terms_rate_not_negative",
                condition=Q(hourly_rate=None) | Q(hourly_rate__gte=0),
            ),
            models.CheckConstraint(
                name="terms_within_some_years", condition=Q(within__gte=1, within__lte=30)
            ),
        ]

    def __str__(self) -> str:
        return str(self.initiative)


class Locked(AppendOnly):
    """All gains and costs and what was reckoned of them, as they stood when a decision was taken.

    Of several of one stage the last counts."""

    class Stage(models.TextChoices):
        TARGET = "target", pgettext_lazy("of estimates", "Target")
        FORECAST = "forecast", pgettext_lazy("of estimates", "Forecast")

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="locked_values")
    stage = models.CharField(
        pgettext_lazy("of estimates", "target or forecast"), max_length=10, choices=Stage
    )
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(Person, models.PROTECT, related_name="locked_values")
    content = models.JSONField(_("what stood there"), default=dict)

    class Meta:
        verbose_name = _("locked estimates")
        verbose_name_plural = _("locked estimates")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="locked_stage_known", condition=Q(stage__in=["target", "forecast"])
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()}, {self.at:%Y-%m-%d}"


class Actual(OfParty, AppendOnly):
    """What a party paid and gained in a year; what is reported later of the same counts instead."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="actuals")
    year = models.PositiveSmallIntegerField(_("year"), validators=YEAR)
    paid = models.DecimalField(
        _("paid, kroner"), max_digits=14, decimal_places=2, validators=NOT_NEGATIVE
    )
    gained = models.DecimalField(
        _("gained, kroner"), max_digits=14, decimal_places=2, validators=NOT_NEGATIVE
    )
    words = models.TextField(_("what the figures stand on"), validators=[refuse_cpr])
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(Person, models.PROTECT, related_name="actuals")

    class Meta:
        verbose_name = _("actual figures")
        verbose_name_plural = _("actual figures")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="actual_party_known", condition=Q(party__in=Party.values)),
            models.CheckConstraint(
                name="actual_not_negative", condition=Q(paid__gte=0, gained__gte=0)
            ),
            models.CheckConstraint(name="actual_says_why", condition=~Q(words="")),
        ]

    def __str__(self) -> str:
        return f"{self.who}, {self.year}"

    @property
    def net(self) -> float:
        return float(self.gained - self.paid)
