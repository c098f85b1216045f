"""The initiative itself, and which of them are meant."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any, Self

from django.db import models
from django.db.models import Case, Q, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kernen.lib.alphabet import Alphabetical
from kernen.lib.audit import Audited
from kernen.lib.cpr import refuse_cpr
from kernen.lib.shown_day import shown_day
from kernen.parties import lineage
from kernen.parties import rules as parties
from kernen.parties.models import (
    Cluster,
    ClusterMembership,
    Organisation,
    Person,
    Sector,
)

from .. import finding
from ..areas import PriorityArea
from ..stages import IDLE_AFTER, Stage
from .involvement import Involvement, TeamMember
from .search import Gram


class InitiativeQuerySet(models.QuerySet[Any]):
    def locked(self, initiative: Initiative) -> Initiative:
        """The initiative as it stands now, its row locked until the transaction ends."""
        found: Initiative = self.select_for_update(of=("self",)).get(pk=initiative.pk)
        return found

    def search(self, text: str, wanted: finding.Wanted | None = None) -> Self:
        """Those in which every word of the text stands, in some form, the most relevant first.

        Asks the vocabulary at once, one query a word, unless what is `wanted` is known. No text is
        no search; a text without a word finds nothing."""
        wanted = wanted or finding.wanted(text, Gram.objects.near)
        if wanted is None:
            return self.none() if text.strip() else self
        return finding.find(self, wanted)

    def best(self, text: str, most: int, wanted: finding.Wanted | None = None) -> list[int]:
        """The keys of the first so many of those that `search` finds, in its order."""
        wanted = wanted or finding.wanted(text, Gram.objects.near)
        if wanted is None:
            return list(self.search(text).values_list("pk", flat=True)[:most])
        return finding.first(self, wanted, most)

    def of_organisations(self, organisations: models.QuerySet[Any]) -> Self:
        """Those in which any of the organisations takes part on the day shown."""
        return self.filter(_takes_part(organisations, shown_day()))

    def of_organisation(self, organisation: Organisation) -> Self:
        """Those in which it takes part, or one that it continues; from its side, as it takes part
        in few of many. On the day shown, or the nearest of those on which it holds."""
        day = organisation.nearest(shown_day())
        every = lineage.organisations().of(organisation.pk, day)
        involved = Involvement.objects.on(day).filter(organisation__in=every)
        return self.filter(pk__in=involved.values("initiative"))

    def of_cluster(self, cluster: Cluster) -> Self:
        """Those of the cluster itself, and those in which one of its organisations takes part, on
        the day shown or the nearest of those on which the cluster holds.

        An organisation that several clusters share, such as general practice, makes an initiative
        the cluster's only where no other cluster claims it."""
        day = cluster.nearest(shown_day())
        members = list(ClusterMembership.objects.on(day).values_list("cluster", "organisation"))
        elsewhere = {organisation for other, organisation in members if other != cluster.pk}
        here = {organisation for other, organisation in members if other == cluster.pk}
        continued = lineage.organisations().of_all
        of_the_cluster = Q(cluster__in=lineage.clusters().of(cluster.pk, day))
        own = _takes_part(continued(here - elsewhere, day), day)
        shared = _takes_part(continued(here, day), day)
        return self.filter(of_the_cluster | Q(own) | Q(shared, cluster=None))

    def at_home_in(self, cluster: Cluster | None) -> Self:
        """Those of the cluster itself on the day shown, or of no cluster: a row of the board."""
        if cluster is None:
            return self.filter(cluster=None)
        day = cluster.nearest(shown_day())
        return self.filter(cluster__in=lineage.clusters().of(cluster.pk, day))

    def led_by(self, person: Person) -> Self:
        leading = TeamMember.objects.current().filter(person=person, role=TeamMember.Role.LEAD)
        return self.filter(pk__in=leading.values("initiative"))

    def without_lead(self) -> Self:
        leading = TeamMember.objects.current().filter(role=TeamMember.Role.LEAD)
        return self.exclude(models.Exists(leading.filter(initiative=models.OuterRef("pk"))))

    def coordinated_by(self, person: Person) -> Self:
        """Those for which an organisation is responsible that the person coordinates."""
        responsible = Involvement.objects.current().filter(
            role=Involvement.Role.RESPONSIBLE,
            organisation__in=parties.holding(person, parties.COORDINATOR),
        )
        return self.filter(pk__in=responsible.values("initiative"))

    def idle(self, now: datetime) -> Self:
        """Those that are to be running and have left no trace for longer than their stage lets."""
        silent = [Q(stage=stage, active_at__lt=now - after) for stage, after in IDLE_AFTER.items()]
        return self.filter(reduce(or_, silent))

    def awake(self, now: datetime) -> Self:
        """Those that run as far as anyone can see: neither stopped nor idle."""
        seen = [Q(stage=stage, active_at__gte=now - after) for stage, after in IDLE_AFTER.items()]
        return self.filter(reduce(or_, seen, Q(stage=Stage.OPERATION)))

    def with_gates(self) -> Self:
        """With all that the gates ask for, fetched for many at once."""
        return self.prefetch_related("team", "goals", "measures", "involvements__organisation")

    def without_sector(self, sector: str) -> Self:
        """Those in which no organisation of the sector takes part on the day shown."""
        of_sector = Organisation.objects.filter(sector=sector).values("pk")
        return self.exclude(_takes_part(of_sector, shown_day()))


