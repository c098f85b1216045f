"""The register: initiatives, who is in, what they aim at, and the journal of what happened."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernen.lib.append_only import AppendOnly
from kernen.lib.cpr import refuse_cpr
from kernen.lib.words import LONGEST, trigrams
from kernen.parties.models import Cluster, ClusterMembership, Dated, Organisation, Person, Sector

from . import finding
from .journal import VERBS
from .stages import EVENTS, Stage


class Dimension(models.TextChoices):
    """The Triple Aim: three things at once (Berwick, Nolan & Whittington 2008)."""

    HEALTH = "health", _("Better health")
    EXPERIENCE = "experience", _("Better experience")
    COST = "cost", _("Lower or better-used cost")


class InitiativeQuerySet(models.QuerySet[Any]):
    def locked(self, initiative: Initiative) -> Initiative:
        """The initiative as it stands now, its row locked until the transaction ends."""
        found: Initiative = self.select_for_update(of=("self",)).get(pk=initiative.pk)
        return found

    def search(self, text: str) -> Self:
        """Those in which every word of the text stands, in some form, the most relevant first.

        Asks the vocabulary at once, one query a word. No text is no search; a text without a word
        finds nothing."""
        wanted = finding.wanted(text, Gram.objects.near)
        if wanted is None:
            return self.none() if text.strip() else self
        return finding.find(self, wanted)

    def of_organisations(self, organisations: models.QuerySet[Any]) -> Self:
        """Those in which any of the organisations takes part today."""
        return self.filter(_takes_part(organisations))

    def of_organisation(self, organisation: Organisation) -> Self:
        """Those in which it takes part today; from its side, as it takes part in few of many."""
        involved = Involvement.objects.current().filter(organisation=organisation)
        return self.filter(pk__in=involved.values("initiative"))

    def of_cluster(self, cluster: Cluster) -> Self:
        """Those of the cluster itself, and those in which one of its organisations takes part.

        An organisation that several clusters share, such as general practice, makes an initiative
        the cluster's only where no other cluster claims it."""
        here = ClusterMembership.objects.current().filter(cluster=cluster)
        elsewhere = ClusterMembership.objects.current().exclude(cluster=cluster)
        own = here.exclude(organisation__in=elsewhere.values("organisation"))
        return self.filter(
            Q(cluster=cluster)
            | Q(_takes_part(own.values("organisation")))
            | Q(_takes_part(here.values("organisation")), cluster=None)
        )

    def without_sector(self, sector: str) -> Self:
        """Those in which no organisation of the sector takes part today."""
        return self.exclude(_takes_part(Organisation.objects.filter(sector=sector).values("pk")))


def _takes_part(organisations: models.QuerySet[Any]) -> models.Exists:
    """Judged row by row, so that the first page of very many does not wait for them all."""
    involved = Involvement.objects.current()
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
    active_at = models.DateTimeField(_("last active"), default=timezone.now, editable=False)

    objects = InitiativeQuerySet.as_manager()

    class Meta:
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        ordering = ["-active_at", "-pk"]
        indexes = [
            models.Index(fields=["-active_at", "-id"], name="initiative_active"),
            models.Index(fields=["stage", "-active_at", "-id"], name="initiative_at_stage"),
            models.Index(fields=["cluster", "-active_at", "-id"], name="initiative_in_cluster"),
            models.Index(fields=["title"], name="initiative_title"),
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
        """The sectors that take part today, with the day the first of each joined."""
        joined: dict[str, date | None] = {}
        for involvement in self.involvements.current().select_related("organisation"):
            sector, start = involvement.organisation.sector, involvement.start
            earlier = joined.get(sector, start)
            joined[sector] = min(earlier, start) if earlier and start else None
        return joined

    def sectors_in_words(self) -> str:
        """The sectors that take part today, from involvements that are already fetched."""
        sectors = {i.organisation.sector for i in self.involvements.all() if i.holds()}
        return ", ".join(str(sector.label) for sector in Sector if sector in sectors)

    def where(self) -> str:
        """The cluster, or who is responsible where it has none; from what is already fetched."""
        responsible = [i for i in self.involvements.all() if i.role == "responsible" and i.holds()]
        return str(self.cluster or ", ".join(str(i.organisation) for i in responsible) or "–")

    def leads(self) -> models.QuerySet[Any]:
        return self.team.current().filter(role=TeamMember.Role.LEAD)


class SearchText(models.Model):
    """The stems that an initiative is found by; `actions` keep them, the database indexes them.

    A migration that changes this table on SQLite must set up its triggers anew."""

    initiative = models.OneToOneField(
        Initiative, models.CASCADE, primary_key=True, related_name="found_by"
    )
    heading = finding.StemsField()
    body = finding.StemsField()

    def __str__(self) -> str:
        return self.heading


class GramQuerySet(models.QuerySet[Any]):
    def near(self, stem: str) -> list[str]:
        """The known stems that share most trigrams with a stem, those that share most first."""
        shared = self.filter(gram__in=trigrams(stem)).values("stem").annotate(n=models.Count("pk"))
        return list(shared.order_by("-n", "stem").values_list("stem", flat=True)[:100])


class Gram(models.Model):
    """Three signs in a row of a stem that some initiative holds: the vocabulary of the search."""

    gram = models.CharField(max_length=3)
    stem = models.CharField(max_length=LONGEST)

    objects = GramQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="gram_once", fields=["gram", "stem"])]
        indexes = [models.Index(fields=["stem"], name="gram_of_stem")]

    def __str__(self) -> str:
        return f"{self.gram}: {self.stem}"


