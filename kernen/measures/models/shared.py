"""What places share: measures defined once for all who count alike, in versions that stand."""

from __future__ import annotations

from typing import Any, Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernen.lib.alphabet import Alphabetical
from kernen.lib.append_only import AppendOnly, AppendOnlyQuerySet
from kernen.lib.audit import Audited
from kernen.lib.cpr import refuse_cpr
from kernen.parties.models import THREE_SECTORS, Organisation, Person, Sector

from .measure import Measure

#: What a measure takes over from a version, field by field, beside the name; its goal, its chart
#: and its places stay its own.
TAKEN = (
    "kind",
    "dimension",
    "figures",
    "per",
    "unit",
    "frequency",
    "direction",
    "numerator",
    "denominator",
    "counted",
    "source",
)
#: The sectors that a shared measure can be for, each with the field that says so.
FOR: dict[str, Sector] = {f"for_{sector.value}": sector for sector in THREE_SECTORS}
FULL_TIME = 37 * 60


def _as_measured(name: str) -> Any:
    """The field of a measure, so that what is copied always fits."""
    field: Any = Measure._meta.get_field(name)
    return field.clone()


class Meant(models.Model):
    """What a shared measure is for, who is to count it, and what that costs them."""

    purpose = models.CharField(_("what it is for"), max_length=500, validators=[refuse_cpr])
    for_hospital = models.BooleanField(_("for hospitals"), default=False)
    for_municipality = models.BooleanField(_("for municipalities"), default=False)
    for_general_practice = models.BooleanField(_("for general practice"), default=False)
    burden = models.PositiveSmallIntegerField(
        _("minutes a week at each place"), validators=[MaxValueValidator(FULL_TIME)]
    )

    class Meta:
        abstract = True

    @property
    def sectors(self) -> list[Sector]:
        return [sector for name, sector in FOR.items() if getattr(self, name)]

    @property
    def sectors_said(self) -> str:
        return ", ".join(str(sector.label) for sector in self.sectors)

    @staticmethod
    def for_somebody(name: str) -> models.CheckConstraint:
        some = Q(for_hospital=True) | Q(for_municipality=True) | Q(for_general_practice=True)
        said = _("Choose at least one sector that is to count it.")
        return models.CheckConstraint(name=name, condition=some, violation_error_message=said)


