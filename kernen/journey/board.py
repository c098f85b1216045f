"""The board: where initiatives are on their way, cluster by cluster."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet

from kernen.initiatives.history import WHOLE_REGION
from kernen.initiatives.models import Initiative
from kernen.initiatives.selection import NO_CLUSTER
from kernen.initiatives.stages import Stage
from kernen.parties import lineage
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

    def __str__(self) -> str:
        return str(self.cluster or WHOLE_REGION)

    @property
    def home(self) -> Any:
        """What the overview's filter calls the row."""
        return self.cluster.pk if self.cluster else NO_CLUSTER


def board(found: QuerySet[Initiative], *, whole: bool) -> tuple[list[Row], int]:
    """A row for each cluster and one for those without, a cell in it for each stage.

    An initiative stands only where its own cluster does on the day shown. The clusters of that day
    stand there also when they are empty, if `whole`. How many there
    are stands beside it. The same few queries at any size."""
    total = 0
    moved = {key: [one.pk for one in some] for key, some in lineage.moved(Cluster).items()}
    counts: Counter[Where] = Counter()
    stages = found.order_by().values_list("stage", "cluster")
    for stage, cluster, n in stages.annotate(n=Count("pk")):
        total += n
        for place in moved.get(cluster, [cluster]):
            counts[stage, place] += n
    first: dict[Where, list[Initiative]] = {}
    newest: Any = found.order_by("-active_at", "-pk").only("title", "stage", "cluster")
    for one in newest[:LOOKED_AT]:
        for place in moved.get(one.cluster_id, [one.cluster_id]):
            titles = first.setdefault((one.stage, place), [])
            if len(titles) < TITLES:
                titles.append(one)
    used = {cluster for _stage, cluster in counts}
    current = set(Cluster.objects.shown().values_list("pk", flat=True)) if whole else set()
    clusters = [c for c in Cluster.objects.all() if c.pk in used | current]
    rows: list[Cluster | None] = [*clusters, *([None] if None in used else [])]
    made = [
        Row(
            cluster,
            [_cell(stage, cluster.pk if cluster else None, counts, first) for stage in Stage],
        )
        for cluster in rows
    ]
    return made, total


def _cell(
    stage: Stage, cluster: int | None, counts: Counter[Where], first: dict[Where, Any]
) -> Cell:
    where = (stage.value, cluster)
    return Cell(stage, counts[where], first.get(where, []))
