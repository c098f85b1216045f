"""Rare events, each a place in the chart: how long it was since the one before."""

from collections.abc import Iterable

from kernen.measures.charts.figures import Figure, Point


def since_before(days: Iterable[Point]) -> list[Figure]:
    """A figure for every event, in order: the days since the event before, none for the first.

    Of several on one day all but the first have 0. Where every day but the first says how many
    cases there were since the one before, these are the figures instead."""
    ordered = sorted((day for day in days if day.size), key=lambda day: day.period)
    cases = counts_cases(ordered)
    figures = []
    for before, day in zip([None, *ordered], ordered, strict=False):
        since = None
        if before is not None:
            since = day.value if cases else (day.period - before.period).days
        figures.append(Figure(day.period, since, note=day.note))
        figures += [Figure(day.period, 0)] * ((day.size or 1) - 1)
    return figures


def counts_cases(days: Iterable[Point]) -> bool:
    """Whether the cases between events are known, so that nobody need count days instead."""
    after_first = [*days][1:]
    return bool(after_first) and all(day.value is not None for day in after_first)
