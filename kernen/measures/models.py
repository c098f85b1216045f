"""How we know that a change is an improvement: measures, their series at places, their points."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernen.initiatives.models import Dimension, Initiative
from kernen.lib.append_only import AppendOnly
from kernen.lib.audit import Audited
from kernen.lib.cpr import refuse_cpr
from kernen.parties.models import Organisation, Person

from .charts.control import CHART_NAMES, RULE_NAMES
from .standing.models import Standing as Standing
from .walls.models import Wall as Wall
from .walls.models import WallChart as WallChart


class Measure(models.Model):
    """An operational definition: what is counted, of whom, from where, and which way is better."""

    class Kind(models.TextChoices):
        OUTCOME = "outcome", _("Outcome measure")
        PROCESS = "process", _("Process measure")
        BALANCING = "balancing", _("Balancing measure")

    class Direction(models.TextChoices):
        UP = "up", _("Higher is better")
        DOWN = "down", _("Lower is better")
        NONE = "", _("Neither")

    class Frequency(models.TextChoices):
        DAY = "day", _("Daily")
        WEEK = "week", _("Weekly")
        MONTH = "month", _("Monthly")
        QUARTER = "quarter", _("Quarterly")
        YEAR = "year", _("Yearly")

    class Figures(models.TextChoices):
        COUNTS = "counts", _("A share: numerator and denominator")
        VALUES = "values", _("One value a period")

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="measures")
    name = models.CharField(_("name"), max_length=150, validators=[refuse_cpr])
    kind = models.CharField(
        pgettext_lazy("of a measure", "kind"), max_length=10, choices=Kind, default=Kind.OUTCOME
    )
    dimension = models.CharField(
        _("Triple Aim dimension"), max_length=10, choices=Dimension, blank=True
    )
    figures = models.CharField(_("figures"), max_length=10, choices=Figures, default=Figures.COUNTS)
    unit = models.CharField(
        _("unit"), max_length=30, blank=True, default="%", validators=[refuse_cpr]
    )
    frequency = models.CharField(
        _("frequency"), max_length=10, choices=Frequency, default=Frequency.MONTH
    )
    direction = models.CharField(
        _("better direction"), max_length=5, choices=Direction, blank=True, default=Direction.UP
    )
    goal = models.DecimalField(
        _("goal value"), max_digits=14, decimal_places=4, null=True, blank=True
    )
    numerator = models.CharField(
        _("numerator"), max_length=300, blank=True, validators=[refuse_cpr]
    )
    denominator = models.CharField(
        _("denominator"), max_length=300, blank=True, validators=[refuse_cpr]
    )
    counted = models.CharField(
        _("who is counted"), max_length=300, blank=True, validators=[refuse_cpr]
    )
    source = models.CharField(_("source"), max_length=300, blank=True, validators=[refuse_cpr])
    chart = models.CharField(
        _("chart"), max_length=4, choices=[*CHART_NAMES.items()], default="run"
    )
    rules = models.CharField(
        pgettext_lazy("of a chart", "rules"),
        max_length=8,
        choices=[*RULE_NAMES.items()],
        default="anhoej",
    )
    screened = models.BooleanField(
        _("leave moving ranges far above the others out of the limits"), default=True
    )

    history = Audited()

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="measure_name_once",
                fields=["initiative", "name"],
                violation_error_message=_("The initiative already has a measure of that name."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("measure", args=[self.pk])

    @property
    def goal_plain(self) -> Decimal | None:
        """The goal value without the noughts that the column pads it with."""
        return None if self.goal is None else Decimal(f"{self.goal.normalize():f}")

    @property
    def proportion(self) -> bool:
        return self.figures == self.Figures.COUNTS


class SeriesQuerySet(models.QuerySet[Any]):
    def locked(self, series: Series) -> Series:
        """The series as it stands now, its initiative locked until the transaction ends."""
        Initiative.objects.locked(series.measure.initiative)
        whole = self.select_related("measure__initiative", "organisation")
        found: Series = whole.get(pk=series.pk)
        return found


class Series(models.Model):
    """A measure at one place: a ward, a hospital, a municipality, a cluster."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="series")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="series", verbose_name=_("organisation")
    )
    place = models.CharField(_("ward or unit"), max_length=150, blank=True, validators=[refuse_cpr])
    made_up = models.BooleanField(_("sample data"), default=False)
    remark = models.CharField(
        _("remark on the figures"), max_length=300, blank=True, validators=[refuse_cpr]
    )
    embedded_at = models.DateTimeField(
        _("shown on other pages since"), null=True, blank=True, editable=False
    )

    objects = SeriesQuerySet.as_manager()
    history = Audited()

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="series_once_a_place",
                fields=["measure", "organisation", "place"],
                violation_error_message=_("The measure already has a series at this place."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.place}, {self.organisation}" if self.place else str(self.organisation)

    def get_absolute_url(self) -> str:
        return reverse("series", args=[self.pk])


class Load(AppendOnly):
    """Figures that came in together, from a file or pasted; what they replaced is kept."""

    series = models.ForeignKey(Series, models.PROTECT, related_name="loads")
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(Person, models.PROTECT, related_name="loads")
    filename = models.CharField(_("file"), max_length=255, blank=True, validators=[refuse_cpr])
    added = models.PositiveIntegerField(_("new periods"))
    changed = models.PositiveIntegerField(_("changed periods"))
    replaced = models.JSONField(_("figures that stood before"), default=list, blank=True)

    class Meta:
        verbose_name = _("load of figures")
        verbose_name_plural = _("loads of figures")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.series}: {self.added} + {self.changed}"


class Point(models.Model):
    """One period's figure: a value, or a numerator and a denominator. Empty is missing."""

    series = models.ForeignKey(Series, models.CASCADE, related_name="points")
    period = models.DateField(_("period"))
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=6, null=True, blank=True)
    numerator = models.PositiveBigIntegerField(_("numerator"), null=True, blank=True)
    denominator = models.PositiveBigIntegerField(_("denominator"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True, validators=[refuse_cpr])
    left_out = models.CharField(
        _("why it counts in no line"), max_length=300, blank=True, validators=[refuse_cpr]
    )

    history = Audited()

    class Meta:
        verbose_name = _("point")
        verbose_name_plural = _("points")
        ordering = ["period"]
        constraints = [
            models.UniqueConstraint(name="point_once_a_period", fields=["series", "period"]),
            models.CheckConstraint(
                name="point_counts_come_in_pairs",
                condition=Q(numerator__isnull=True, denominator__isnull=True)
                | Q(numerator__isnull=False, denominator__isnull=False),
            ),
            models.CheckConstraint(
                name="point_numerator_within_denominator",
                condition=Q(numerator__isnull=True) | Q(numerator__lte=F("denominator")),
            ),
            models.CheckConstraint(
                name="point_value_or_counts",
                condition=Q(value__isnull=True) | Q(numerator__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period}: {self.shown}"

    @property
    def shown(self) -> str | Decimal | None:
        """The figure in a few characters: 128/133, or the value without padding noughts."""
        if self.denominator is not None:
            return f"{self.numerator}/{self.denominator}"
        return None if self.value is None else Decimal(f"{self.value.normalize():f}")


class Split(models.Model):
    """A person's judgement that a change has taken: from `period` a phase with its own median."""

    series = models.ForeignKey(Series, models.CASCADE, related_name="splits")
    period = models.DateField(_("first period of the new phase"))
    reason = models.CharField(_("reason"), max_length=300, validators=[refuse_cpr])
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
