"""What a gain stands on: a series or a frozen result of our own, or what others have found."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kernen.lib.audit import Audited
from kernen.lib.cpr import refuse_cpr
from kernen.measures.models import Result, Series
from kernen.parties.models import Person

from .gain import Gain

_DOI = re.compile(r"(?:doi:\s*|https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/\S+)", re.I)
_ADDRESS = URLValidator(schemes=["http", "https"])


def address_of(written: str) -> str:
    """The whole address of a DOI, in any of the forms in which people copy it; else the text."""
    found = _DOI.fullmatch(written.strip())
    return f"https://doi.org/{found[1].rstrip('.,;')}" if found else written.strip()


def whole_address(value: str) -> None:
    try:
        _ADDRESS(value)
    except ValidationError as wrong:
        sentence = _("Write a DOI, such as 10.1136/bmj.k1479, or a whole address with https://.")
        raise ValidationError(sentence, code="address") from wrong


class Evidence(models.Model):
    """A series whose chart shows the gain, a frozen result that says so, or a study that others can
    look up.

    Whether a series shows it is asked of its chart each time; a result says what it said. Why that
    speaks for this gain is said in words by whoever chooses it."""

    gain = models.ForeignKey(Gain, models.CASCADE, related_name="evidence")
    series = models.ForeignKey(
        Series,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="evidence",
        verbose_name=_("series"),
    )
    result = models.ForeignKey(
        Result,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="evidence",
        verbose_name=_("result"),
    )
    reference = models.CharField(
        _("reference"), max_length=300, blank=True, validators=[refuse_cpr]
    )
    address = models.CharField(
        _("DOI or address"), max_length=500, blank=True, validators=[whole_address, refuse_cpr]
    )
    says = models.CharField(_("how it shows it"), max_length=500, validators=[refuse_cpr])
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(Person, models.PROTECT, related_name="evidence")

    history = Audited()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="evidence_figures_or_study",
                condition=Q(series__isnull=False, result=None, reference="", address="")
                | Q(series=None, result__isnull=False, reference="", address="")
                | (Q(series=None, result=None) & ~Q(reference="") & ~Q(address="")),
                violation_error_message=_(
                    "A study needs its reference, where it is found, and what it says."
                ),
            ),
            models.CheckConstraint(name="evidence_says_how", condition=~Q(says="")),
            models.UniqueConstraint(
                name="evidence_series_once",
                fields=["gain", "series"],
                violation_error_message=_("The gain stands on this series already."),
            ),
            models.UniqueConstraint(
                name="evidence_result_once",
                fields=["gain", "result"],
                violation_error_message=_("The gain stands on this result already."),
            ),
        ]

    def __str__(self) -> str:
        return self.reference or str(self.series or self.result)
