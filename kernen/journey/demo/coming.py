"""Figures that come week by week, as in daily life: mostly in time, one late, one corrected, one
far from the usual and confirmed, and one that nobody has given. All of them are made up."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from kernen.initiatives.models import Dimension, Initiative
from kernen.lib.periods import normalise
from kernen.measures import actions
from kernen.measures.asking import actions as asking
from kernen.measures.models import Measure, Series

from .told import MADE_UP
from .who import LEAD, MIDT, Who

MEASURE = {
    "name": "Dage fra udskrivelse til første opkald",
    "kind": Measure.Kind.PROCESS,
    "dimension": Dimension.EXPERIENCE,
    "figures": Measure.Figures.VALUES,
    "unit": "dage",
    "frequency": Measure.Frequency.WEEK,
    "direction": Measure.Direction.DOWN,
    "counted": "Borgere med KOL, der er udskrevet i ugen; medianen",
    "source": "Afsnittets udskrivningsliste",
}
PLACE = "Lungemedicinsk afsnit"
#: Of sixteen weeks, the last of them two weeks ago; the first eight were loaded at once.
_WRITTEN = "4,1 3,8 4,4 4,0 3,6 4,2 3,9 3,7 3,5 3,8 3,4 6,9 3,3 - 3,6 3,2"
#: How many days after its week each of the others came.
_TOOK = (2, 1, 3, 2, 12, 0, 4, 1)
_AT_ONCE = 8
FAR, CORRECTED = 11, 9


def enter(who: Who, initiative: Initiative) -> None:
    by = who.people[LEAD]
    last = normalise(timezone.localdate(), "week") - timedelta(weeks=2)
    weeks = [last - timedelta(weeks=n) for n in reversed(range(16))]
    written = [Decimal(one.replace(",", ".")) if one != "-" else None for one in _WRITTEN.split()]
    came = list(zip(weeks, written, strict=True))
    begun = _at(weeks[_AT_ONCE], 1)
    measure = actions.define(initiative=initiative, by=by, at=begun, **MEASURE)
    series = actions.open_series(
        measure=measure, organisation=who.organisations[MIDT], place=PLACE, made_up=True,
        remark=MADE_UP, by=by, at=begun,
    )  # fmt: skip
    history = [actions.Figure(week, value) for week, value in came[:_AT_ONCE]]
    actions.load(series=series, figures=history, filename="opkald.xlsx", by=by, at=begun)
    for number, ((week, value), took) in enumerate(
        zip(came[_AT_ONCE:], _TOOK, strict=True), start=_AT_ONCE
    ):
        if value is not None:
            at = _at(week, 7 + took)
            _give(series, week, value, at, confirmed=number == FAR, by=by)
            if number == CORRECTED:
                reason = "En borger var talt med to gange."
                _give(series, week, value + 1, at + timedelta(days=5), reason=reason, by=by)


def _give(series: Series, week: date, value: Decimal, at: datetime, **more: object) -> None:
    figure = actions.Figure(week, value)
    asking.give(series=series, figure=figure, key=str(at), at=at, **more)  # type: ignore[arg-type]


def _at(day: date, days: int) -> datetime:
    day += timedelta(days=days)
    return timezone.make_aware(datetime(day.year, day.month, day.day, 10))
