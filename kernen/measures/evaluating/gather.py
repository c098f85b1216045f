"""From the series of the database to the figures that an evaluation is made from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch

from kernen.lib.periods import between, normalise
from kernen.parties.models import Person

from ..charts.effect import Effect
from ..charts.figures import plotted
from ..charts.material import Amounts, Material, PlaceFigures, answers
from ..fetching import charted_for
from ..models import Measure, Point, Series
from ..pictures import chart_of
from .models import Result, Start


def weighed_for(person: Person | None) -> Any:
    """The series that the person may see, with all that an evaluation is made from."""
    return charted_for(person).prefetch_related("starts__by")


def compared() -> Any:
    """Measures with their open places, as `seen`: whoever asks, closed ones are not compared, since
    a comparison shows the figures of each."""
    open_places: Any = Prefetch("series", weighed_for(None), to_attr="seen")
    return Measure.objects.select_related("initiative__cluster").prefetch_related(open_places)


def results_for(person: Person | None, **of: Any) -> list[Result]:
    """The results `of` a measure or an initiative, without those that show what is closed to the
    person."""
    found = Result.objects.filter(**of).select_related("by")
    hidden = set(Series.objects.closed_to(person).values_list("pk", flat=True))
    return [result for result in found if not hidden & result.places]


@dataclass(frozen=True)
class Change:
    """Where a change can have come: a split, a note, or any period; `key` stands in the address."""

    key: str
    period: date
    words: str


def start_of(series: Series) -> Start | None:
    """What was last said of when the place started."""
    said = list(series.starts.all())
    return said[-1] if said else None


def has_figures(series: Series) -> bool:
    return any(point.shown is not None for point in series.points.all())


def changes(series: Series) -> list[Change]:
    """The splits, the notes within the figures, the newest of each first, then every period."""
    frequency = series.measure.frequency
    points = list(series.points.all())
    if not points:
        return []
    periods = between(points[0].period, points[-1].period, frequency)
    splits = [Change(f"s{one.pk}", one.period, one.reason) for one in series.splits.all()]
    notes = [
        Change(f"n{one.pk}", normalise(one.on, frequency), one.words)
        for one in series.annotations.all()
        if periods[0] < normalise(one.on, frequency) <= periods[-1]
    ]
    every = [Change(period.isoformat(), period, "") for period in periods[1:]]
    return [*splits[::-1], *notes[::-1], *every[::-1]]


def change_of(series: Series, key: str) -> Change | None:
    """The change of that key; None if there is none."""
    return next((one for one in changes(series) if one.key == key), None)


def proposal(series: Series) -> Change | None:
    """What most likely was the change: the newest split or, without one, the newest note."""
    return next((one for one in changes(series) if one.words), None)


def of_series(series: Series, start: date, why: str) -> Effect:
    """What the change that began at `start` did to the series."""
    return _effect(_at_one(series, start, why), f"series-{series.pk}")


def of_places(measure: Measure) -> Effect:
    """What the change did at all places that have figures, by when each of them started."""
    return _effect(_at_all(measure), f"measure-{measure.pk}")


def today(result: Result, person: Person | None) -> Material:
    """What the result was made from, as it stands now."""
    if result.series_id:
        place = result.effect.material.places[0]
        assert place.start  # noqa: S101 a result of a series has its change
        return _at_one(weighed_for(person).get(pk=result.series_id), place.start, place.why)
    return _at_all(compared().get(pk=result.measure_id))


def _effect(material: Material, uid: str) -> Effect:
    return Effect(material, answers(material), uid=uid)


def _at_one(series: Series, start: date, why: str) -> Material:
    return _material([(series, start, why)], several=False)


def _at_all(measure: Measure) -> Material:
    places: list[tuple[Series, date | None, str]] = []
    for series in filter(has_figures, measure.seen):
        start = start_of(series)
        places.append((series, start.period if start else None, start.reason if start else ""))
    return _material(places, several=True)


def _material(places: Sequence[tuple[Series, date | None, str]], *, several: bool) -> Material:
    measure = places[0][0].measure
    points = {
        series.pk: {point.period: point for point in series.points.all()}
        for series, _start, _why in places
    }
    days = [period for of_one in points.values() for period in of_one]
    periods = between(min(days), max(days), measure.frequency)
    factor = float(chart_of(places[0][0]).chart.factor)
    return Material(
        name=measure.name,
        unit=measure.unit_said,
        direction=measure.direction,
        frequency=measure.frequency,
        factor=factor,
        kind=_kind(measure, [point for of_one in points.values() for point in of_one.values()]),
        several=several,
        periods=tuple(periods),
        places=tuple(
            _place(
                series, [points[series.pk].get(period) for period in periods], factor, start, why
            )
            for series, start, why in places
        ),
    )


def _kind(measure: Measure, points: Iterable[Point]) -> str:
    """Events are what is counted over something without being a part of it, and what a team draws
    as a chart of counts; their change can be told as a ratio."""
    if any(point.denominator is not None for point in points):
        return "shares" if measure.proportion else "events"
    return "events" if measure.chart == "c" else "values"


def _place(
    series: Series, points: Sequence[Point | None], factor: float, start: date | None, why: str
) -> PlaceFigures:
    values: Amounts = tuple(plotted(point, factor) if point else None for point in points)
    counted = any(point and point.denominator is not None for point in points)
    return PlaceFigures(
        name=str(series),
        series=series.pk,
        made_up=series.made_up,
        values=values,
        numerators=_amounts(points, "numerator") if counted else values,
        denominators=_amounts(points, "denominator")
        if counted
        else tuple(None if value is None else 1.0 for value in values),
        left_out=tuple(point.left_out if point else "" for point in points),
        start=start,
        why=why,
    )


def _amounts(points: Sequence[Point | None], name: str) -> Amounts:
    found = [getattr(point, name) if point else None for point in points]
    return tuple(None if amount is None else float(amount) for amount in found)
