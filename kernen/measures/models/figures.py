"""What came in: the figures of a series, and the loads that brought them."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kernen.lib.append_only import AppendOnly
from kernen.lib.audit import Audited
from kernen.lib.cpr import refuse_cpr
from kernen.lib.periods import label
from kernen.parties.models import Person

from .measure import Series


class Load(AppendOnly):
    """Figures that came in together, and by which way; what they replaced is kept.

    A load is undone as a whole by another, which `undoes` it and says why: once. Those of several
    series that came `together` bear the same number, and go together; so do those of one `delivery`
    and those of a machine's message for several places.
    Whoever sends the same again under the same `key` is told of the first time: it counts once."""

    #: What stands before the key of a message for several places: it is the measure's, and no
    #: place's own.
    FOR_ALL = "all:"

    class Way(models.TextChoices):
        FILE = "file", _("From a file or a spreadsheet")
        FORM = "form", _("Typed in")
        LINK = "link", _("From a link in an e-mail")
        MACHINE = "machine", _("From another system")

    series = models.ForeignKey(Series, models.PROTECT, related_name="loads")
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(Person, models.PROTECT, related_name="loads")
    way = models.CharField(_("way in"), max_length=10, choices=Way, default=Way.FILE)
    key = models.CharField(_("key of the sender"), max_length=100, blank=True)
    digest = models.CharField(_("digest of what was sent"), max_length=64, blank=True)
    reason = models.CharField(
        _("why figures were changed"), max_length=300, blank=True, validators=[refuse_cpr]
    )
    filename = models.CharField(_("file"), max_length=255, blank=True, validators=[refuse_cpr])
    confirmed = models.BooleanField(_("far from the usual, and confirmed"), default=False)
    added = models.PositiveIntegerField(_("new periods"))
    changed = models.PositiveIntegerField(_("changed periods"))
    replaced = models.JSONField(_("figures that stood before"), default=list, blank=True)
    taken = models.JSONField(_("figures that came in"), default=list, blank=True)
    undoes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="undone_by"
    )
    together = models.UUIDField(
        _("number of what came together"), null=True, blank=True, editable=False, db_index=True
    )
    delivery = models.ForeignKey(
        "measures.Delivery", models.PROTECT, null=True, blank=True, related_name="loads"
    )

    class Meta:
        verbose_name = _("load of figures")
        verbose_name_plural = _("loads of figures")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="load_once_a_key", fields=["series", "key"], condition=~Q(key="")
            ),
            models.CheckConstraint(
                name="load_undone_says_why",
                condition=Q(undoes__isnull=True) | ~Q(reason=""),
                violation_error_message=_("Say why the load is undone."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series}: {self.added} + {self.changed}"

    @property
    def whole(self) -> list[Load]:
        """What came together with it and is to be undone with it, and itself."""
        if self.together:
            same = Q(together=self.together)
        elif self.delivery_id:
            same = Q(delivery=self.delivery_id)
        elif self.key.startswith(self.FOR_ALL):
            same = Q(key=self.key, series__measure=self.series.measure_id)
        else:
            return [self]
        found = Load.objects.filter(same, undone_by=None).exclude(taken=[])
        places = ("series__measure__initiative", "series__organisation")
        whole = [*found.select_related(*places).order_by("pk")]
        return whole if self in whole else [self]


class Point(models.Model):
    """One period's figure: a value, or a numerator and a denominator. Empty is missing.

    Behind a value that is a mean stand `size` observations with the standard deviation `spread`;
    the observations themselves are not kept. Of rare events a point is a day: `size` events, and
    as its value the cases since the day before it, where they are counted."""

    series = models.ForeignKey(Series, models.CASCADE, related_name="points")
    period = models.DateField(_("period"))
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=6, null=True, blank=True)
    numerator = models.PositiveBigIntegerField(_("numerator"), null=True, blank=True)
    denominator = models.PositiveBigIntegerField(_("denominator"), null=True, blank=True)
    exposure = models.BooleanField(_("the denominator is an exposure"), default=False)
    size = models.PositiveIntegerField(_("number behind the figure"), null=True, blank=True)
    spread = models.DecimalField(
        _("standard deviation"), max_digits=18, decimal_places=6, null=True, blank=True
    )
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
                condition=Q(numerator__isnull=True)
                | Q(numerator__lte=F("denominator"))
                | Q(exposure=True),
            ),
            models.CheckConstraint(
                name="point_value_or_counts",
                condition=Q(value__isnull=True) | Q(numerator__isnull=True),
            ),
            models.CheckConstraint(
                name="point_number_behind_the_figure",
                condition=Q(size__isnull=True) | Q(size__gte=1, numerator__isnull=True),
            ),
            models.CheckConstraint(
                name="point_spread_of_several",
                condition=Q(spread__isnull=True)
                | Q(spread__gte=0, size__gte=2, value__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period}: {self.shown}"

    @property
    def when(self) -> str:
        """The period in words."""
        return label(self.period, self.series.measure.frequency)

    @property
    def shown(self) -> str | Decimal | int | None:
        """The figure in a few characters: 128/133, or the value without padding noughts."""
        if self.denominator is not None:
            return f"{self.numerator}/{self.denominator}"
        if self.value is None:
            return self.size
        return Decimal(f"{self.value.normalize():f}")
