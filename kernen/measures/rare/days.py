"""What a series of rare events says today: the days since the last one count too."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from ..charts.rare import counts_cases
from ..charts.run import RunChart
from ..models import Series


@dataclass(frozen=True)
class Since:
    """`beyond`: no stretch between two events would by chance be as long."""

    days: int
    last: date
    beyond: bool


def since_last(series: Series, chart: RunChart) -> Since | None:
    days = [point for point in series.points.all() if point.size]
    if not days:
        return None
    last = days[-1].period
    count = (timezone.localdate() - last).days
    limit = chart.control.ucl[-1] if chart.control and not counts_cases(days) else None
    return Since(count, last, limit is not None and count > limit)


def asks_cases(series: Series) -> bool:
    """Whether a next event may come with the cases since the one before: they are counted, or it is
    not settled yet."""
    days = [point for point in series.points.all() if point.size]
    return len(days) < 2 or counts_cases(days)


def rows(series: Series, chart: RunChart) -> list[dict[str, Any]]:
    """Every event, the newest first, with the day on which it stands."""
    days = {point.period: point for point in series.points.all()}
    pairs = zip(chart.rows, chart.starts, strict=True)
    return [{"row": row, "point": days[start]} for row, start in pairs][::-1]
