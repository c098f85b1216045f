"""One measure at all its places: each with its own median, and all of them together."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kernen.lib.alphabet import alphabetical

from .charts import Figure, RunChart, run_chart
from .charts.control import Choice
from .charts.verdict import Verdict
from .models import Measure, Point
from .pictures import Charted

#: What somebody should look at, before what only varies by chance.
UNQUIET = (Verdict.RESTLESS, Verdict.APART)


@dataclass(frozen=True)
class Small:
    """A place in the row of small pictures."""

    charted: Charted
    picture: SafeString


def multiples(charts: Sequence[Charted], *, same_scale: bool) -> list[Small]:
    """The places that have figures, what needs attention first and then by name: no league table.

    With the same scale every picture has room for the figures of all."""
    known = [one for one in charts if one.chart.result]
    also = tuple(value for one in known for value in one.chart.extremes) if same_scale else ()
    ranked = sorted(known, key=lambda one: (_rank(one.chart), alphabetical(str(one.series))))
    return [Small(one, one.chart.on_scale(also)) for one in ranked]


def _rank(chart: RunChart) -> int:
    """0 for what has become worse, 1 for what varies by more than chance, 2 for the rest."""
    facts, better = chart.facts, {"up": 1, "down": -1}.get(chart.facts.direction, 0)
    judgement = facts.judgement
    if better and chart.verdict is Verdict.MOVED and judgement.moved == -better:
        return 0
    if better and judgement.latest_side == -better and chart.verdict in UNQUIET:
        return 0
    return 1 if chart.verdict in UNQUIET else 2


def together(measure: Measure, charts: Sequence[Charted]) -> RunChart | None:
    """The figures of all places added up, period by period, or all their events in one row; None
    for what cannot be added, and for fewer than two places."""
    known = [one for one in charts if one.chart.result]
    points = [point for one in known for point in one.series.points.all()]
    if measure.figures not in ADDED_UP or len(known) < 2:
        return None
    if measure.events and any(point.value is not None for point in points):
        return None
    by_period: dict[date, list[Point]] = defaultdict(list)
    for point in points:
        by_period[point.period].append(point)
    figures = (ADDED_UP[measure.figures](period, there) for period, there in by_period.items())
    return run_chart(
        name=_("%(measure)s, all places together") % {"measure": measure.name},
        points=[figure for figure in figures if figure],
        frequency=measure.frequency,
        unit=measure.unit_said,
        multiply=measure.per,
        kind=measure.figures,
        direction=measure.direction,
        goal=measure.goal,
        choice=Choice(chart=measure.chart, rules=measure.rules, screened=measure.screened),
        uid=f"measure-{measure.pk}",
    )


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
