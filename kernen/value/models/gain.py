"""What somebody gains, and how well it is known."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernen.lib.audit import Audited
from kernen.lib.cpr import refuse_cpr
from kernen.parties.models import Person

from ..money import plain
from .amount import Amount, held


class Kind(models.TextChoices):
    CITIZEN = "citizen", pgettext_lazy("kind of gain", "For the citizen")
    HEALTH = "health", pgettext_lazy("kind of gain", "Health")
    ECONOMY = "economy", pgettext_lazy("kind of gain", "Economy")


class Basis(models.TextChoices):
    DOCUMENTED = "documented", pgettext_lazy("a gain is", "Documented")
    ASSESSED = "assessed", pgettext_lazy("a gain is", "Assessed")
    UNKNOWN = "unknown", pgettext_lazy("a gain is", "Unknown")


def basis_of(shown: Iterable[bool], *, asked: bool) -> Basis:
    """How well a gain is known: documented where any of its evidence shows it now; unknown where
    somebody is to find it out; else it is what people assess. It is never stored."""
    if any(shown):
        return Basis.DOCUMENTED
    return Basis.UNKNOWN if asked else Basis.ASSESSED


class Gain(Amount):
    """A gain of one kind for one party: words, a figure where there is one, and kroner where it is
    one of money. Whether it is documented follows from its evidence."""

    class Per(models.TextChoices):
        YEAR = "year", pgettext_lazy("so much", "a year")
        CITIZEN = "citizen", pgettext_lazy("so much", "for each citizen")
        ALL = "all", pgettext_lazy("so much", "in all")

    kind = models.CharField(
        pgettext_lazy("of a gain", "kind"), max_length=10, choices=Kind, editable=False
    )
    figure = models.DecimalField(
        pgettext_lazy("how many", "figure"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
    )
    unit = models.CharField(_("unit"), max_length=40, blank=True, validators=[refuse_cpr])
    per = models.CharField(_("per"), max_length=10, choices=Per, default=Per.YEAR)
    finds_out = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="finds_out",
        verbose_name=_("who finds out"),
    )
    find_by = models.DateField(_("by when"), null=True, blank=True)

    history = Audited()

    class Meta(Amount.Meta):
        verbose_name = _("gain")
        verbose_name_plural = _("gains")
        constraints = [
            *held("gain", required=False),
            models.CheckConstraint(name="gain_kind_known", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(
                name="gain_in_kroner_is_economy",
                condition=Q(kind=Kind.ECONOMY.value) | Q(likely=None),
            ),
            models.CheckConstraint(
                name="gain_figure_has_unit", condition=Q(figure=None) | ~Q(unit="")
            ),
            models.CheckConstraint(
                name="gain_found_out_by_somebody_by_a_day",
                condition=Q(finds_out=None, find_by=None)
                | Q(finds_out__isnull=False, find_by__isnull=False),
                violation_error_message=_("Say both who finds out, and by which day."),
            ),
        ]

    @property
    def figure_said(self) -> str:
        return "" if self.figure is None else plain(self.figure)

    def get_absolute_url(self) -> str:
        return reverse("gain", args=[self.pk])
