"""Who it is for, and how much in each year: what a gain and a cost have in common."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from kernen.initiatives.models import Initiative
from kernen.lib.cpr import refuse_cpr
from kernen.parties.models import Organisation, Sector

from ..money import between, exact, plain, span


class Party(models.TextChoices):
    """Who pays and who gains: each kind of organisation in general, and the citizens."""

    REGION = "region", _("Region and hospitals")
    MUNICIPALITY = "municipality", pgettext_lazy("who pays or gains", "Municipalities")
    GENERAL_PRACTICE = "general_practice", _("General practice")
    CITIZENS = "citizens", _("Citizens and relatives")
    CIVIL_SOCIETY = "civil_society", _("Civil society")
    STATE = "state", _("State")
    COMPANY = "company", _("Companies")

    @classmethod
    def of(cls, organisation: Organisation) -> Party:
        """The region owns its hospitals, so that their money is the same."""
        hospital = organisation.sector == Sector.HOSPITAL
        return cls.REGION if hospital else cls(organisation.sector)


#: The parties that a decision to spread is taken between: they stand in the grid in any case.
ALWAYS = (Party.REGION, Party.MUNICIPALITY, Party.GENERAL_PRACTICE)

YEAR = (MinValueValidator(1990), MaxValueValidator(2100))
NOT_NEGATIVE = (MinValueValidator(0),)


def not_negative(label: Any, digits: int = 14) -> models.DecimalField:
    """Kroner or hours, where they are known."""
    return models.DecimalField(
        label, max_digits=digits, decimal_places=2, null=True, blank=True, validators=NOT_NEGATIVE
    )


class OfParty(models.Model):
    """Belongs to a kind of party in general, or to one organisation by its name."""

    party = models.CharField(pgettext_lazy("who", "party"), max_length=20, choices=Party)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("organisation"),
    )
    made_up = models.BooleanField(_("sample data"), default=False)

    class Meta:
        abstract = True

    @property
    def who(self) -> str:
        """The party as one value: a kind, or an organisation by its number."""
        return f"organisation:{self.organisation_id}" if self.organisation_id else self.party

    @who.setter
    def who(self, value: str) -> None:
        _kind, _colon, number = value.partition(":")
        self.organisation = Organisation.objects.get(pk=number) if number else None
        self.party = Party.of(self.organisation) if self.organisation else value

    @property
    def who_said(self) -> str:
        return str(self.organisation or Party(self.party).label)


class Amount(OfParty):
    """A party, words, and where they are known kroner or hours in each of some years."""

    class Unit(models.TextChoices):
        KRONER = "kroner", _("Kroner")
        HOURS = "hours", _("Hours")

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="%(class)ss")
    words = models.CharField(_("in words"), max_length=300, validators=[refuse_cpr])
    counted_in = models.CharField(_("counted in"), max_length=10, choices=Unit, default=Unit.KRONER)
    low = not_negative(_("low"))
    likely = not_negative(_("likely"))
    high = not_negative(_("high"))
    rate = not_negative(_("kroner an hour"), digits=8)
    first_year = models.PositiveSmallIntegerField(
        _("from the year"), null=True, blank=True, validators=YEAR
    )
    last_year = models.PositiveSmallIntegerField(
        _("to the year"), null=True, blank=True, validators=YEAR
    )

    class Meta(OfParty.Meta):
        abstract = True
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.words

    def clean(self) -> None:
        """What is out of order among the figures, beside the one that it is said of."""
        super().clean()
        low, likely, high = self.low, self.likely, self.high
        wrong = {}
        if low is not None and likely is not None and low > likely:
            wrong["low"] = gettext("Low must not be more than what is likely.")
        if high is not None and likely is not None and high < likely:
            wrong["high"] = gettext("High must not be less than what is likely.")
        if self.first_year and self.last_year and self.last_year < self.first_year:
            wrong["last_year"] = gettext("The last year must not be before the first.")
        if wrong:
            raise ValidationError(wrong)

    @property
    def noun(self) -> str:
        """Gain or cost, as the journal names its verbs."""
        return str(self._meta.model_name)

    @property
    def hours(self) -> bool:
        return self.counted_in == self.Unit.HOURS

    @property
    def three(self) -> tuple[Decimal, Decimal, Decimal] | None:
        """Low, likely and high; one figure counts for all three."""
        if self.likely is None:
            return None
        low = self.likely if self.low is None else self.low
        return low, self.likely, self.likely if self.high is None else self.high

    @property
    def amount_said(self) -> str:
        """What is likely, with what it lies between where that is said: "450.000 kr."."""
        if self.three is None:
            return ""
        low, likely, high = self.three
        if not self.hours:
            return between(low, likely, high)
        words = gettext("%(n)s hours") % {"n": plain(likely)}
        if low != high:
            words = f"{words} ({plain(low)}–{plain(high)})"
        if self.rate is not None:
            said = {"hours": words, "rate": exact("", self.rate)}
            words = gettext("%(hours)s at %(rate)s") % said
        return words

    @property
    def years_said(self) -> str:
        return span(self.first_year or 0, self.last_year or 0)


def held(name: str, *, required: bool) -> list[models.BaseConstraint]:
    """What holds of every amount, as constraints of the table `name`."""
    none = Q(likely=None, low=None, high=None, first_year=None, last_year=None)
    whole = Q(likely__isnull=False, first_year__isnull=False, last_year__gte=F("first_year"))
    return [
        models.CheckConstraint(
            name=f"{name}_low_likely_high",
            condition=(Q(low=None) | Q(low__lte=F("likely")))
            & (Q(high=None) | Q(high__gte=F("likely"))),
            violation_error_message=_("Low is at most what is likely, and high at least."),
        ),
        models.CheckConstraint(
            name=f"{name}_amount_in_years",
            condition=whole if required else whole | none,
            violation_error_message=_(
                "An amount needs what is likely, and the first and last year that it holds in."
            ),
        ),
        models.CheckConstraint(
            name=f"{name}_not_negative",
            condition=(Q(low=None) | Q(low__gte=0))
            & (Q(likely=None) | Q(likely__gte=0))
            & (Q(rate=None) | Q(rate__gte=0)),
        ),
        models.CheckConstraint(name=f"{name}_party_known", condition=Q(party__in=Party.values)),
        models.CheckConstraint(name=f"{name}_says_what", condition=~Q(words="")),
    ]
