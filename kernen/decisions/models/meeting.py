"""Meetings of a forum, their agenda, and what comes to a forum from another."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kernen.lib.append_only import AppendOnly
from kernen.lib.audit import Audited
from kernen.lib.cpr import refuse_cpr
from kernen.parties.models import Forum, Person

from .decision import Decision
from .proposal import Proposal, ProposalVersion


class Meeting(models.Model):
    """A day on which a forum meets. Proposals come on its agenda until the deadline."""

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="meetings")
    on = models.DateField(_("day"))
    deadline = models.DateField(_("deadline for proposals"))
    place = models.CharField(_("place"), max_length=200, blank=True, validators=[refuse_cpr])

    history = Audited()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="meeting_once_a_day",
                fields=["forum", "on"],
                violation_error_message=_("The forum meets on that day already."),
            ),
            models.CheckConstraint(
                name="meeting_deadline_before_it",
                condition=Q(deadline__lte=F("on")),
                violation_error_message=_("The deadline must not lie after the meeting."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.forum}, {self.on}"

    def get_absolute_url(self) -> str:
        return reverse("meeting", args=[self.pk])


class Item(models.Model):
    """A point on an agenda: a proposal to decide on, or a decision to look at again.

    What stands `in_block` is decided together, unless somebody asks to take it out."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    position = models.PositiveIntegerField(_("place on the agenda"))
    proposal = models.ForeignKey(
        Proposal, models.PROTECT, null=True, blank=True, related_name="items"
    )
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="items"
    )
    in_block = models.BooleanField(_("taken in one block"), default=False)

    history = Audited()

    class Meta:
        verbose_name = _("item of an agenda")
        verbose_name_plural = _("items of agendas")
        ordering = ["meeting", "position", "pk"]
        constraints = [
            models.UniqueConstraint(name="item_proposal_once", fields=["meeting", "proposal"]),
            models.UniqueConstraint(name="item_decision_once", fields=["meeting", "decision"]),
            models.CheckConstraint(
                name="item_is_a_proposal_or_a_decision",
                condition=Q(proposal__isnull=False, decision__isnull=True)
                | Q(proposal__isnull=True, decision__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.proposal or self.decision)


class Recommendation(AppendOnly):
    """What a preparing group recommends on a version; it stands beside the decision."""

    version = models.ForeignKey(ProposalVersion, models.PROTECT, related_name="recommendations")
    forum = models.ForeignKey(Forum, models.PROTECT, related_name="recommendations")
    words = models.TextField(_("recommendation"), validators=[refuse_cpr])
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(name="recommendation_says_something", condition=~Q(words=""))
        ]

    def __str__(self) -> str:
        return f"{self.forum}: {self.words[:60]}"


class Forwarding(AppendOnly):
    """A proposal went on from one forum to the next."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="forwardings")
    version = models.ForeignKey(ProposalVersion, models.PROTECT, related_name="+")
    source = models.ForeignKey(Forum, models.PROTECT, related_name="+")
    target = models.ForeignKey(Forum, models.PROTECT, related_name="+")
    words = models.TextField(_("why"), blank=True, validators=[refuse_cpr])
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("forwarding")
        verbose_name_plural = _("forwardings")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="forwarding_goes_elsewhere", condition=~Q(source=F("target"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"
