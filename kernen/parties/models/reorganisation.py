"""Changes of the structure: prepared beforehand, confirmed, and true from their day."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernen.lib.alphabet import Alphabetical
from kernen.lib.append_only import AppendOnly
from kernen.lib.audit import Audited
from kernen.lib.cpr import refuse_cpr

from .cluster import Cluster
from .organisation import Organisation, Sector
from .person import Person


class Reorganisation(models.Model):
    """What ends and what begins on a day, and why. Confirming it writes those dates at once."""

    class State(models.TextChoices):
        PREPARED = "prepared", pgettext_lazy("change of structure", "Being prepared")
        CONFIRMED = "confirmed", pgettext_lazy("change of structure", "Confirmed")
        WITHDRAWN = "withdrawn", pgettext_lazy("change of structure", "Withdrawn")

    name = models.CharField(_("name"), max_length=200, validators=[refuse_cpr])
    day = models.DateField(_("from the day"))
    why = models.TextField(_("why"), validators=[refuse_cpr])
    state = models.CharField(max_length=10, choices=State, default=State.PREPARED, editable=False)

    history = Audited()

    class Meta:
        verbose_name = _("change of structure")
        verbose_name_plural = _("changes of structure")
        ordering = ["-day", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="reorganisation_state_known",
                condition=Q(state__in=["prepared", "confirmed", "withdrawn"]),
            ),
            models.CheckConstraint(name="reorganisation_says_why", condition=~Q(why="")),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("reorganisation", args=[self.pk])


class ClusterChange(models.Model):
    """A cluster or council that begins, who belongs to it, and which ones it replaces.

    `cluster` is what began; nothing as long as the change is not confirmed."""

    reorganisation = models.ForeignKey(
        Reorganisation, models.CASCADE, related_name="cluster_changes"
    )
    name = models.CharField(_("name"), max_length=200, validators=[refuse_cpr])
    kind = models.CharField(
        _("kind"), max_length=20, choices=Cluster.Kind, default=Cluster.Kind.HEALTH_COUNCIL
    )
    replaces = models.ManyToManyField(
        Cluster, related_name="replaced_in", blank=True, verbose_name=_("replaces")
    )
    members = models.ManyToManyField(
        Organisation, related_name="foreseen_in", verbose_name=_("who belongs")
    )
    cluster = models.OneToOneField(
        Cluster, models.PROTECT, null=True, blank=True, editable=False, related_name="begun_in"
    )

    history = Audited()

    class Meta:
        verbose_name = _("cluster or council that begins")
        verbose_name_plural = _("clusters and councils that begin")
        ordering = [Alphabetical("name"), "pk"]
        constraints = [
            models.UniqueConstraint(
                name="clusterchange_name_once",
                fields=["reorganisation", "name"],
                violation_error_message=_("The change has one of this name already."),
            ),
            models.CheckConstraint(
                name="clusterchange_kind_known",
                condition=Q(kind__in=["cluster", "health_council"]),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OrganisationChange(models.Model):
    """Organisations that go on as one: merged, or one of them under a new name.

    `organisation` is what they go on as; nothing as long as the change is not confirmed."""

    reorganisation = models.ForeignKey(
        Reorganisation, models.CASCADE, related_name="organisation_changes"
    )
    name = models.CharField(_("goes on as"), max_length=200, validators=[refuse_cpr])
    sector = models.CharField(_("sector"), max_length=20, choices=Sector)
    replaces = models.ManyToManyField(
        Organisation, related_name="replaced_in", verbose_name=_("who merges or is renamed")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, editable=False, related_name="begun_in"
    )

    history = Audited()

    class Meta:
        verbose_name = _("organisation that begins")
        verbose_name_plural = _("organisations that begin")
        ordering = [Alphabetical("name"), "pk"]
        constraints = [
            models.UniqueConstraint(
                name="organisationchange_name_once",
                fields=["reorganisation", "name"],
                violation_error_message=_("The change has one of this name already."),
            ),
            models.CheckConstraint(
                name="organisationchange_sector_known", condition=Q(sector__in=Sector.values)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ReorganisationEntry(AppendOnly):
    """One line of what was done to a change of structure: who prepared, confirmed or withdrew.

    `params` keep what was chosen, and of confirming what was written."""

    SAID = {
        "prepare": _("Began to prepare the change"),
        "alter": _("Changed its name, day or reason"),
        "add": _("Added “%(name)s”"),
        "alter_part": _("Changed “%(name)s”"),
        "remove": _("Took out “%(name)s”"),
        "confirm": _("Confirmed the change"),
        "take_back": _("Withdrew the change"),
        "take_up": _("Took the change up again"),
    }

    reorganisation = models.ForeignKey(Reorganisation, models.PROTECT, related_name="entries")
    at = models.DateTimeField(_("happened"), default=timezone.now)
    by = models.ForeignKey(Person, models.PROTECT, related_name="reorganised")
    verb = models.CharField(_("what"), max_length=20)
    params = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("entry of a change of structure")
        verbose_name_plural = _("entries of changes of structure")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.what

    @property
    def what(self) -> str:
        params: dict[str, Any] = self.params
        return str(self.SAID[self.verb]) % params if "name" in params else str(self.SAID[self.verb])
