"""The verbs of loading many places at once, and of remembering how files are to be read."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from kernen.initiatives.models import Initiative
from kernen.parties.models import Person

from .. import rules
from ..actions import Figure, take_in, tell_together
from ..models import Load, Measure, Series, Shape


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
    header: int | None = None,
    by: Person,
) -> Shape:
    """Read files with these headings and all places so from now on; `places` are by the name in
    the file the number of the series that is meant, or 0 where it is left out."""
    Initiative.objects.locked(measure.initiative)
    stand = Series.objects.filter(measure=measure).in_bulk([pk for pk in places.values() if pk])
    rules.may_all(by, stand.values())
    return _kept(
        Shape(measure=measure, headings=headings, by=by),
        across=across,
        header=header,
        columns=dict(columns),
        own={"": {"sheet": sheet}},
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
