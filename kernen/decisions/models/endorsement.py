"""What each organisation in scope answers to a proposal."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernen.lib.append_only import AppendOnlyQuerySet
from kernen.lib.cpr import refuse_cpr
from kernen.parties.models import Organisation, Person

from ..chain import Chained
from .proposal import Proposal, ProposalVersion


class EndorsementQuerySet(AppendOnlyQuerySet):
    def standing(self) -> Self:
        """Each organisation's latest answer to each proposal: a later one counts instead."""
        later = self.model._default_manager.filter(
            proposal=models.OuterRef("proposal"),
            organisation=models.OuterRef("organisation"),
            number__gt=models.OuterRef("number"),
        )
        return self.filter(~models.Exists(later))


class Endorsement(Chained):
    """An organisation's answer to a version of a proposal, by a person with the mandate.

    `capacity` is what the person is there, as it was then. `money` is kroner in all, `hours` hours
    a week that it puts in."""

    class Answer(models.TextChoices):
        YES = "yes", pgettext_lazy("endorsement", "Yes")
        YES_IF = "yes_if", pgettext_lazy("endorsement", "Yes, if …")
        NO = "no", pgettext_lazy("endorsement", "No")

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="endorsements")
    version = models.ForeignKey(ProposalVersion, models.PROTECT, related_name="endorsements")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="endorsements", verbose_name=_("organisation")
    )
    answer = models.CharField(_("answer"), max_length=10, choices=Answer)
    words = models.TextField(_("in words"), blank=True, validators=[refuse_cpr])
    money = models.DecimalField(
        _("money (DKK)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    hours = models.DecimalField(
        _("hours a week"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    places = models.CharField(
        _("for which places"), max_length=300, blank=True, validators=[refuse_cpr]
    )
    from_day = models.DateField(_("from when"), null=True, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="endorsements_given")
    capacity = models.CharField(_("as"), max_length=200, blank=True, validators=[refuse_cpr])
    by_link = models.BooleanField(_("answered from a link"), default=False)
    at = models.DateTimeField(_("when"), default=timezone.now)

    objects = EndorsementQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("endorsement")
        verbose_name_plural = _("endorsements")
        ordering = ["number"]
        indexes = [
            models.Index(
                fields=["proposal", "organisation", "-number"], name="endorsement_standing"
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="endorsement_other_than_yes_says_why",
                condition=Q(answer="yes") | ~Q(words=""),
                violation_error_message=_("Say why, or on which condition."),
            ),
            models.CheckConstraint(
                name="endorsement_answer_known", condition=Q(answer__in=["yes", "yes_if", "no"])
            ),
            models.CheckConstraint(
                name="endorsement_puts_in_no_less_than_nothing",
                condition=(Q(money__isnull=True) | Q(money__gte=0))
                & (Q(hours__isnull=True) | Q(hours__gte=0)),
            ),
            models.CheckConstraint(
                name="endorsement_no_puts_in_nothing",
                condition=~Q(answer="no") | Q(money__isnull=True, hours__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_answer_display()}"

    @property
    def puts_in(self) -> bool:
        """Whether it says what the organisation puts in, for which places or from when."""
        given = (self.money, self.hours, self.from_day)
        return bool(self.places) or any(one is not None for one in given)
