"""The places along the bottom of a chart: every period from first to last, or every event."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date

from kernen.lib.periods import between, normalise
from kernen.measures.charts.figures import Point
from kernen.measures.charts.rare import since_before


def places(
    points: Iterable[Point], frequency: str, kind: str
) -> tuple[tuple[date, ...], tuple[Point | None, ...], str]:
    """The places in order of time, the figure of each, and of what kind they are where that is not
    said; two events of a day are two places."""
    if kind == "events":
        events = tuple(since_before(points))
        return tuple(event.period for event in events), events, kind
    by_period = {normalise(point.period, frequency): point for point in points}
    starts = tuple(between(min(by_period), max(by_period), frequency)) if by_period else ()
    figures = tuple(by_period.get(start) for start in starts)
    shares = any(figure and figure.denominator is not None for figure in figures)
    return starts, figures, kind or ("counts" if shares else "values")


def kept_splits(
    splits: Iterable[tuple[date, str]],
    starts: Sequence[date],
    values: Sequence[float | None],
    frequency: str,
) -> tuple[tuple[int, str], ...]:
    """Splits as positions, those left out that have no figure on either side of them.

    Where there is no place for a day, as between two events, the next one begins the phase."""
    wanted = {
        bisect_left(starts, normalise(period, frequency)): reason for period, reason in splits
    }
    kept: list[tuple[int, str]] = []
    for position in sorted(place for place in wanted if place):
        before = values[kept[-1][0] if kept else 0 : position]
        if any(v is not None for v in before) and any(v is not None for v in values[position:]):
            kept.append((position, wanted[position]))
    return tuple(kept)
