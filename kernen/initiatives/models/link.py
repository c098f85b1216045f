"""What an initiative has to do with another."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kernen.lib.audit import Audited


class Link(models.Model):
    """What an initiative has to do with another; read from either end."""

    class Kind(models.TextChoices):
        BUILDS_ON = "builds_on", _("builds on")
        REPLACES = "replaces", _("replaces")
        RELATED = "related", _("is related to")
        PART_OF = "part_of", _("is part of")
        SAME = "same", _("is the same as")

    #: Those that one side makes alone; that two are the same is said by the leads of both.
    MADE_BY_ONE = [(value, label) for value, label in Kind.choices if value != "same"]

    #: The same link as the other initiative's page says it.
    REVERSED = {
        Kind.BUILDS_ON: _("is built on by"),
        Kind.REPLACES: _("is replaced by"),
        Kind.RELATED: Kind.RELATED.label,
        Kind.PART_OF: _("has as a part"),
        Kind.SAME: Kind.SAME.label,
    }

    initiative = models.ForeignKey("Initiative", models.CASCADE, related_name="links")
    other = models.ForeignKey(
        "Initiative", models.CASCADE, related_name="linked_from", verbose_name=_("other initiative")
    )
    kind = models.CharField(_("kind of link"), max_length=10, choices=Kind, default=Kind.RELATED)

    history = Audited()

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
