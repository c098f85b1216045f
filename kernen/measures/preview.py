"""What was understood of the figures that somebody loads, beside what stands."""

from collections import Counter
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy

from kernen.lib.periods import label

from . import actions
from .models import Series
from .reading.results import Figure as ReadFigure
from .reading.results import Reading

#: As many as a point keeps; spreadsheets carry more than any figure has meaning for.
DECIMALS = 6

#: What the preview of a load shows of each kind of figures, and what it is called.
_OVER = {"numerator": gettext_lazy("Numerator"), "denominator": gettext_lazy("Denominator")}
PARTS_SHOWN: dict[str, dict[str, Any]] = {
    "counts": _OVER,
    "rates": _OVER,
    "values": {"value": gettext_lazy("Value")},
    "samples": {
        "value": gettext_lazy("Mean"),
        "spread": gettext_lazy("Standard deviation"),
        "size": gettext_lazy("Number of observations"),
    },
    "events": {"size": gettext_lazy("Events on that day")},
}

#: How many rows the preview of a load shows.
PREVIEWED = 60


def preview(series: Series, reading: Reading) -> dict[str, Any]:
    """The rows as they were understood, each beside what stands, and what loading would do."""
    standing = {point.period: point for point in series.points.all()}
    kind = series.measure.figures
    parts = PARTS_SHOWN[kind]
    rows = []
    for read in reading.rows:
        point = standing.get(read.start)
        same = point is not None and figure_of(read).same_as(point)
        rows.append(
            {
                "period": label(read.start, series.measure.frequency),
                "figure": read,
                "cells": [_cell(getattr(read, part), kind) for part in parts],
                "change": "new" if point is None else "same" if same else "changed",
                "was": point,
            }
        )
    count = Counter(row["change"] for row in rows)
    # What changes is shown first: it is what a person has to look at.
    rows.sort(key=lambda row: row["change"] != "changed")
    return {
        "headings": parts.values(),
        "shown": rows[:PREVIEWED],
        "more": len(rows[PREVIEWED:]),
        "count": dict(count),
    }


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
