"""What was understood of the figures that somebody loads, beside what stands."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy

from kernen.lib.periods import between, following, label, span_label

from . import actions
from .charts.usual import Usual
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


@dataclass(frozen=True)
class Beside:
    """A figure that is to come in beside the point that stands there: what taking it in does, and
    why it is worth a look."""

    measure: Measure
    figure: actions.Figure
    was: Point | None
    change: str
    far: str
    running: str

    @property
    def replaced(self) -> str | Decimal | int:
        """What stands there."""
        return (self.was and self.was.shown) or "–"

    @property
    def period(self) -> str:
        return label(self.figure.period, self.measure.frequency)

    @property
    def cells(self) -> list[Decimal | int | None]:
        kind = self.measure.figures
        return [_cell(getattr(self.figure, part), kind) for part in PARTS_SHOWN[kind]]

    @property
    def doubts(self) -> list[str]:
        return [*filter(None, (self.far, self.running))]


def beside(series: Series, figures: Sequence[actions.Figure]) -> list[Beside]:
    """Each figure beside what stands in the series, whose points and all that its chart shows are
    at hand."""
    measure, standing = series.measure, {point.period: point for point in series.points.all()}
    stood = [standing.get(one.period) for one in figures]
    does = [one.change(was) for one, was in zip(figures, stood, strict=True)]
    coming = [one for one, change in zip(figures, does, strict=True) if change != "same"]
    distant = far_from_usual(series, coming)
    running = _not_over(measure, coming)
    return [
        Beside(measure, one, was, change, distant.get(one.period, ""), running.get(one.period, ""))
        for one, was, change in zip(figures, stood, does, strict=True)
    ]


def preview(measure: Measure, series: Series | None, reading: Reading) -> dict[str, Any]:
    """The rows as they were understood, each beside what stands, and what loading would do; None of
    a `series` to be opened."""
    series = series or _to_be_opened(measure)
    found = beside(series, [figure_of(read) for read in reading.rows])
    count = Counter(one.change for one in found)
    # Of many rows those that change or are doubted are shown: a person has to look at them.
    numbered = [(read.row, one) for read, one in zip(reading.rows, found, strict=True)]
    numbered.sort(key=lambda pair: pair[1].change != "changed" and not pair[1].doubts)
    seen = sorted(numbered[:PREVIEWED], key=lambda pair: pair[0])
    standing = {point.period for point in series.points.all()}
    return {
        "headings": PARTS_SHOWN[measure.figures].values(),
        "shown": [one for _row, one in seen],
        "more": len(numbered[PREVIEWED:]),
        **_left_empty(measure, {read.start for read in reading.rows} | standing),
        "count": dict(count),
        "far": sum(bool(one.far) for one in found),
        "unfinished": sum(bool(one.running) for one in found),
        "nothing": reading.ok and count.total() == count["same"],
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
    chart = chart_of(series, tried=figures).chart
    places = {start: at for at, start in enumerate(chart.starts)}
    usual = Usual(chart)
    return {
        one.period: str(_FAR[way]) % {"usual": usual.span(places[one.period])}
        for one in figures
        if (way := usual.far(places[one.period]))
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
    """Without padding noughts; a mean of observations has more decimals than anybody reads."""
    if not isinstance(number, Decimal):
        return number
    number = round(number, 3) if kind == "samples" else number
    return Decimal(f"{number.normalize():f}")


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
