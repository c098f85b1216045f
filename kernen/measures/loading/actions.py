"""The verbs of loading many places at once, of undoing a load, and of remembering how files are
to be read."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from kernen.initiatives.actions import record
from kernen.initiatives.models import Initiative
from kernen.parties.models import Person

from .. import rules
from ..actions import Figure, as_it_stood, keep_changed, record_of, take, take_in
from ..models import Load, Measure, Point, Series, Shape
from ..standing.keep import settle


@transaction.atomic
def load_many(
    *,
    measure: Measure,
    figures: Mapping[Series, Sequence[Figure]],
    by: Person,
    filename: str = "",
    way: str = Load.Way.FILE,
    reason: str = "",
    at: datetime | None = None,
    together: UUID | None = None,
) -> list[Load]:
    """Take in the figures of some of the measure's series, all or none: they are undone together.

    A series whose figures all stood already has no load."""
    Initiative.objects.locked(measure.initiative)
    whole = Series.objects.select_related("measure__initiative", "organisation")
    stands = whole.filter(measure=measure).in_bulk([series.pk for series in figures])
    rules.may_all(by, stands.values())
    told: dict[str, Any] = {"filename": filename, "way": way, "key": "", "digest": ""}
    told |= {"reason": reason, "together": together or uuid4()}
    taken = (take_in(stands[one.pk], rows, by=by, at=at, **told) for one, rows in figures.items())
    loads = [loaded for loaded in taken if loaded]
    tell_together(loads, "load")
    return loads


@transaction.atomic
def undo_load(*, load: Load, reason: str, by: Person, at: datetime | None = None) -> Load:
    """Take out what it and all that came together with it added, and set back what they changed."""
    whole = load.whole
    rules.may_all(by, [one.series for one in whole])
    number = load.together and uuid4()
    told = {"at": at or timezone.now(), "reason": reason, "together": number}
    undone = {one.pk: _set_back(one, by=by, **told) for one in whole}
    tell_together(list(undone.values()), "undo_load")
    return undone[load.pk]


def _set_back(load: Load, *, by: Person, **told: Any) -> Load:
    """Undo the load of one series."""
    series = Series.objects.locked(load.series)
    rules.may(by, series, "load")
    undoing, gone = take_out(series, load, by=by, **told)
    for point in gone:
        point.delete()
    settle(series)
    return undoing


def take_out(series: Series, load: Load, *, by: Person, **told: Any) -> tuple[Load, list[Point]]:
    """Undo a load of a series that is locked, once it is judged who may: what it changed is set
    back, and the points that it added are given back to be removed."""
    loads = {one.pk: one for one in series.loads.select_related("undone_by", "by")}
    load = loads[load.pk]
    standing = {point.period: point for point in series.points.all()}
    rules.undo_load(load, loads.values(), series)
    before = {figure.period: figure for figure in map(Figure.kept, load.replaced)}
    points = [standing[figure.period] for figure in map(Figure.kept, load.taken)]
    replaced = [as_it_stood(point) for point in points]
    changed = [take(before[point.period], point) for point in points if point.period in before]
    keep_changed(changed)
    undoing = Load(
        series=series,
        by=by,
        way=Load.Way.FORM,
        added=0,
        changed=len(changed),
        replaced=replaced,
        taken=[as_it_stood(point) for point in changed],
        undoes=load,
        **told,
    )
    undoing.full_clean()
    undoing.save()
    return undoing, [point for point in points if point.period not in before]


def tell_together(loads: Sequence[Load], verb: str) -> None:
    """One line for the open places of each measure, and for a closed place one that knows it."""
    of: dict[Measure | Series, list[Load]] = {}
    for load in loads:
        series = load.series
        of.setdefault(series if series.closed_at else series.measure, []).append(load)
    for measure, own in of.items():
        told: dict[str, Any] = {"by": own[0].by, "at": own[0].at, "words": own[0].reason}
        counted = {part: sum(getattr(one, part) for one in own) for part in ("added", "changed")}
        if len(own) == 1 or isinstance(measure, Series):
            record_of(own[0].series, verb, **told, **counted)
            continue
        params = {"measure": measure.name, "measure_id": measure.pk, "places": len(own)} | counted
        record(measure.initiative, f"{verb}_many", **told, params=params)


@transaction.atomic
def remember(
    *,
    series: Series,
    headings: str,
    sheet: str,
    across: bool,
    columns: Mapping[str, int],
    place: str,
    shared: bool,
    header: int | None = None,
    crossed: bool = False,
    by: Person,
) -> Shape:
    """Read files with these headings so from now on, at all series of the organisation if they are
    `shared`: where each has columns of its own, one ward's are not another's."""
    series = Series.objects.locked(series)
    rules.may(by, series, "load")
    own = {"sheet": sheet, "place": place, "columns": dict(columns)}
    return _kept(
        Shape(measure=series.measure, organisation=series.organisation, headings=headings, by=by),
        across=across,
        crossed=crossed,
        header=header,
        columns=dict(columns) if shared else {},
        own={str(series.pk): own},
    )


@transaction.atomic
def remember_many(
    *,
    measure: Measure,
    headings: str,
    sheet: str,
    across: bool,
    columns: Mapping[str, int],
    places: Mapping[str, int],
    own: Mapping[str, Mapping[str, int]],
    header: int | None = None,
    crossed: bool = False,
    by: Person,
) -> Shape:
    """Read files with these headings and all places so from now on; `places` are by the name in
    the file the number of the series that is meant, or 0 where it is left out, and `own` by the
    same names the columns of those that have their own."""
    Initiative.objects.locked(measure.initiative)
    stand = Series.objects.filter(measure=measure).in_bulk([pk for pk in places.values() if pk])
    rules.may_all(by, stand.values())
    return _kept(
        Shape(measure=measure, headings=headings, by=by),
        across=across,
        crossed=crossed,
        header=header,
        columns=dict(columns),
        own={"": {"sheet": sheet, "own": {name: dict(one) for name, one in own.items()}}},
        places={name: pk for name, pk in places.items() if not pk or pk in stand},
    )


def _kept(made: Shape, *, own: dict[str, Any], places: Any = None, **said: Any) -> Shape:
    """Change the shape that there is already, or keep the one made."""
    there = {name: getattr(made, name) for name in ("measure", "organisation", "headings")}
    shape = Shape.objects.filter(**there).first() or made
    shape.by, shape.at = made.by, timezone.now()
    shape.own, shape.places = shape.own | own, shape.places | (places or {})
    for name, value in said.items():
        setattr(shape, name, value)
    shape.full_clean()
    shape.save()
    return shape
