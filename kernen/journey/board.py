"""The board: where initiatives are on their way, cluster by cluster."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet

from kernen.initiatives.models import Initiative
from kernen.initiatives.stages import Stage
from kernen.parties.models import Cluster

#: Titles shown in a cell, of those that were last active.
TITLES = 3
#: Of so many, those last active, the titles are taken: time does not grow with the register.
LOOKED_AT = 500

Where = tuple[str, int | None]


@dataclass
class Cell:
    stage: Stage
    count: int = 0
    first: list[Initiative] = field(default_factory=list)

    @property
    def left(self) -> int:
        """How many it does not name."""
        return self.count - len(self.first)


@dataclass
class Row:
    cluster: Cluster | None  # None: in several clusters, or the whole region
    cells: list[Cell]


def board(found: QuerySet[Initiative], *, whole: bool) -> list[Row]:
    """A row for each cluster and one for those without, a cell in it for each stage.

    An initiative stands in its own cluster only. Clusters of today stand there also when they are
    empty, if `whole`. Two queries for the initiatives and two for the clusters, at any size."""
    counts: dict[Where, int] = {
        (stage, cluster): n
        for stage, cluster, n in found.order_by()
        .values_list("stage", "cluster")
        .annotate(n=Count("pk"))
    }
    first: dict[Where, list[Initiative]] = {}
    newest: Any = found.order_by("-active_at", "-pk").only("title", "stage", "cluster")
    for one in newest[:LOOKED_AT]:
        titles = first.setdefault((one.stage, one.cluster_id), [])
        if len(titles) < TITLES:
            titles.append(one)
    used = {cluster for _stage, cluster in counts}
    current = set(Cluster.objects.current().values_list("pk", flat=True)) if whole else set()
    clusters = [c for c in Cluster.objects.all() if c.pk in used | current]
    rows: list[Cluster | None] = [*clusters, *([None] if None in used else [])]
    return [
        Row(
            cluster,
            [_cell(stage, cluster.pk if cluster else None, counts, first) for stage in Stage],
        )
        for cluster in rows
    ]


def _cell(
    stage: Stage, cluster: int | None, counts: dict[Where, int], first: dict[Where, Any]
) -> Cell:
    where = (stage.value, cluster)
    return Cell(stage, counts.get(where, 0), first.get(where, []))
