"""A series from the database as its run chart."""

from dataclasses import dataclass

from django.db.models import Prefetch

from .charts import RunChart, run_chart
from .models import Point, Series

#: A series with all that its chart shows, at the same number of queries for any number of them.
CHARTED = Series.objects.select_related(
    "measure__initiative__cluster", "organisation"
).prefetch_related(Prefetch("points", Point.objects.order_by("period")), "splits", "annotations")


@dataclass(frozen=True)
class Charted:
    """A series beside its chart."""

    series: Series
    chart: RunChart


def chart_of(series: Series) -> Charted:
    """The run chart of a series whose points, splits and annotations are at hand."""
    measure = series.measure
    chart = run_chart(
        name=measure.name,
        points=series.points.all(),
        frequency=measure.frequency,
        unit=measure.unit,
        direction=measure.direction,
        goal=measure.goal,
        splits=[(split.period, split.reason) for split in series.splits.all()],
        notes=[(note.on, note.words) for note in series.annotations.all()],
        uid=f"series-{series.pk}",
    )
    return Charted(series, chart)
