"""That somebody is asked by e-mail to take part for an organisation."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernen.lib.audit import Audited

from .mailed import Mailed, MailedQuerySet
from .organisation import Organisation
from .person import OrganisationRole, Person


class InvitationQuerySet(MailedQuerySet):
    def waiting(self) -> Self:
        """Those that nobody has answered, also where their time is out."""
        return self.filter(answer="")

    def in_vain(self) -> Self:
        return self.exclude(answer=Invitation.Answer.ACCEPTED)


class Invitation(Mailed):
    """By e-mail, with a link. `answered_by` is who accepted, declined or withdrew it."""

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", pgettext_lazy("invitation", "Accepted")
        DECLINED = "declined", pgettext_lazy("invitation", "Declined")
        WITHDRAWN = "withdrawn", pgettext_lazy("invitation", "Withdrawn")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="invitations")
    role = models.CharField(
        _("role"),
        max_length=20,
        choices=OrganisationRole.Role,
        default=OrganisationRole.Role.CONTRIBUTOR,
    )
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("invited"), default=timezone.now)
    until = models.DateField(_("can be accepted until"))
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="invitations"
    )

    objects = InvitationQuerySet.as_manager()
    history = Audited(leave_out=("tries", "again_at", "sent_at"))

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="invitation_once_at_a_time",
                fields=["organisation", "email"],
                condition=Q(answer=""),
            ),
            models.CheckConstraint(
                name="invitation_answered_whole",
                condition=Q(answer="", answered_at__isnull=True, answered_by__isnull=True)
                | Q(
                    answer__in=["accepted", "declined", "withdrawn"],
                    answered_at__isnull=False,
                    answered_by__isnull=False,
                ),
            ),
        ]
        indexes = [
            models.Index(
                fields=["again_at"],
                name="invitation_waits",
                condition=Q(sent_at=None, answer=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.email}: {self.get_role_display()}, {self.organisation}"

    def get_absolute_url(self) -> str:
        return reverse("invitation", args=[self.pk])
