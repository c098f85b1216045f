"""A question by e-mail: its link opens one organisation's answer to one proposal, and no more."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kernen.lib.audit import Audited
from kernen.parties.models import Asked, MailedQuerySet, Organisation, Person

from .proposal import Proposal, ProposalVersion


class AnswerLinkQuerySet(MailedQuerySet):
    def waiting(self) -> Self:
        return self.filter(withdrawn_at=None, proposal__ended_at=None)

    def in_vain(self) -> Self:
        return self.filter(answered_at=None)

    def unanswered(self) -> Self:
        """Those by which nobody has answered yet."""
        return self.waiting().filter(answered_at=None)


class AnswerLink(Asked):
    """`by` asked it. It is for `person`, a leader with the mandate; or for whoever is typed in
    `name` and `title`, whose mandate `by` vouches for and who becomes a person by answering.

    `version` is the one that the latest e-mail tells of, `occasion` why it was sent."""

    class Occasion(models.TextChoices):
        ASKED = "asked", _("Asked")
        REMINDED = "reminded", _("Reminded")
        NEW_VERSION = "new_version", _("Asked about a new version")

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="answer_links")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="answer_links")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="answer_links"
    )
    version = models.ForeignKey(ProposalVersion, models.PROTECT, related_name="+")
    occasion = models.CharField(
        _("why it was sent"), max_length=20, choices=Occasion, default=Occasion.ASKED
    )
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    objects = AnswerLinkQuerySet.as_manager()
    history = Audited(leave_out=("tries", "again_at", "sent_at"))

    class Meta(Asked.Meta):
        verbose_name = _("question by e-mail")
        verbose_name_plural = _("questions by e-mail")
        constraints = [
            *Asked.Meta.constraints,
            models.UniqueConstraint(
                name="answerlink_once_at_a_time",
                fields=["proposal", "organisation", "email"],
                condition=Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="answerlink_answered_by_somebody",
                condition=Q(answered_at__isnull=True) | Q(person__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["again_at"],
                name="answerlink_waits",
                condition=Q(sent_at=None, withdrawn_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.to}"

    def get_absolute_url(self) -> str:
        return reverse("answer_link", args=[self.pk])

    @property
    def to_title(self) -> str:
        return self.person.title if self.person else self.title

    @property
    def vouched(self) -> bool:
        """Whether `by` stands for the mandate, since the register does not know it."""
        return bool(self.name)

    def signed(self) -> str:
        return f"{super().signed()}:{self.proposal_id}"
