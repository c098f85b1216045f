"""What the changes did: when each place started, and two results that are frozen."""

from datetime import date, datetime

from django.utils import timezone

from kernen.measures.evaluating import actions
from kernen.measures.models import Measure

from .figures.weighed import INFECTIONS, STARTED, VISITS
from .who import Who


def enter(who: Who) -> None:
    visits = Measure.objects.select_related("initiative").get(name=VISITS)
    lead, at = who.people["Inge Bakkedal"], _on(date(2020, 3, 10))
    for series in visits.series.select_related("organisation"):
        period, reason = STARTED[series.organisation.name]
        actions.say_start(series=series, period=period, reason=reason, by=lead, at=at)
    actions.freeze_places(measure=visits, by=lead, at=_on(date(2020, 3, 11)))
    split = Measure.objects.get(name=INFECTIONS).series.get().splits.get()
    actions.freeze_series(
        series=split.series,
        start=split.period,
        why=split.reason,
        by=who.people["Yasmin Karlby"],
        at=_on(date(2020, 1, 14)),
    )


def _on(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, 13))
