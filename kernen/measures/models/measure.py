"""How we know that a change is an improvement: measures, their series at places, their points."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.db.models import BigIntegerField, Exists, OuterRef, Q
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernen.initiatives.models import CLOSED, Dimension, Initiative
from kernen.lib.audit import Audited
from kernen.lib.cpr import refuse_cpr
from kernen.parties import rules as parties
from kernen.parties.models import Organisation, Person

from ..charts.control import CHART_NAMES, RULE_NAMES

LONGER_IS_BETTER = _("Fewer events, longer between them")


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
        RATES = "rates", _("A rate: events over an exposure, such as bed days")
        VALUES = "values", _("One value a period")
        SAMPLES = "samples", _("Several observations a period, such as waiting days")
        EVENTS = "events", _("Rare events: the dates on which it happened")

    class Per(models.IntegerChoices):
        ONE = 1, "1"
        HUNDRED = 100, "100"
        THOUSAND = 1_000, _("1,000")
        TEN_THOUSAND = 10_000, _("10,000")
        HUNDRED_THOUSAND = 100_000, _("100,000")

    seen: list[Series]  # those the reader may see, where `pictures.seen` fetched them

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
    per = models.PositiveIntegerField(_("per"), choices=Per, null=True, blank=True)
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
    version = models.ForeignKey(
        "SharedVersion",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="measures",
        verbose_name=_("version in the catalogue"),
        editable=False,
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
            ),
            models.CheckConstraint(
                name="measure_rate_says_per",
                condition=~Q(figures="rates") | Q(per__isnull=False),
                violation_error_message=_("Choose how many the rate is per."),
            ),
            models.CheckConstraint(
                name="measure_events_by_the_day",
                condition=~Q(figures="events") | Q(frequency="day"),
                violation_error_message=_("Rare events are entered by the day."),
            ),
            models.CheckConstraint(
                name="measure_events_longer_between_is_better",
                condition=~Q(figures="events") | ~Q(direction="down"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("measure", args=[self.pk])

    def clean(self) -> None:
        """Who says of rare events that lower is better means the events; the days between are what
        is drawn and judged."""
        if self.events and self.direction == self.Direction.DOWN:
            self.direction = self.Direction.UP

    @property
    def direction_said(self) -> str:
        if self.events and self.direction == self.Direction.UP:
            return str(LONGER_IS_BETTER)
        return self.get_direction_display()

    @property
    def goal_plain(self) -> Decimal | None:
        """The goal value without the noughts that the column pads it with."""
        return None if self.goal is None else Decimal(f"{self.goal.normalize():f}")

    @property
    def proportion(self) -> bool:
        return self.figures == self.Figures.COUNTS

    @property
    def rate(self) -> bool:
        return self.figures == self.Figures.RATES

    @property
    def over(self) -> bool:
        """Whether its figures have a numerator and a denominator."""
        return self.proportion or self.rate

    @property
    def samples(self) -> bool:
        return self.figures == self.Figures.SAMPLES

    @property
    def events(self) -> bool:
        return self.figures == self.Figures.EVENTS

    @property
    def before_first_phase(self) -> int:
        """Points that cannot begin a new phase; no time has passed before the first event."""
        return 2 if self.events else 1

    @property
    def unit_said(self) -> str:
        """The unit behind a figure: "days", or of a rate "per 1,000 bed days"."""
        if not self.rate:
            return self.unit
        many = "" if self.per == self.Per.ONE else self.get_per_display()
        return str(_("per %(unit)s")) % {"unit": f"{many} {self.unit}".strip()}


class SeriesQuerySet(models.QuerySet[Any]):
    def seen_by(self, person: Person | None) -> Self:
        """Those that are open, and the closed ones of organisations in which the person has a role.
        Every page fetches series through here."""
        return self.filter(Q(closed_at=None) | Q(organisation__in=_own(person)))

    def closed_to(self, person: Person | None) -> Self:
        return self.filter(closed_at__isnull=False).exclude(organisation__in=_own(person))

    def locked(self, series: Series) -> Series:
        """The series as it stands now, its initiative locked until the transaction ends."""
        Initiative.objects.locked(series.measure.initiative)
        whole = self.select_related("measure__initiative", "organisation")
        found: Series = whole.get(pk=series.pk)
        return found


def _own(person: Person | None) -> set[int]:
    return set(parties.roles_on(person)) if person else set()


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
    closed_at = models.DateTimeField(
        _("closed to others since"), null=True, blank=True, editable=False
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
            ),
            models.CheckConstraint(
                name="series_closed_is_on_no_other_page",
                condition=Q(closed_at__isnull=True) | Q(embedded_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place}, {self.organisation}" if self.place else str(self.organisation)

    def get_absolute_url(self) -> str:
        return reverse("series", args=[self.pk])


def _entries_closed_to(person: Person | None, prefix: str) -> Exists:
    """Which entries of the journal are about a series that is closed to the person."""
    number = KeyTextTransform("series", OuterRef(f"{prefix}params"))
    closed = Series.objects.closed_to(person)
    return Exists(closed.filter(pk=Cast(number, BigIntegerField())))


CLOSED.append(_entries_closed_to)
