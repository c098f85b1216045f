"""A proposal to a forum, and its versions as the forum saw them."""

from __future__ import annotations

import json
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernen.initiatives.models import Initiative
from kernen.initiatives.rules import editable
from kernen.lib.audit import Audited
from kernen.lib.cpr import refuse_cpr
from kernen.parties.models import Cluster, Forum, Person

from ..chain import Chained


class Outcome(models.TextChoices):
    """What a proposal asks for, and what a forum decides."""

    SPREAD = "spread", _("Spread")
    ON_CONDITIONS = "on_conditions", _("Spread with conditions")
    TEST_FURTHER = "test_further", _("Test further")
    STOP = "stop", pgettext_lazy("outcome of a decision", "Stop")


#: The outcomes after which it spreads.
SPREADS = (Outcome.SPREAD, Outcome.ON_CONDITIONS)
#: Beside the languages of a version's page: where the gains and costs stand that it was drawn of;
#: as text, since a database writes figures in its own way, and the page is hashed.
ESTIMATES = "estimates"


class ProposalQuerySet(models.QuerySet[Any]):
    def open(self) -> Self:
        return self.filter(ended_at=None)

    def seen_by(self, person: Person | None) -> Self:
        """What was submitted is open to all; a draft to those who may write it."""
        return self.filter(
            Q(submitted_at__isnull=False) | Q(initiative__in=editable(person).values("pk"))
        )

    def locked(self, proposal: Proposal) -> Proposal:
        """The proposal as it stands now, its initiative locked until the transaction ends."""
        Initiative.objects.locked(proposal.initiative)
        found: Proposal = self.select_related("initiative", "forum").get(pk=proposal.pk)
        return found


class Proposal(models.Model):
    """What an initiative asks of a forum, while it is written and while it lies there.

    The texts are the parts of `parts.PARTS`. A forum judges a version, never this row."""

    class Ending(models.TextChoices):
        DECIDED = "decided", pgettext_lazy("of a proposal", "Decided")
        WITHDRAWN = "withdrawn", pgettext_lazy("of a proposal", "Withdrawn")

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="proposals")
    forum = models.ForeignKey(
        Forum, models.PROTECT, related_name="proposals", verbose_name=_("forum")
    )
    asks = models.CharField(_("asks for"), max_length=20, choices=Outcome, default=Outcome.SPREAD)
    clusters = models.ManyToManyField(
        Cluster, related_name="proposals", blank=True, verbose_name=_("clusters in scope")
    )
    why = models.TextField(_("why spread it"), blank=True, validators=[refuse_cpr])
    will = models.TextField(_("power and will"), blank=True, validators=[refuse_cpr])
    support = models.TextField(_("support and ownership"), blank=True, validators=[refuse_cpr])
    citizens = models.TextField(_("the citizens' view"), blank=True, validators=[refuse_cpr])
    connection = models.TextField(_("connection"), blank=True, validators=[refuse_cpr])
    premises = models.TextField(_("premises"), blank=True, validators=[refuse_cpr])
    drafted_by = models.ForeignKey(Person, models.PROTECT, related_name="proposals_drafted")
    drafted_at = models.DateTimeField(_("begun"), default=timezone.now)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True, editable=False)
    ending = models.CharField(
        _("how it ended"), max_length=10, choices=Ending, blank=True, editable=False
    )

    objects = ProposalQuerySet.as_manager()
    history = Audited()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["-drafted_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="proposal_open_once_at_a_forum",
                fields=["initiative", "forum"],
                condition=Q(ended_at__isnull=True),
                violation_error_message=_("The initiative has an open proposal to this forum."),
            ),
            models.CheckConstraint(
                name="proposal_ended_says_how",
                condition=Q(ended_at__isnull=True, ending="")
                | Q(ended_at__isnull=False, ending__in=["decided", "withdrawn"]),
            ),
            models.CheckConstraint(
                name="proposal_decided_was_submitted",
                condition=~Q(ending="decided") | Q(submitted_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.initiative} – {self.forum}"

    def get_absolute_url(self) -> str:
        return reverse("proposal", args=[self.pk])

    def latest(self) -> ProposalVersion | None:
        """The version that the forum judges; None before it is submitted."""
        found: ProposalVersion | None = self.versions.order_by("-edition").first()
        return found


class ProposalVersion(Chained):
    """A proposal as it was submitted: what the forum judges and what organisations answer.

    `sheet` is the page as it was drawn then, by language, and all gains and costs behind it;
    `words` and `scope` are what it was made of. `passed` are the soft gates it passed over, for the
    `reason`; `meets` are the endorsements whose conditions it says it meets."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="versions")
    edition = models.PositiveIntegerField(_("version"))
    at = models.DateTimeField(_("submitted"), default=timezone.now)
    by = models.ForeignKey(Person, models.PROTECT, related_name="proposals_submitted")
    forum = models.ForeignKey(Forum, models.PROTECT, related_name="+")
    asks = models.CharField(_("asks for"), max_length=20, choices=Outcome)
    scope = models.JSONField(_("clusters in scope"), default=list, blank=True)
    words = models.JSONField(_("texts"), default=dict, blank=True)
    sheet = models.JSONField(_("page"), default=dict, blank=True)
    changes = models.TextField(_("what is new"), blank=True, validators=[refuse_cpr])
    passed = models.JSONField(_("gates passed over"), default=list, blank=True)
    reason = models.TextField(_("why they were passed over"), blank=True, validators=[refuse_cpr])
    meets = models.JSONField(_("conditions met"), default=list, blank=True)

    class Meta:
        verbose_name = _("version of a proposal")
        verbose_name_plural = _("versions of proposals")
        ordering = ["proposal", "-edition"]
        constraints = [
            models.UniqueConstraint(
                name="proposalversion_edition_once", fields=["proposal", "edition"]
            ),
            models.CheckConstraint(
                name="proposalversion_later_says_what_is_new",
                condition=Q(edition=1) | ~Q(changes=""),
            ),
            models.CheckConstraint(
                name="proposalversion_passes_gates_for_a_reason",
                condition=Q(passed=[]) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal} ({self.edition})"

    def get_absolute_url(self) -> str:
        return reverse("proposal_version", args=[self.proposal_id, self.edition])

    @property
    def called(self) -> str:
        """Its number and its day, within a sentence."""
        day = date_format(timezone.localtime(self.at), "DATE_FORMAT")
        return _("version %(edition)s of %(day)s") % {"edition": self.edition, "day": day}

    @property
    def estimates(self) -> dict[str, Any] | None:
        """All gains and costs as they stood when it was submitted, where they were kept."""
        kept = self.sheet.get(ESTIMATES)
        return json.loads(kept) if kept else None  # type: ignore[no-any-return]

    def clusters(self) -> list[Cluster]:
        """Those in scope as it was submitted, whatever the draft says since."""
        return list(Cluster.objects.filter(pk__in=self.scope))