def _takes_part(organisations: Any, day: date) -> models.Exists:
    """Judged row by row, so that the first page of very many does not wait for them all."""
    involved = Involvement.objects.on(day)
    return models.Exists(
        involved.filter(initiative=models.OuterRef("pk"), organisation__in=organisations)
    )


class Initiative(models.Model):
    """A solution on its way from the place that made it work to the places that keep it working.

    `stage` and `active_at` follow from the journal; only `actions.record` writes them."""

    class Orientation(models.TextChoices):
        UPSTREAM = "upstream", _("Upstream: prevents it")
        DOWNSTREAM = "downstream", _("Downstream: treats what has occurred")

    class Origin(models.TextChoices):
        HEALTH_AGREEMENT = "health_agreement", _("Under the health agreement")
        OWN = "own", _("On own initiative")

    title = models.CharField(_("title"), max_length=150, validators=[refuse_cpr])
    problem = models.TextField(_("problem"), validators=[refuse_cpr])
    purpose = models.TextField(_("purpose and meaning"), blank=True, validators=[refuse_cpr])
    target_group = models.CharField(
        _("target group"), max_length=300, blank=True, validators=[refuse_cpr]
    )
    citizens = models.TextField(_("how citizens are involved"), blank=True, validators=[refuse_cpr])
    orientation = models.CharField(_("orientation"), max_length=10, choices=Orientation, blank=True)
    origin = models.CharField(_("origin"), max_length=20, choices=Origin, default=Origin.OWN)
    priority_area = models.CharField(
        _("priority area"), max_length=20, choices=PriorityArea, blank=True
    )
    cluster = models.ForeignKey(
        Cluster,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="initiatives",
        verbose_name=_("cluster"),
    )
    stage = models.CharField(
        _("stage"), max_length=10, choices=Stage, default=Stage.IDEA, editable=False
    )
    #: For sorting: the place of the stage on the way.
    stage_number = models.GeneratedField(
        expression=Case(*(When(stage=stage, then=place) for place, stage in enumerate(Stage))),
        output_field=models.SmallIntegerField(),
        db_persist=True,
    )
    active_at = models.DateTimeField(_("last active"), default=timezone.now, editable=False)

    objects = InitiativeQuerySet.as_manager()
    history = Audited(leave_out=("active_at", "stage_number"))

    #: What stands in its cluster's place on the day shown; `placing.place` asks for it.
    places: list[Cluster]

    class Meta:
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        ordering = ["-active_at", "-pk"]
        indexes = [
            models.Index(
                fields=["-active_at", "-id", "stage", "cluster"], name="initiative_active"
            ),
            models.Index(fields=["stage", "-active_at", "-id"], name="initiative_at_stage"),
            models.Index(fields=["stage_number", "-active_at", "-id"], name="initiative_by_stage"),
            models.Index(
                fields=["-stage_number", "-active_at", "-id"], name="initiative_by_stage_down"
            ),
            models.Index(fields=["cluster", "-active_at", "-id"], name="initiative_in_cluster"),
            models.Index(fields=["stage", "cluster"], name="initiative_on_board"),
            models.Index(Alphabetical("title"), name="initiative_title"),
        ]
        constraints = [
            models.CheckConstraint(name="initiative_stage_known", condition=Q(stage__in=Stage))
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("initiative", args=[self.pk])

    @property
    def binding(self) -> bool:
        """Whether a decision to spread binds every place in scope, or asks each of them."""
        return self.origin == self.Origin.HEALTH_AGREEMENT

    @property
    def summary(self) -> str:
        """The first sentence of the purpose, or of the problem until a purpose is told."""
        return re.split(r"(?<=[.!?])\s", self.purpose or self.problem, maxsplit=1)[0]

    def sectors(self) -> dict[str, date | None]:
        """The sectors that take part on the day shown, with the day the first of each joined."""
        joined: dict[str, date | None] = {}
        fetched = "involvements" in getattr(self, "_prefetched_objects_cache", {})
        involvements = self.involvements.all()
        for involvement in involvements if fetched else involvements.select_related("organisation"):
            if not involvement.holds():
                continue
            sector, start = involvement.organisation.sector, involvement.start
            earlier = joined.get(sector, start)
            joined[sector] = min(earlier, start) if earlier and start else None
        return joined

    def sectors_in_words(self) -> str:
        """The sectors that take part then, from involvements that are already fetched."""
        sectors = {i.organisation.sector for i in self.involvements.all() if i.holds()}
        return ", ".join(str(sector.label) for sector in Sector if sector in sectors)

    def where(self) -> str:
        """Its places, or who is responsible where it has none; from what is already fetched."""
        responsible = [i for i in self.involvements.all() if i.role == "responsible" and i.holds()]
        names: list[Any] = [*self.places] or [place for i in responsible for place in i.places]
        return ", ".join(dict.fromkeys(map(str, names))) or "–"

    def leads(self) -> models.QuerySet[Any]:
        return self.team.current().filter(role=TeamMember.Role.LEAD)

    def is_led(self) -> bool:
        """Whether anybody leads it today; from the team if that is already fetched."""
        return any(m.role == TeamMember.Role.LEAD and m.holds() for m in self.team.all())
