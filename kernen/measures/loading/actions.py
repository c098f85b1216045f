"""The verbs of loading many places at once, of undoing a load, and of remembering how files are
to be read."""

from collections.abc import Iterable, Mapping, Sequence
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
    tell_together(loads, "load", at)
    return loads


@transaction.atomic
def undo_load(*, load: Load, reason: str, by: Person, at: datetime | None = None) -> Load:
    """Take out what it and all that came together with it added, and set back what they changed."""
    whole = load.whole
    rules.may_all(by, [one.series for one in whole])
    number = uuid4() if len(whole) > 1 else None
    told = {"at": at or timezone.now(), "reason": reason, "together": number}
    undone = {one.pk: _set_back(one, by=by, **told) for one in whole}
    tell_together(list(undone.values()), "undo_load", at)
    return undone[load.pk]


def _set_back(load: Load, *, by: Person, **told: Any) -> Load:
    """Undo the load of one series."""
    series = Series.objects.locked(load.series)
    rules.may(by, series, "load")
    loads = {one.pk: one for one in series.loads.select_related("undone_by", "by")}
    undoing, changed, gone = take_out(series, loads[load.pk], loads.values(), by=by, **told)
    keep_changed(changed)
    undoing.full_clean()
    undoing.save()
    for point in gone:
        point.delete()
    settle(series)
    return undoing


def take_out(
    series: Series, load: Load, loads: Iterable[Load], **told: Any
) -> tuple[Load, list[Point], list[Point]]:
    """What is to be written where a load of a series that is locked is undone, once it is judged
    who may: the load that undoes it, the points that are set back, and those that go. `loads` are
    the series' own."""
    rules.undo_load(load, loads, series)
    standing = {point.period: point for point in series.points.all()}
    before = {figure.period: figure for figure in map(Figure.kept, load.replaced)}
    points = [standing[figure.period] for figure in map(Figure.kept, load.taken)]
    replaced = [as_it_stood(point) for point in points]
    changed = [take(before[point.period], point) for point in points if point.period in before]
    undoing = Load(
        series=series,
        way=Load.Way.FORM,
        added=0,
        changed=len(changed),
        replaced=replaced,
        taken=[as_it_stood(point) for point in changed],
        undoes=load,
        **told,
    )
    return undoing, changed, [point for point in points if point.period not in before]


def tell_together(loads: Sequence[Load], verb: str, at: datetime | None) -> None:
    """Write of loads that came together in the journal; with an `at` it is history."""
    counted = {one.series: {"added": one.added, "changed": one.changed} for one in loads}
    for first in loads[:1]:
        words = next((one.reason for one in loads if one.reason), "")
        tell_of(counted, verb, f"{verb}_many", by=first.by, at=at, words=words)


def tell_of(counted: Mapping[Series, Mapping[str, int]], one: str, many: str, **told: Any) -> None:
    """`many`: one line for the open places of each measure; `one`: that of a single place, and of
    each that is closed, which knows it. Both say what is counted, added up."""
    of: dict[Measure | Series, list[Series]] = {}
    for series in counted:
        of.setdefault(series if series.closed_at else series.measure, []).append(series)
    for measure, places in of.items():
        names = counted[places[0]]
        parts: dict[str, Any] = {
            name: sum(counted[place][name] for place in places) for name in names
        }
        if len(places) == 1 or isinstance(measure, Series):
            record_of(places[0], one, **told, **parts)
            continue
        params = {"measure": measure.name, "measure_id": measure.pk, "places": len(places)} | parts
        record(measure.initiative, many, **told, params=params)


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
