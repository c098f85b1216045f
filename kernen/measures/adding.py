"""The figures of several places as if they were those of one."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from .charts import Figure
from .models import Measure, Point


def can_be_added(measure: Measure, points: Iterable[Point]) -> bool:
    """Single values cannot, nor the cases between events, which each place counts for itself."""
    return measure.figures in ADDED_UP and not (
        measure.events and any(point.value is not None for point in points)
    )


def added_up(measure: Measure, points: Sequence[Point]) -> list[Figure]:
    """One figure a period, or of rare events a day, from those of all places that have one."""
    by_period: dict[date, list[Point]] = defaultdict(list)
    for point in points:
        by_period[point.period].append(point)
    figures = (ADDED_UP[measure.figures](period, there) for period, there in by_period.items())
    return [figure for figure in figures if figure]


def _counts(period: date, points: Iterable[Point]) -> Figure | None:
    counted = [
        (point.numerator, point.denominator)
        for point in points
        if point.numerator is not None and point.denominator
    ]
    if not counted:
        return None
    over, under = (sum(column) for column in zip(*counted, strict=True))
    return Figure(period, numerator=over, denominator=under)


def _observations(period: date, points: Iterable[Point]) -> Figure | None:
    """The mean, number and standard deviation of all observations, from those of each place."""
    seen = [
        (point.size, float(point.value), float(point.spread or 0))
        for point in points
        if point.size and point.value is not None
    ]
    if not seen:
        return None
    size = sum(many for many, _mean, _sd in seen)
    mean = math.fsum(many * value for many, value, _sd in seen) / size
    squares = math.fsum((many - 1) * sd**2 + many * (value - mean) ** 2 for many, value, sd in seen)
    return Figure(
        period, mean, size=size, spread=math.sqrt(squares / (size - 1)) if size > 1 else None
    )


def _events(period: date, points: Iterable[Point]) -> Figure:
    return Figure(period, size=sum(point.size or 0 for point in points))


#: How the figures of several places become one; single values cannot be added.
ADDED_UP: dict[str, Callable[[date, Iterable[Point]], Figure | None]] = {
    "counts": _counts,
    "rates": _counts,
    "samples": _observations,
    "events": _events,
}
