"""Wall screens: chosen charts in turn, for a corridor."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kernen.lib.audit import Audited
from kernen.lib.cpr import refuse_cpr
from kernen.parties.models import Organisation

SHORTEST, LONGEST = 5, 300


class WallQuerySet(models.QuerySet[Any]):
    def locked(self, wall: "Wall") -> "Wall":
        """The wall screen as it stands now, locked until the transaction ends."""
        found: Wall = self.select_for_update(of=("self",)).get(pk=wall.pk)
        return found


class Wall(models.Model):
    """A screen of an organisation that shows charts in turn. While it is open, whoever has its
    address sees it, signed in or not."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="walls", verbose_name=_("organisation")
    )
    name = models.CharField(_("name"), max_length=100, validators=[refuse_cpr])
    seconds = models.PositiveSmallIntegerField(
        _("seconds a chart"),
        default=20,
        validators=[MinValueValidator(SHORTEST), MaxValueValidator(LONGEST)],
    )
    opened_at = models.DateTimeField(_("open since"), null=True, blank=True, editable=False)

    objects = WallQuerySet.as_manager()
    history = Audited()

    class Meta:
        verbose_name = _("wall screen")
        verbose_name_plural = _("wall screens")
        ordering = ["organisation", "name"]
        constraints = [
            models.UniqueConstraint(
                name="wall_name_once",
                fields=["organisation", "name"],
                violation_error_message=_("The organisation has a wall screen of that name."),
            ),
            models.CheckConstraint(
                name="wall_seconds_readable",
                condition=Q(seconds__gte=SHORTEST, seconds__lte=LONGEST),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("wall", args=[self.pk])


class WallChart(models.Model):
    """A series on a wall screen; shown in the order of `position`."""

    wall = models.ForeignKey(Wall, models.CASCADE, related_name="charts")
    series = models.ForeignKey("measures.Series", models.CASCADE, related_name="on_walls")
    position = models.PositiveIntegerField(_("place in the order"))

    history = Audited()

    class Meta:
        verbose_name = _("chart on a wall screen")
        verbose_name_plural = _("charts on wall screens")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(name="wall_chart_once", fields=["wall", "series"]),
        ]

    def __str__(self) -> str:
        return f"{self.wall}: {self.series}"