class Involvement(Dated):
    """An organisation that takes part in an initiative, in a role and since a day."""

    class Role(models.TextChoices):
        RESPONSIBLE = "responsible", pgettext_lazy("role of an organisation", "Responsible")
        PARTNER = "partner", pgettext_lazy("role of an organisation", "Partner")
        TESTS = "tests", pgettext_lazy("role of an organisation", "Tests it")
        SUPPORTS = "supports", pgettext_lazy("role of an organisation", "Supports it")

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="involvements")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="involvements", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.PARTNER)

    class Meta:
        verbose_name = _("involvement")
        verbose_name_plural = _("involvements")
        constraints = [
            Dated.ends_after_start("involvement_ends_after_start"),
            models.UniqueConstraint(
                name="involvement_once_at_a_time",
                fields=["initiative", "organisation"],
                condition=Q(end__isnull=True),
                violation_error_message=_("This organisation already takes part."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_role_display()}"


class TeamMember(Dated):
    """A person's role on one initiative; `rules.MAY` says what it allows."""

    class Role(models.TextChoices):
        LEAD = "lead", _("Lead")
        MEMBER = "member", _("Team member")
        ADVISOR = "advisor", _("Advisor")
        ECONOMIST = "economist", _("Economist")

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="team")
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="teams", verbose_name=_("person")
    )
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.MEMBER)

    class Meta:
        verbose_name = _("team member")
        verbose_name_plural = _("team members")
        constraints = [
            Dated.ends_after_start("teammember_ends_after_start"),
            models.UniqueConstraint(
                name="teammember_once_at_a_time",
                fields=["initiative", "person", "role"],
                condition=Q(end__isnull=True),
                violation_error_message=_("This person already has that role."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}"


class Goal(models.Model):
    """What an initiative aims at in one dimension of the Triple Aim."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="goals")
    dimension = models.CharField(_("dimension"), max_length=10, choices=Dimension)
    words = models.TextField(_("goal"), blank=True, validators=[refuse_cpr])

    class Meta:
        verbose_name = _("Triple Aim goal")
        verbose_name_plural = _("Triple Aim goals")
        constraints = [
            models.UniqueConstraint(name="goal_one_a_dimension", fields=["initiative", "dimension"])
        ]

    def __str__(self) -> str:
        return f"{self.get_dimension_display()}: {self.words}"


class Link(models.Model):
    """What an initiative has to do with another; read from either end."""

    class Kind(models.TextChoices):
        BUILDS_ON = "builds_on", _("builds on")
        REPLACES = "replaces", _("replaces")
        RELATED = "related", _("is related to")
        PART_OF = "part_of", _("is part of")

    #: The same link as the other initiative's page says it.
    REVERSED = {
        Kind.BUILDS_ON: _("is built on by"),
        Kind.REPLACES: _("is replaced by"),
        Kind.RELATED: Kind.RELATED.label,
        Kind.PART_OF: _("has as a part"),
    }

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="links")
    other = models.ForeignKey(
        Initiative, models.CASCADE, related_name="linked_from", verbose_name=_("other initiative")
    )
    kind = models.CharField(_("kind of link"), max_length=10, choices=Kind, default=Kind.RELATED)

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        constraints = [
            models.UniqueConstraint(
                name="link_once",
                fields=["initiative", "other", "kind"],
                violation_error_message=_("This link is there already."),
            ),
            models.CheckConstraint(
                name="link_to_another",
                condition=~Q(initiative=models.F("other")),
                violation_error_message=_("An initiative is not linked to itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.initiative} {self.get_kind_display()} {self.other}"

    @property
    def said_from_the_other_end(self) -> str:
        return str(self.REVERSED[self.Kind(self.kind)])


class Entry(AppendOnly):
    """One line of the journal: who did what to the initiative, and when.

    `at` is when it happened and `recorded_at` when it was written down; they differ where history
    from before Kernen is entered afterwards. An entry with a `stage` led the initiative there."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="journal")
    at = models.DateTimeField(_("happened"), default=timezone.now)
    recorded_at = models.DateTimeField(_("written down"), default=timezone.now)
    by = models.ForeignKey(Person, models.PROTECT, related_name="entries")
    verb = models.CharField(_("what"), max_length=30)
    params = models.JSONField(default=dict, blank=True)
    words = models.TextField(_("in words"), blank=True, validators=[refuse_cpr])
    stage = models.CharField(_("stage"), max_length=10, choices=Stage, blank=True)
    carried_over = models.BooleanField(_("from before Kernen"), default=False)

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal entries")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["initiative", "-at", "-id"], name="entry_newest")]
        constraints = [
            models.CheckConstraint(
                name="entry_stage_known", condition=Q(stage="") | Q(stage__in=Stage)
            ),
            models.CheckConstraint(
                name="entry_of_stopping_says_what_was_learned",
                condition=~Q(verb__in=[e.name for e in EVENTS.values() if e.asks]) | ~Q(words=""),
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def what(self) -> str:
        """The sentence the page says of it, in the reader's language."""
        params = {key: PARAMS.get(key, _as_it_is)(value) for key, value in self.params.items()}
        return str(VERBS.get(self.verb, self.verb)) % params


def _as_it_is(value: Any) -> Any:
    return value


def _field_names(names: list[str]) -> str:
    labels: dict[str, Any] = {field.name: field.verbose_name for field in Initiative._meta.fields}
    labels |= {dimension.value: dimension.label for dimension in Dimension}
    return ", ".join(str(labels[name]) for name in names)


def _moment(written: str) -> str:
    return date_format(timezone.localtime(datetime.fromisoformat(written)), "DATETIME_FORMAT")


#: How a stored parameter of the journal is said on the page.
PARAMS: dict[str, Callable[[Any], Any]] = {
    "role": lambda value: TeamMember.Role(value).label,
    "kind": lambda value: Link.Kind(value).label,
    "fields": _field_names,
    "back_to": _moment,
}
