"""How a series stands, worked out beforehand, so that a list of thousands asks for no figures."""

from typing import Any

from django.db import models
from django.db.models import Q

from kernen.initiatives.models import Initiative
from kernen.lib.alphabet import Alphabetical
from kernen.parties import rules as parties


class StandingQuerySet(models.QuerySet[Any]):
    def shown_to(self, person: Any) -> "StandingQuerySet":
        """Those whose series the person may see: every list and file of them begins here."""
        own = set(parties.roles_on(person)) if person else set()
        return self.filter(Q(series__closed_at=None) | Q(series__organisation__in=own))


class Standing(models.Model):
    """What the grid shows of a series. All of it follows from the series' figures, its definition
    and how it is drawn; `keep.settle` writes it, with every action that changes one of them.

    `came` numbers the last period that has come, so that the database can count those that have
    not; `spark` holds the latest values and from which of them on the median counts; `coming` how
    the latest figures came, see `quality.coming`."""

    series = models.OneToOneField(
        "measures.Series", models.CASCADE, primary_key=True, related_name="standing"
    )
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="+")
    frequency = models.CharField(max_length=10)
    name = models.CharField(max_length=150)
    place = models.CharField(max_length=320)
    latest = models.FloatField(null=True)
    latest_period = models.DateField(null=True)
    median = models.FloatField(null=True)
    decimals = models.PositiveSmallIntegerField(default=1)
    gaps = models.PositiveIntegerField(default=0)
    came = models.IntegerField(null=True)
    variation = models.CharField(max_length=10)
    assurance = models.CharField(max_length=10, blank=True)
    spark = models.JSONField(default=dict)
    coming = models.JSONField(default=dict)
    loaded_at = models.DateTimeField(null=True)
    version = models.PositiveSmallIntegerField()

    objects = StandingQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(Alphabetical("name"), name="standing_name"),
            models.Index(Alphabetical("place"), name="standing_place"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.place}"
