"""Clusters and whatever replaces them, with the organisations that belong."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernen.lib.alphabet import Alphabetical
from kernen.lib.audit import Audited
from kernen.lib.cpr import refuse_cpr

from .dated import Dated
from .organisation import Organisation


class Cluster(Dated):
    """One hospital, its municipalities and the general practices around it; across sectors."""

    class Kind(models.TextChoices):
        CLUSTER = "cluster", pgettext_lazy("kind of structure", "Cluster")
        HEALTH_COUNCIL = "health_council", pgettext_lazy("kind of structure", "Health council")

    name = models.CharField(_("name"), max_length=200, unique=True, validators=[refuse_cpr])
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.CLUSTER)
    organisations = models.ManyToManyField(
        Organisation, through="ClusterMembership", related_name="clusters"
    )

    history = Audited()

    class Meta:
        verbose_name = _("cluster")
        verbose_name_plural = _("clusters")
        ordering = [Alphabetical("name"), "pk"]
        constraints = [Dated.ends_after_start("cluster_ends_after_start")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("cluster", args=[self.pk])


class ClusterMembership(Dated):
    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")

    history = Audited()

    class Meta:
        verbose_name = _("membership of a cluster")
        verbose_name_plural = _("memberships of clusters")
        constraints = [
            Dated.ends_after_start("clustermembership_ends_after_start"),
            models.UniqueConstraint(
                name="clustermembership_once_at_a_time",
                fields=["cluster", "organisation"],
                condition=Q(end__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} – {self.cluster}"
