"""Who takes part in an initiative: organisations and people."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernen.lib.audit import Audited
from kernen.parties.models import Dated, Organisation, Person


class Involvement(Dated):
    """An organisation that takes part in an initiative, in a role and since a day."""

    class Role(models.TextChoices):
        RESPONSIBLE = "responsible", pgettext_lazy("role of an organisation", "Responsible")
        PARTNER = "partner", pgettext_lazy("role of an organisation", "Partner")
        TESTS = "tests", pgettext_lazy("role of an organisation", "Tests it")
        SUPPORTS = "supports", pgettext_lazy("role of an organisation", "Supports it")

    initiative = models.ForeignKey("Initiative", models.CASCADE, related_name="involvements")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="involvements", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.PARTNER)

    history = Audited()
    places: list[Organisation]
    """In whose name it goes on on the day shown; `placing.stand_in` gives it."""

    class Meta:
        verbose_name = _("involvement")
        verbose_name_plural = _("involvements")
        indexes = [
            # All that tells who takes part in an initiative on a day, without a look at the row.
            models.Index(
                fields=["initiative", "organisation", "start", "end"], name="involvement_on_day"
            ),
        ]
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

    initiative = models.ForeignKey("Initiative", models.CASCADE, related_name="team")
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="teams", verbose_name=_("person")
    )
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.MEMBER)

    history = Audited()

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
