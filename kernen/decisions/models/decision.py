"""What a forum decided: never edited, only followed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernen.initiatives.models import Initiative
from kernen.lib.append_only import AppendOnly, AppendOnlyQuerySet
from kernen.lib.cpr import refuse_cpr
from kernen.parties.models import Forum, Person

from ..chain import Chained
from .proposal import Outcome, Proposal, ProposalVersion

#: So long a decision is fresh: half a year, as it is said on the pages.
FRESH = timedelta(days=182)


class Stance(models.TextChoices):
    """How one seat took part in a decision; `stances` calls them by the forum's rule."""

    YES = "yes", pgettext_lazy("stance", "Yes")
    MET = "met", _("Had an objection, which was met")
    DISSENT = "dissent", _("Goes along, with a dissenting view")
    NO = "no", pgettext_lazy("stance", "No")
    NO_VOTE = "no_vote", _("Does not vote")
    ABSENT = "absent", _("Absent")


#: Stances of those who differ from what is decided.
DIFFERS = frozenset({Stance.DISSENT, Stance.NO})


class Commitment(models.TextChoices):
    BINDING = "binding", _("Binding: every place in scope implements it")
    VOLUNTARY = "voluntary", _("Voluntary: it spreads to those who said yes")


class DecisionQuerySet(AppendOnlyQuerySet):
    def standing(self) -> Self:
        """Those that no later decision has followed."""
        return self.filter(followed_by=None)

    def lately(self) -> Self:
        """Those standing that are so fresh that a new proposal beside them says why it comes."""
        return self.standing().filter(met_on__gt=timezone.localdate() - FRESH)

    def public(self) -> Self:
        """Those that their forum lets everybody read."""
        last = Publication.objects.filter(decision=models.OuterRef("pk")).order_by("-pk")
        return self.alias(shown=models.Subquery(last.values("shown")[:1])).filter(shown=True)

    def left_closed(self) -> Self:
        """Those that follow one that everybody reads, and of which their forum has not said
        whether everybody may."""
        return self.filter(publications=None, follows__in=Decision.objects.public())


class Decision(Chained):
    """A forum's decision on a version of a proposal.

    `scope` are clusters by id. `votes` hold one row for each seat: `seat`, `organisation` and
    `person` by id or null, `stance`, `words`. `rule` and `quorum` are the forum's own on the day.
    `met_on` is the day of the decision, `at` when it was written down. A decision to stop says what
    was `learned`, what `replaces` it and who should know (`to_know`)."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="decisions")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="decisions")
    version = models.ForeignKey(ProposalVersion, models.PROTECT, related_name="decisions")
    forum = models.ForeignKey(Forum, models.PROTECT, related_name="decisions")
    follows = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome)
    commitment = models.CharField(_("commitment"), max_length=10, choices=Commitment, blank=True)
    scope = models.JSONField(_("clusters in scope"), default=list, blank=True)
    grounds = models.TextField(_("grounds"), validators=[refuse_cpr])
    conditions = models.TextField(_("conditions"), blank=True, validators=[refuse_cpr])
    learned = models.TextField(_("what was learned"), blank=True, validators=[refuse_cpr])
    replaces = models.TextField(_("what replaces it"), blank=True, validators=[refuse_cpr])
    to_know = models.TextField(_("who should know"), blank=True, validators=[refuse_cpr])
    rule = models.CharField(_("decision rule"), max_length=10, choices=Forum.DecisionRule)
    quorum = models.PositiveSmallIntegerField(_("quorum, per cent of the seats"))
    votes = models.JSONField(_("who took part"), default=list)
    met_on = models.DateField(_("decided on"))
    look_again_on = models.DateField(_("to be looked at again on"), null=True, blank=True)
    at = models.DateTimeField(_("written down"), default=timezone.now)
    by = models.ForeignKey(Person, models.PROTECT, related_name="decisions_written")
    carried_over = models.BooleanField(_("from before Kernen"), default=False)

    objects = DecisionQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-met_on", "-number"]
        indexes = [models.Index(fields=["look_again_on"], name="decision_look_again")]
        constraints = [
            models.CheckConstraint(name="decision_says_why", condition=~Q(grounds="")),
            models.CheckConstraint(
                name="decision_outcome_known", condition=Q(outcome__in=Outcome.values)
            ),
            models.CheckConstraint(
                name="decision_on_conditions_names_them",
                condition=~Q(outcome="on_conditions") | ~Q(conditions=""),
                violation_error_message=_("Write the conditions."),
            ),
            models.CheckConstraint(
                name="decision_to_stop_says_what_was_learned",
                condition=~Q(outcome="stop") | (~Q(learned="") & ~Q(to_know="")),
                violation_error_message=_("Say what was learned and who should know."),
            ),
            models.CheckConstraint(
                name="decision_to_spread_says_how_binding",
                condition=~Q(outcome__in=["spread", "on_conditions"]) | ~Q(commitment=""),
            ),
            models.CheckConstraint(
                name="decision_looked_at_again_later",
                condition=Q(look_again_on__isnull=True) | Q(look_again_on__gt=models.F("met_on")),
                violation_error_message=_("It is looked at again after it was decided."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.initiative}: {self.get_outcome_display()}"

    def get_absolute_url(self) -> str:
        return reverse("decision", args=[self.pk])

    @property
    def past_its_day(self) -> bool:
        """Whether the day has passed on which it was to be looked at again."""
        return self.look_again_on is not None and self.look_again_on < timezone.localdate()

    @property
    def dissents(self) -> list[dict[str, Any]]:
        """The votes of those who differed, in their own words."""
        return [vote for vote in self.votes if vote["words"] and vote["stance"] in DIFFERS]


class Publication(AppendOnly):
    """The forum lets a decision be read by everybody, or no longer; the last one counts."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="publications")
    shown = models.BooleanField(_("open to everybody"))
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("publication of a decision")
        verbose_name_plural = _("publications of decisions")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.decision}: {self.shown}"
