"""One measure at all its places: each with its own median, and all of them together."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kernen.lib.alphabet import alphabetical

from .adding import added_up, can_be_added
from .charts import RunChart, run_chart
from .charts.control import Choice
from .charts.signs import Variation
from .models import Measure, Point
from .pictures import Charted

#: What somebody should look at, before what only varies by chance.
UNQUIET = (Variation.RESTLESS, Variation.HIGHER, Variation.LOWER)

#: So many figures are drawn in all the small pictures, the latest of each, and never fewer of one.
MOST_TOGETHER, FEWEST_EACH = 4000, 60


@dataclass(frozen=True)
class Small:
    """A place in the row of small pictures."""

    charted: Charted
    picture: SafeString


def multiples(charts: Sequence[Charted], *, same_scale: bool) -> list[Small]:
    """The places that have figures, what needs attention first and then by name: no league table.

    Of many long series fewer periods of each are drawn. With the same scale every picture has room
    for the figures of all."""
    known = [one for one in charts if one.chart.result]
    also = tuple(value for one in known for value in one.chart.extremes) if same_scale else ()
    ranked = sorted(known, key=lambda one: (_rank(one.chart), alphabetical(str(one.series))))
    most = max(FEWEST_EACH, MOST_TOGETHER // max(1, len(ranked)))
    return [Small(one, one.chart.on_scale(also, most)) for one in ranked]


def _rank(chart: RunChart) -> int:
    """0 for what has become worse, 1 for what varies by more than chance, 2 for the rest."""
    if chart.variation is Variation.WORSE:
        return 0
    return 1 if chart.variation in UNQUIET else 2


#: A sum tells of closed places where at least so many of them are in it: whoever takes the open
#: places from it is left with no fewer. Danish statistics hide what rests on fewer, too.
ENOUGH_CLOSED = 5


@dataclass(frozen=True)
class Together:
    """All places added up. Of the `closed` ones at least five count, or none; a last period that
    `waits` for some of them is not there yet."""

    chart: RunChart
    made_up: bool
    closed: int
    too_few: bool
    waits: bool


def together(
    measure: Measure,
    charts: Sequence[Charted],
    first: date | None = None,
    last: date | None = None,
) -> Together | None:
    """The figures of all places added up, period by period, or all their events in one row, the
    same for every reader, drawn from the `first` day to the `last`. None for what cannot be added,
    and for fewer than two places."""
    known = [one.series for one in charts if one.chart.result and not one.series.closed_at]
    shown = [point for series in known for point in series.points.all() if _counts(point)]
    if not can_be_added(measure, shown):
        return None
    # Whoever asks: of closed series only sums are told.
    found = Point.objects.filter(series__measure=measure, series__closed_at__isnull=False)
    hidden = [point for point in found.select_related("series") if _counts(point)]
    closed, waits = _enough(hidden)
    closed_places = {point.series_id for point in closed}
    if len(known) + len(closed_places) < 2:
        return None
    made_up = any(series.made_up for series in (*known, *(point.series for point in closed)))
    broken = [(one.since, one.reason) for one in measure.takeovers.filter(breaks=True)]
    chart = run_chart(
        name=_("%(measure)s, all places together") % {"measure": measure.name},
        points=added_up(measure, [point for point in (*shown, *closed) if point.period != waits]),
        frequency=measure.frequency,
        unit=measure.unit_said,
        multiply=measure.per,
        kind=measure.figures,
        direction=measure.direction,
        goal=measure.goal,
        splits=broken,
        choice=Choice(
            chart=measure.chart,
            rules=measure.rules,
            screened=measure.screened,
            apart=tuple(since for since, _reason in broken),
        ),
        uid=f"measure-{measure.pk}",
    )
    chart = chart.within(first, last)
    return Together(chart, made_up, len(closed_places), bool(hidden) and not closed, bool(waits))


def _counts(point: Point) -> bool:
    return point.shown is not None and point.denominator != 0


def _enough(points: Sequence[Point]) -> tuple[list[Point], date | None]:
    """Of the figures of closed places those that count in the sum, and the period that waits.

    A period needs at least five places. The last one waits until all are in that counted in the one
    before: what comes in one by one could be told apart by what the sum was yesterday."""
    places: dict[date, set[int]] = defaultdict(set)
    for point in points:
        places[point.period].add(point.series_id)
    enough = {period for period in places if len(places[period]) >= ENOUGH_CLOSED}
    waits = None
    for before, last in pairwise(sorted(places)[-2:]):
        if before in enough and places[before] - places[last]:
            waits = last
    return [point for point in points if point.period in enough and point.period != waits], waits
