"""How the figures of a measure come, all its places together."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from ..models import Measure, Series, Standing
from ..multiples import ENOUGH_CLOSED
from .record import LATEST, Record
from .saying import Row, people_of


@dataclass(frozen=True)
class Summed:
    """`late` periods at `late_places` of the `places`; of those `awaited` so many came `in_time`;
    of those that `came` so many were `changed`, lie `far` from the usual, or came too `early`.
    `closed` places count if they are at least five, else none; the sum is the same for every
    reader."""

    places: int
    late: int
    late_places: int
    awaited: int
    in_time: int
    came: int
    changed: int
    far: int
    early: int
    closed: int
    latest: int = LATEST


def summed(measure: Measure, today: date) -> Summed | None:
    """None while no place has figures."""
    found: Any = Standing.objects.filter(series__measure=measure)
    found = found.select_related("series__measure", "initiative")
    every = [one for one in (Record(each, today) for each in found) if one.begun]
    closed = [one for one in every if one.series.closed_at]
    closed = closed if len(closed) >= ENOUGH_CLOSED else []
    counted = [one for one in every if not one.series.closed_at] + closed
    if not counted:
        return None
    return Summed(
        places=len(counted),
        late=sum(len(one.late) for one in counted),
        late_places=sum(bool(one.late) for one in counted),
        awaited=sum(len(one.awaited) for one in counted),
        in_time=sum(one.in_time for one in counted),
        came=sum(len(one.came) for one in counted),
        changed=sum(one.changed for one in counted),
        far=sum(one.far for one in counted),
        early=sum(one.early for one in counted),
        closed=len(closed),
    )


def row_of(series: Series, today: date) -> Row | None:
    """For the page of a series; None until its standing is worked out anew."""
    standing = Standing.objects.select_related("initiative").filter(pk=series.pk).first()
    if standing is None or not standing.coming:
        return None
    standing.series = series
    record = Record(standing, today)
    return Row(record, people_of([record]))
