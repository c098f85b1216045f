"""What was understood of the figures that somebody loads, beside what stands."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy

from kernen.lib.periods import between, label

from . import actions
from .models import Measure, Point
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

#: How many rows the preview of a load shows, and how many of the periods that it leaves empty.
PREVIEWED = 60
EMPTY_NAMED = 6


def preview(measure: Measure, points: Iterable[Point], reading: Reading) -> dict[str, Any]:
    """The rows as they were understood, each beside what stands, and what loading would do."""
    standing = {point.period: point for point in points}
    kind = measure.figures
    parts = PARTS_SHOWN[kind]
    rows: list[dict[str, Any]] = []
    for read in reading.rows:
        point = standing.get(read.start)
        same = point is not None and figure_of(read).same_as(point)
        rows.append(
            {
                "period": label(read.start, measure.frequency),
                "figure": read,
                "cells": [_cell(getattr(read, part), kind) for part in parts],
                "change": "new" if point is None else "same" if same else "changed",
                "was": point,
            }
        )
    count = Counter(row["change"] for row in rows)
    # Of many rows those that change are shown: they are what a person has to look at.
    rows.sort(key=lambda row: row["change"] != "changed")
    seen = sorted(rows[:PREVIEWED], key=lambda row: row["figure"].row)
    return {
        "headings": parts.values(),
        "shown": seen,
        "more": len(rows[PREVIEWED:]),
        **_left_empty(measure, {read.start for read in reading.rows} | set(standing)),
        "count": dict(count),
    }


def _left_empty(measure: Measure, there: set[date]) -> dict[str, Any]:
    """The periods between the first and the last that have no row and no figure."""
    frequency = measure.frequency
    if measure.events or not there:
        return {}
    whole = between(min(there), max(there), frequency)
    empty = [label(start, frequency) for start in whole if start not in there]
    return {"empty": empty[:EMPTY_NAMED], "empty_more": len(empty[EMPTY_NAMED:])}


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
