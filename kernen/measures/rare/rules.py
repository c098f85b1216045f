"""What must hold of a rare event that is entered, moved or taken back."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kernen.lib.refusal import Refused
from kernen.parties.models import Person

from ..models import Series
from ..rules import may


def happened(person: Person | None, series: Series, on: date, cases: int | None) -> None:
    """An event has taken place, and on a day that has one already it counts no cases."""
    may(person, series, "load")
    if not series.measure.events:
        raise Refused(_("The measure is not of rare events: load its figures instead."))
    if on > timezone.localdate():
        raise Refused(_("The day is in the future: choose the day on which it happened."))
    if cases is not None and series.points.filter(period=on).exists():
        raise Refused(_("There is an event on that day already: leave the cases empty."))


def correct(person: Person | None, series: Series, reason: str) -> None:
    """An event that stands is corrected by those who may load, and they say why."""
    may(person, series, "load")
    if not series.measure.events:
        raise Refused(_("The measure is not of rare events: load its figures instead."))
    if not reason.strip():
        raise Refused(_("Say why: the reason is kept."))
