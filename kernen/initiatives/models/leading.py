"""Who leads an initiative next, and whether it still runs at all."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kernen.lib.append_only import AppendOnly, AppendOnlyQuerySet
from kernen.lib.audit import Audited
from kernen.lib.cpr import refuse_cpr
from kernen.parties.models import Person

from ..stages import IDLE_AFTER


class LeadOffer(models.Model):
    """The lead of an initiative, offered to a person; until it is accepted nothing changes."""

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    initiative = models.ForeignKey("Initiative", models.CASCADE, related_name="lead_offers")
    to = models.ForeignKey(
        Person, models.PROTECT, related_name="lead_offers", verbose_name=_("person")
    )
    words = models.TextField(_("words to go with it"), blank=True, validators=[refuse_cpr])
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("when"), default=timezone.now)
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, blank=True)
    reason = models.TextField(_("answer in words"), blank=True, validators=[refuse_cpr])
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    history = Audited()

    class Meta:
        verbose_name = _("offer of the lead")
        verbose_name_plural = _("offers of the lead")
        constraints = [
            models.UniqueConstraint(
                name="leadoffer_one_open", fields=["initiative"], condition=Q(answer="")
            ),
            models.CheckConstraint(
                name="leadoffer_answered_by_somebody_at_a_time",
                condition=Q(answer="", answered_by=None, answered_at=None)
                | Q(
                    answer__in=["accepted", "declined", "withdrawn"],
                    answered_by__isnull=False,
                    answered_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="leadoffer_a_no_says_why", condition=~Q(answer="declined", reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.initiative}: {self.to}"

    def get_absolute_url(self) -> str:
        return reverse("offer", args=[self.pk])


class IdleQuestionQuerySet(AppendOnlyQuerySet):
    def open(self) -> Self:
        """Those still to be answered: any new trace of the initiative is an answer."""
        return self.filter(since=F("initiative__active_at"), initiative__stage__in=list(IDLE_AFTER))


class IdleQuestion(AppendOnly):
    """The lead was asked whether the initiative still runs: once after each last trace of it."""

    initiative = models.ForeignKey("Initiative", models.PROTECT, related_name="idle_questions")
    since = models.DateTimeField(_("last trace"))
    at = models.DateTimeField(_("when"), default=timezone.now)

    objects = IdleQuestionQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("question whether it still runs")
        verbose_name_plural = _("questions whether it still runs")
        constraints = [
            models.UniqueConstraint(
                name="idlequestion_once_after_a_trace", fields=["initiative", "since"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.initiative}: {self.since:%Y-%m-%d}"
