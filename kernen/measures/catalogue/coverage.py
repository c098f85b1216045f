"""Who measures what: each sector by each dimension of the Triple Aim, and where nobody does."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q
from django.utils import timezone
from django.utils.functional import Promise

from kernen.initiatives.models import Dimension, Initiative
from kernen.lib.shown_day import shown_day
from kernen.parties import lineage
from kernen.parties.models import THREE_SECTORS, Cluster, ClusterMembership, Sector

from ..models import Point, Series, SharedVersion

#: A series lives if a figure stands for a period that began within so many days.
ALIVE = timedelta(days=365)


@dataclass(frozen=True)
class Cell:
    """One sector and one dimension: what lives there, and what the catalogue has for it."""

    dimension: str
    label: str | Promise
    measures: int
    series: int
    offered: int


@dataclass(frozen=True)
class Row:
    sector: str
    label: str | Promise
    cells: list[Cell]


def alive(cluster: Cluster | None = None) -> Any:
    """The series with a figure of the last year, of the whole region or of a cluster."""
    recent = Point.objects.filter(
        Q(value__isnull=False) | Q(denominator__isnull=False) | Q(size__gt=0),
        series=OuterRef("pk"),
        period__gt=timezone.localdate() - ALIVE,
    )
    found = Series.objects.filter(Exists(recent))
    if cluster is None:
        return found
    day = cluster.nearest(shown_day())
    members = ClusterMembership.objects.on(day).filter(cluster=cluster)
    here = lineage.organisations().of_all(members.values_list("organisation", flat=True), day)
    initiatives = Initiative.objects.of_cluster(cluster).order_by()
    return found.filter(organisation__in=here, measure__initiative__in=initiatives.values("pk"))


def matrix(cluster: Cluster | None = None) -> list[Row]:
    """The three sectors, and others where they measure. Two queries beside those of the cluster."""
    counted = alive(cluster).order_by().values_list("organisation__sector", "measure__dimension")
    there: dict[tuple[str, str], tuple[int, int]] = {}
    for sector, dimension, measures, series in counted.annotate(
        Count("measure", distinct=True), Count("pk", distinct=True)
    ):
        there[sector, dimension] = (measures, series)
    offered = _offered()
    return [
        Row(
            sector.value,
            sector.label,
            [
                Cell(
                    dimension,
                    label,
                    *there.get((sector, dimension), (0, 0)),
                    offered.get((sector, dimension), 0),
                )
                for dimension, label in Dimension.choices
            ],
        )
        for sector in Sector
        if sector in THREE_SECTORS or any((sector, one) in there for one in Dimension.values)
    ]


def without_dimension(cluster: Cluster | None = None) -> int:
    """How many living series measure nothing of the Triple Aim by their own account."""
    return int(alive(cluster).filter(measure__dimension="").count())


def _offered() -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for version in SharedVersion.objects.current().filter(shared__withdrawn_at=None):
        for sector in version.sectors:
            key = sector, version.dimension
            found[key] = found.get(key, 0) + 1
    return found


def behind(cluster: Cluster | None, sector: str, dimension: str) -> Any:
    """The living series of one cell, by measure and place."""
    found = alive(cluster).filter(measure__dimension=dimension)
    if sector:
        found = found.filter(organisation__sector=sector)
    whole = found.select_related("measure__initiative", "measure__version__shared", "organisation")
    return whole.annotate(last=Max("points__period")).order_by(
        "measure__name", "organisation__name", "place", "pk"
    )
