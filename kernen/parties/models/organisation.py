"""Hospitals, municipalities, general practice and whoever works with them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kernen.lib.alphabet import Alphabetical
from kernen.lib.audit import Audited
from kernen.lib.cpr import refuse_cpr

from .dated import Dated


class Sector(models.TextChoices):
    HOSPITAL = "hospital", _("Hospital")
    MUNICIPALITY = "municipality", _("Municipality")
    GENERAL_PRACTICE = "general_practice", _("General practice")
    REGION = "region", _("Region")
    CIVIL_SOCIETY = "civil_society", _("Civil society")
    STATE = "state", _("State")
    COMPANY = "company", _("Company")


#: The three sectors that no one commands together; an initiative wants all of them in.
THREE_SECTORS = (Sector.HOSPITAL, Sector.MUNICIPALITY, Sector.GENERAL_PRACTICE)


class Organisation(Dated):
    """A hospital, a municipality, general practice, the region … It has one sector."""

    name = models.CharField(_("name"), max_length=200, unique=True, validators=[refuse_cpr])
    sector = models.CharField(_("sector"), max_length=20, choices=Sector)

    history = Audited()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = [Alphabetical("name"), "pk"]
        constraints = [
            Dated.ends_after_start("organisation_ends_after_start"),
            models.CheckConstraint(
                name="organisation_sector_known", condition=Q(sector__in=Sector.values)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("organisation", args=[self.pk])
