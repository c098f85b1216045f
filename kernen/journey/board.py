"""The board: where initiatives are on their way, cluster by cluster."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from kernen.initiatives.models import Initiative
from kernen.initiatives.selection import NO_CLUSTER
from kernen.initiatives.stages import Stage
from kernen.parties import lineage
from kernen.parties.models import Cluster

#: Titles shown in a cell, of those that were last active.
TITLES = 3
#: Of so many, those last active, the titles are taken, and those that fit a filter counted: time
#: does not grow with the register.
MOST_COUNTED = 2000

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
    cluster: Cluster | None  # None: in several, in the whole region, or outside all of them
    cells: list[Cell]

    def __str__(self) -> str:
        return str(self.cluster or _("Not in one cluster"))

    @property
    def home(self) -> Any:
        """What the overview's filter calls the row."""
        return self.cluster.pk if self.cluster else NO_CLUSTER


def board(found: QuerySet[Initiative], *, whole: bool) -> tuple[list[Row], int]:
    """A row for each cluster and one for those without, a cell in it for each stage.

    An initiative stands only where its own cluster does on the day shown. `whole` says that nothing
    is filtered away: then all are counted, and the clusters of that day stand there also when they
    are empty. Otherwise no more than the `MOST_COUNTED` last active and one. How many are counted
    stands beside it. The same few queries at any size."""
    moved: dict[int | None, list[int | None]] = {
        key: [one.pk for one in some] for key, some in lineage.moved(Cluster).items()
    }
    ordered: Any = found.order_by("-active_at", "-pk").values_list("stage", "cluster", "pk")
    newest = list(ordered[: MOST_COUNTED + 1])
    alike: dict[Where, int] = _all() if whole else Counter(row[:2] for row in newest)
    counts: Counter[Where] = Counter()
    for (stage, cluster), n in alike.items():
        for place in moved.get(cluster, [cluster]):
            counts[stage, place] += n
    keys: dict[Where, list[int]] = defaultdict(list)
    for stage, cluster, pk in newest:
        for place in moved.get(cluster, [cluster]):
            if len(keys[stage, place]) < TITLES:
                keys[stage, place].append(pk)
    named = Initiative.objects.only("title").in_bulk({pk for some in keys.values() for pk in some})
    first = {where: [named[pk] for pk in some] for where, some in keys.items()}
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
    return made, sum(alike.values())


def _all() -> dict[Where, int]:
    """How many of all stand where."""
    stages = Initiative.objects.order_by().values_list("stage", "cluster")
    return {(stage, cluster): n for stage, cluster, n in stages.annotate(n=Count("pk"))}


def _cell(
    stage: Stage, cluster: int | None, counts: Counter[Where], first: dict[Where, Any]
) -> Cell:
    where = (stage.value, cluster)
    return Cell(stage, counts[where], first.get(where, []))
