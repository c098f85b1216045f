"""What people judge of a series: where a phase begins, what is the baseline, what happened."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kernen.lib.audit import Audited
from kernen.lib.cpr import refuse_cpr
from kernen.lib.periods import label
from kernen.parties.models import Person

from .measure import Series


class Split(models.Model):
    """A person's judgement that a change has taken: from `period` a phase with its own median."""

    series = models.ForeignKey(Series, models.CASCADE, related_name="splits")
    period = models.DateField(_("first period of the new phase"))
    reason = models.CharField(_("reason"), max_length=300, validators=[refuse_cpr])
    comparable = models.BooleanField(
        _("figures before and after can be compared"), default=True, editable=False
    )
    by = models.ForeignKey(Person, models.PROTECT, related_name="splits")
    at = models.DateTimeField(_("when"), default=timezone.now)

    history = Audited()

    class Meta:
        verbose_name = _("split of a series")
        verbose_name_plural = _("splits of series")
        ordering = ["period"]
        constraints = [
            models.UniqueConstraint(
                name="split_once_a_period",
                fields=["series", "period"],
                violation_error_message=_("The series is already split there."),
            ),
            models.CheckConstraint(name="split_says_why", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.period}: {self.reason}"


class Freeze(models.Model):
    """A person's judgement that the figures up to `period` are the baseline: the line is drawn
    through them and extended over what comes after, as far as the phase goes."""

    series = models.ForeignKey(Series, models.CASCADE, related_name="freezes")
    period = models.DateField(_("last period of the baseline"))
    reason = models.CharField(_("reason"), max_length=300, validators=[refuse_cpr])
    by = models.ForeignKey(Person, models.PROTECT, related_name="freezes")
    at = models.DateTimeField(_("when"), default=timezone.now)

    history = Audited()

    class Meta:
        verbose_name = _("frozen baseline")
        verbose_name_plural = _("frozen baselines")
        ordering = ["period"]
        constraints = [
            models.UniqueConstraint(
                name="freeze_once_a_period",
                fields=["series", "period"],
                violation_error_message=_("The baseline is already frozen there."),
            ),
            models.CheckConstraint(name="freeze_says_why", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.period}: {self.reason}"

    @property
    def when(self) -> str:
        """The period in words."""
        return label(self.period, self.series.measure.frequency)


class Annotation(models.Model):
    """What happened at a time that the figures should be read with: a change, a test, an event."""

    series = models.ForeignKey(Series, models.CASCADE, related_name="annotations")
    on = models.DateField(_("day"))
    words = models.CharField(_("what happened"), max_length=150, validators=[refuse_cpr])

    history = Audited()

    class Meta:
        verbose_name = _("note on the time axis")
        verbose_name_plural = _("notes on the time axis")
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.on}: {self.words}"