class SharedMeasure(models.Model):
    """A measure in the catalogue: what it says stands in its versions, the newest holds.

    It is kept by its owner's coordinators. Once withdrawn it can be read and used no more anew."""

    name = models.CharField(
        _("name"),
        max_length=150,
        unique=True,
        validators=[refuse_cpr],
        error_messages={"unique": _("The catalogue already has a measure of that name.")},
    )
    owner = models.ForeignKey(
        Organisation, models.PROTECT, related_name="shared_measures", verbose_name=_("owner")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="withdrawn_measures"
    )
    withdrawn_why = models.CharField(
        _("why it was withdrawn"), max_length=300, blank=True, validators=[refuse_cpr]
    )
    replaced_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaces",
        verbose_name=_("replaced by"),
    )

    history = Audited()

    class Meta:
        verbose_name = _("shared measure")
        verbose_name_plural = _("shared measures")
        ordering = [Alphabetical("name"), "pk"]
        constraints = [
            models.CheckConstraint(
                name="sharedmeasure_withdrawn_by_somebody_with_why",
                condition=Q(
                    withdrawn_at__isnull=True,
                    withdrawn_by__isnull=True,
                    withdrawn_why="",
                    replaced_by__isnull=True,
                )
                | (
                    Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_why="")
                ),
            ),
            models.CheckConstraint(
                name="sharedmeasure_replaced_by_another",
                condition=Q(replaced_by__isnull=True) | ~Q(replaced_by=F("id")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("shared_measure", args=[self.pk])

    def newest(self) -> SharedVersion:
        found: SharedVersion = self.versions.current().select_related("shared__owner").get()
        return found


class SharedVersionQuerySet(AppendOnlyQuerySet):
    def current(self) -> Self:
        """The newest version of each shared measure."""
        return self.filter(next__isnull=True)


class SharedVersion(AppendOnly, Meant):
    """What a shared measure says from a day on. A new version says what it changes, and whether
    figures counted by it can be compared with those before."""

    shared = models.ForeignKey(SharedMeasure, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("number"))
    previous = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="next"
    )
    kind = _as_measured("kind")
    dimension = _as_measured("dimension")
    figures = _as_measured("figures")
    per = _as_measured("per")
    unit = _as_measured("unit")
    frequency = _as_measured("frequency")
    direction = _as_measured("direction")
    numerator = _as_measured("numerator")
    denominator = _as_measured("denominator")
    counted = _as_measured("counted")
    source = _as_measured("source")
    changed = models.CharField(
        _("what is changed"), max_length=300, blank=True, validators=[refuse_cpr]
    )
    comparable = models.BooleanField(_("figures before and after can be compared"), default=True)
    since = models.DateField(_("counted like this from"), null=True, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="shared_versions")
    at = models.DateTimeField(_("when"), default=timezone.now)

    objects = SharedVersionQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("version of a shared measure")
        verbose_name_plural = _("versions of shared measures")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(name="sharedversion_number_once", fields=["shared", "number"]),
            Meant.for_somebody("sharedversion_for_somebody"),
            models.CheckConstraint(
                name="sharedversion_rate_says_per",
                condition=~Q(figures="rates") | Q(per__isnull=False),
                violation_error_message=_("Choose how many the rate is per."),
            ),
            models.CheckConstraint(
                name="sharedversion_says_what_it_changes",
                condition=Q(
                    number=1, previous__isnull=True, changed="", comparable=True, since__isnull=True
                )
                | (Q(number__gt=1, previous__isnull=False, since__isnull=False) & ~Q(changed="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shared} ({self.number})"

    @property
    def proportion(self) -> bool:
        return self.figures == Measure.Figures.COUNTS


class Takeover(AppendOnly):
    """From `since` on, or from the beginning, a measure goes by a version; without one it leaves
    the catalogue. The last one counts.

    `breaks` if figures before and after cannot be compared: `reason` then says why the series is
    split there."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="takeovers")
    version = models.ForeignKey(
        SharedVersion, models.PROTECT, null=True, blank=True, related_name="takeovers"
    )
    since = models.DateField(_("first period"), null=True, blank=True)
    breaks = models.BooleanField(_("comparability breaks"), default=False)
    reason = models.CharField(_("reason"), max_length=300, blank=True, validators=[refuse_cpr])
    by = models.ForeignKey(Person, models.PROTECT, related_name="takeovers")
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("takeover of a version")
        verbose_name_plural = _("takeovers of versions")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="takeover_leaving_says_why", condition=Q(version__isnull=False) | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="takeover_breaks_somewhere_and_says_why",
                condition=Q(breaks=False)
                | (Q(version__isnull=False, since__isnull=False) & ~Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {self.version or self.reason}"


class SharedProposal(Meant):
    """A team's measure proposed to the catalogue; `to` is who would own it, and answers."""

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", pgettext_lazy("proposal to the catalogue", "Taken in")
        DECLINED = "declined", pgettext_lazy("proposal to the catalogue", "Not taken in")
        WITHDRAWN = "withdrawn", pgettext_lazy("proposal to the catalogue", "Withdrawn")

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="proposals")
    to = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("who is to own it")
    )
    by = models.ForeignKey(Person, models.PROTECT, related_name="shared_proposals")
    at = models.DateTimeField(_("when"), default=timezone.now)
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True, validators=[refuse_cpr])
    answered_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="answered_proposals"
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    shared = models.ForeignKey(
        SharedMeasure, models.PROTECT, null=True, blank=True, related_name="proposals"
    )

    history = Audited()

    class Meta:
        verbose_name = _("proposal to the catalogue")
        verbose_name_plural = _("proposals to the catalogue")
        ordering = ["at", "pk"]
        constraints = [
            Meant.for_somebody("sharedproposal_for_somebody"),
            models.UniqueConstraint(
                name="sharedproposal_one_open", fields=["measure"], condition=Q(answer="")
            ),
            models.CheckConstraint(
                name="sharedproposal_answered_by_somebody_at_a_time",
                condition=Q(answer="", answered_at__isnull=True, answered_by__isnull=True)
                | Q(
                    answer__in=["accepted", "declined", "withdrawn"],
                    answered_at__isnull=False,
                    answered_by__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="sharedproposal_a_no_says_why", condition=~Q(answer="declined", reason="")
            ),
            models.CheckConstraint(
                name="sharedproposal_taken_in_names_what_it_became",
                condition=Q(answer="accepted", shared__isnull=False)
                | (~Q(answer="accepted") & Q(shared__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} – {self.to}"

    def get_absolute_url(self) -> str:
        return reverse("shared_proposal", args=[self.pk])
