"""The bodies that decide, and who sits in them."""

from __future__ import annotations

from datetime import date

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernen.lib.alphabet import Alphabetical
from kernen.lib.append_only import AppendOnly
from kernen.lib.audit import Audited
from kernen.lib.cpr import refuse_cpr

from .cluster import Cluster
from .dated import Dated
from .organisation import Organisation
from .person import Person


class DecisionRule(models.TextChoices):
    AGREEMENT = "agreement", _("Agreement: no voting member says no")
    CONSENT = "consent", _("Consent: no reasoned objection stands")
    MAJORITY = "majority", _("Majority")


class Ruled(models.Model):
    """The rule by which a forum decides, and how many of its seats must be there."""

    decision_rule = models.CharField(_("decision rule"), max_length=10, choices=DecisionRule)
    quorum = models.PositiveSmallIntegerField(
        _("quorum, per cent of the seats"), default=50, validators=[MaxValueValidator(100)]
    )

    class Meta:
        abstract = True


class Forum(Dated, Ruled):
    """A body that decides, with its level, its members and the rule by which it decides."""

    DecisionRule = DecisionRule

    class Level(models.TextChoices):
        CLUSTER = "cluster", pgettext_lazy("level of a forum", "Cluster")
        REGION = "region", pgettext_lazy("level of a forum", "Region")
        NATION = "nation", pgettext_lazy("level of a forum", "Nation")

    class Kind(models.TextChoices):
        THEME_GROUP = "theme_group", _("Theme group: prepares")
        STEERING_GROUP = "steering_group", _("Steering group: decides for the organisations")
        COMMITTEE = "committee", _("Committee or council: decides politically")

    name = models.CharField(_("name"), max_length=200, unique=True, validators=[refuse_cpr])
    kind = models.CharField(
        pgettext_lazy("of a forum", "kind"),
        max_length=20,
        choices=Kind,
        default=Kind.STEERING_GROUP,
    )
    level = models.CharField(_("level"), max_length=10, choices=Level)
    remit = models.CharField(
        _("what it takes up"), max_length=200, blank=True, validators=[refuse_cpr]
    )
    cluster = models.ForeignKey(
        Cluster,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="fora",
        verbose_name=_("cluster"),
    )

    history = Audited()
    places: list[Cluster]
    """The clusters in which it decides on the day shown; a view gives it."""
    seated: dict[str, int]
    """How many of its members count, and how many are secretaries; a view gives it."""

    class Meta:
        verbose_name = _("forum")
        verbose_name_plural = _("fora")
        ordering = [Alphabetical("name"), "pk"]
        constraints = [
            Dated.ends_after_start("forum_ends_after_start"),
            models.CheckConstraint(
                name="forum_of_a_cluster_names_it",
                condition=Q(level="cluster", cluster__isnull=False)
                | (~Q(level="cluster") & Q(cluster__isnull=True)),
                violation_error_message=_("Name the cluster of a cluster's forum, and only there."),
            ),
            models.CheckConstraint(name="forum_quorum_is_a_share", condition=Q(quorum__lte=100)),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("forum", args=[self.pk])

    def rule_on(self, day: date) -> Ruled:
        """The rule by which it decided on that day: its own, unless another held until later."""
        former = self.former_rules.filter(until__gt=day).order_by("until", "pk")
        return former.first() or self


class FormerRule(Ruled, AppendOnly):
    """The rule by which a forum decided until it got another, which counts `until` that day and no
    longer on it."""

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="former_rules")
    until = models.DateField(_("until"))
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("former rule of a forum")
        verbose_name_plural = _("former rules of fora")
        ordering = ["-until", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="formerrule_quorum_is_a_share", condition=Q(quorum__lte=100)
            )
        ]

    def __str__(self) -> str:
        return f"{self.forum}: {self.get_decision_rule_display()}"


class ForumMember(Dated):
    """An organisation or a person with a seat in a forum."""

    class Role(models.TextChoices):
        CHAIR = "chair", _("Chair")
        SECRETARY = "secretary", _("Secretary")
        MEMBER = "member", _("Member")

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="members")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="seats"
    )
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="seats")
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.MEMBER)

    history = Audited()

    class Meta:
        verbose_name = _("member of a forum")
        verbose_name_plural = _("members of fora")
        constraints = [
            Dated.ends_after_start("forummember_ends_after_start"),
            models.CheckConstraint(
                name="forummember_is_an_organisation_or_a_person",
                condition=Q(organisation__isnull=False) | Q(person__isnull=False),
                violation_error_message=_("Name an organisation or a person."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person or self.organisation} – {self.forum}"
