"""The verbs of rare events: it happened again, it happened on another day, it did not happen."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from kernen.initiatives.journal import VERBS
from kernen.initiatives.models import PARAMS
from kernen.parties.models import Person

from ..actions import record_of
from ..models import Point, Series
from ..standing.keep import settle
from . import rules

VERBS.update(
    happened=_("“%(measure)s”, %(place)s: it happened on %(day)s"),
    move_event=_("“%(measure)s”, %(place)s: what happened on %(day_before)s is moved to %(day)s"),
    take_event_back=_("“%(measure)s”, %(place)s: an event on %(day)s was taken back"),
)


def _day(stored: str) -> str:
    day = parse_date(stored)
    return date_format(day, "DATE_FORMAT") if day else stored


PARAMS["day"] = PARAMS["day_before"] = _day


@transaction.atomic
def happened(
    *,
    series: Series,
    on: date,
    note: str = "",
    cases: int | None = None,
    by: Person,
    at: datetime | None = None,
) -> Point:
    """It happened once more; `cases` are how many there were since the event before, if counted."""
    series = Series.objects.locked(series)
    rules.happened(by, series, on, cases)
    point = _one_more(series, on, note)
    if cases is not None:
        point.value = cases
    _keep(point)
    settle(series)
    _record(series, "happened", by, on, words=note, at=at)
    return point


@transaction.atomic
def move(*, point: Point, on: date, reason: str, by: Person) -> Point:
    """One event of the day happened on another day."""
    series = Series.objects.locked(point.series)
    standing: Point = series.points.get(pk=point.pk)
    rules.move(by, standing, on, reason)
    before, cases, note = standing.period, standing.value, standing.note
    last = _one_less(standing)
    point = _one_more(series, on, note if last else "")
    if last and point.size == 1:
        point.value = cases
    _keep(point)
    settle(series)
    _record(series, "move_event", by, on, words=reason, day_before=before.isoformat())
    return point


@transaction.atomic
def take_back(*, point: Point, reason: str, by: Person) -> None:
    """One event of the day did not happen, or is not of those that are counted."""
    series = Series.objects.locked(point.series)
    standing: Point = series.points.get(pk=point.pk)
    rules.take_back(by, standing, reason)
    _one_less(standing)
    settle(series)
    _record(series, "take_event_back", by, standing.period, words=reason)


def _one_more(series: Series, on: date, note: str) -> Point:
    point: Point = series.points.filter(period=on).first() or Point(series=series, period=on)
    point.size = (point.size or 0) + 1
    point.note = point.note or note
    return point


def _one_less(point: Point) -> bool:
    """Whether it was the day's only one, so that nothing is left of the day."""
    if point.size == 1:
        point.delete()
        return True
    point.size = (point.size or 1) - 1
    _keep(point)
    return False


def _keep(point: Point) -> None:
    point.full_clean()
    point.save()


def _record(series: Series, verb: str, by: Person, on: date, **told: Any) -> None:
    record_of(series, verb, by=by, day=on.isoformat(), **told)
