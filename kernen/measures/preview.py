"""What was understood of the figures that somebody loads, beside what stands."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy

from kernen.lib.periods import between, following, label, span_label

from . import actions
from .charts.usual import ENOUGH, far, span
from .models import Measure, Point, Series
from .pictures import chart_of
from .reading.results import Figure as ReadFigure
from .reading.results import Reading

#: As many as a point keeps; spreadsheets carry more than any figure has meaning for.
DECIMALS = 6

#: What the preview of a load shows of each kind of figures, and what it is called.
PARTS_SHOWN: dict[str, dict[str, Any]] = {
    "counts": {
        "numerator": gettext_lazy("Numerator"),
        "denominator": gettext_lazy("Denominator"),
    },
    "rates": {"numerator": gettext_lazy("Events"), "denominator": gettext_lazy("Exposure")},
    "values": {"value": gettext_lazy("Value")},
    "samples": {
        "value": gettext_lazy("Mean"),
        "spread": gettext_lazy("Standard deviation"),
        "size": gettext_lazy("Number of observations"),
    },
    "events": {"size": gettext_lazy("Events on that day")},
}

#: How many rows the preview of a load shows, and how many stretches of those left empty.
PREVIEWED = 60
EMPTY_NAMED = 6


_FAR = {
    1: gettext_lazy("far above the usual %(usual)s"),
    -1: gettext_lazy("far below the usual %(usual)s"),
}
_RUNNING = gettext_lazy("not over yet")


def preview(measure: Measure, series: Series | None, reading: Reading) -> dict[str, Any]:
    """The rows as they were understood, each beside what stands, and what loading would do; of a
    `series` whose points and all that its chart shows are at hand, or None of one to be opened."""
    standing = {point.period: point for point in (series.points.all() if series else [])}
    kind = measure.figures
    parts = PARTS_SHOWN[kind]
    rows: list[dict[str, Any]] = []
    for read in reading.rows:
        point = standing.get(read.start)
        rows.append(
            {
                "period": label(read.start, measure.frequency),
                "figure": read,
                "cells": [_cell(getattr(read, part), kind) for part in parts],
                "change": figure_of(read).change(point),
                "was": point,
            }
        )
    coming = [figure_of(row["figure"]) for row in rows if row["change"] != "same"]
    distant = far_from_usual(series or _to_be_opened(measure), coming)
    open_still = _not_over(measure, coming)
    for row in rows:
        start = row["figure"].start
        row["doubts"] = [doubt[start] for doubt in (distant, open_still) if start in doubt]
    count = Counter(row["change"] for row in rows)
    # Of many rows those that change or are doubted are shown: a person has to look at them.
    rows.sort(key=lambda row: row["change"] != "changed" and not row["doubts"])
    seen = sorted(rows[:PREVIEWED], key=lambda row: row["figure"].row)
    return {
        "headings": parts.values(),
        "shown": seen,
        "more": len(rows[PREVIEWED:]),
        **_left_empty(measure, {read.start for read in reading.rows} | set(standing)),
        "count": dict(count),
        "far": len(distant),
        "unfinished": len(open_still),
        "nothing": reading.ok and not coming,
    }


def _to_be_opened(measure: Measure) -> Series:
    """A series of the measure that has nothing yet."""
    series = Series(pk=0, measure=measure)
    nothing = dict.fromkeys(("points", "splits", "freezes", "annotations"), Point.objects.none())
    series._prefetched_objects_cache = nothing  # type: ignore[attr-defined]
    return series


def far_from_usual(series: Series, figures: Sequence[actions.Figure]) -> dict[date, str]:
    """What is said of those that lie far from what the series has shown; or from each other, where
    it has shown nothing yet."""
    if series.measure.events or not figures:
        return {}
    coming = {figure.period for figure in figures}
    shown = [point for point in series.points.all() if point.period not in coming and point.shown]
    chart = chart_of(series, tried=figures, counting=len(shown) < ENOUGH).chart
    places = {start: at for at, start in enumerate(chart.starts)}
    ways = {period: far(chart, places[period]) for period in coming}
    return {
        period: str(_FAR[way]) % {"usual": span(chart, places[period])}
        for period, way in ways.items()
        if way
    }


def _not_over(measure: Measure, figures: Iterable[actions.Figure]) -> dict[date, str]:
    """What is said of periods that still run."""
    if measure.events:
        return {}
    today, frequency = timezone.localdate(), measure.frequency
    periods = [one.period for one in figures if following(one.period, frequency) > today]
    return {period: str(_RUNNING) for period in periods}


def _left_empty(measure: Measure, there: set[date]) -> dict[str, Any]:
    """The periods between the first and the last that have no row and no figure, those that follow
    each other as one stretch."""
    frequency = measure.frequency
    if measure.events or not there:
        return {}
    whole = between(min(there), max(there), frequency)
    stretches = [[*run] for gap, run in groupby(whole, lambda start: start not in there) if gap]
    empty = [span_label(run[0], run[-1], frequency) for run in stretches]
    return {"empty": empty[:EMPTY_NAMED], "empty_more": sum(map(len, stretches[EMPTY_NAMED:]))}


def _cell(number: Decimal | int | None, kind: str) -> Decimal | int | None:
    """A mean of observations has more decimals than anybody reads."""
    return round(number, 3) if kind == "samples" and isinstance(number, Decimal) else number


def figure_of(row: ReadFigure) -> actions.Figure:
    return actions.Figure(
        period=row.start,
        value=None if row.value is None else round(row.value, DECIMALS),
        numerator=None if row.numerator is None else int(row.numerator),
        denominator=None if row.denominator is None else int(row.denominator),
        note=row.note,
        size=row.size,
        spread=None if row.spread is None else round(row.spread, DECIMALS),
    )
