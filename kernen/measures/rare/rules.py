"""What must hold of a rare event that is entered, moved or taken back."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kernen.lib.refusal import Refused
from kernen.parties.models import Person

from .. import rules as measures
from ..models import Point, Series


def happened(person: Person | None, series: Series, on: date, cases: int | None) -> None:
    """An event has taken place, and on a day that has one already it counts no cases."""
    _may(person, series, on)
    days = _days(series)
    if cases is not None and on in days:
        raise Refused(_("There is an event on that day already: leave the cases empty."))
    measures.cases({on: cases} | days)


def move(person: Person | None, point: Point, on: date, reason: str) -> None:
    """An event is moved by those who may load, and they say why."""
    _may(person, point.series, on)
    _says_why(reason)
    days = _days(point.series)
    measures.cases({on: point.value} | _without(point, days))


def take_back(person: Person | None, point: Point, reason: str) -> None:
    _may(person, point.series, point.period)
    _says_why(reason)
    measures.cases(_without(point, _days(point.series)))


def _may(person: Person | None, series: Series, on: date) -> None:
    measures.may(person, series, "load")
    if not series.measure.events:
        raise Refused(_("The measure is not of rare events: load its figures instead."))
    if on > timezone.localdate():
        raise Refused(_("The day is in the future: choose the day on which it happened."))


def _says_why(reason: str) -> None:
    if not reason.strip():
        raise Refused(_("Say why: the reason is kept."))


def _days(series: Series) -> dict[date, Any]:
    """Every day with the cases that were counted before it."""
    return {point.period: point.value for point in series.points.all()}


def _without(point: Point, days: dict[date, Any]) -> dict[date, Any]:
    """The days when one event of the point's is gone."""
    only = point.size == 1
    return {day: cases for day, cases in days.items() if day != point.period or not only}
