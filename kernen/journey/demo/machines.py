"""A system of the demonstration that gives the figures of a measure; its secret nobody knows."""

from datetime import date, timedelta

from kernen.measures.actions import FIGURE, Figure
from kernen.measures.machine import actions
from kernen.measures.models import Series

from .who import COORDINATOR, MIDT, Who

MEASURE = "KOL-patienter genindlagt inden for 30 dage"
SENDER = "BI-udtræk, Hospitalsenhed Midt"


def enter(who: Who) -> None:
    by, until = who.people[COORDINATOR], date.today() + timedelta(days=300)
    series = Series.objects.get(measure__name=MEASURE, organisation__name=MIDT)
    tried, _secret = actions.make_token(of=series, name="Prøve af BI-udtræk", until=until, by=by)
    actions.withdraw_token(token=tried, by=by)
    for of in (series, series.measure):
        token, _secret = actions.make_token(of=of, name=SENDER, until=until, by=by)
    actions.use_token(token=token)
    last = series.points.latest("period")
    figure = Figure(period=last.period, **{name: getattr(last, name) for name in FIGURE})
    actions.give(
        measure=series.measure,
        figures={series: [figure]},
        sender=SENDER,
        key="udtraek-1",
        digest="",
        by=by,
    )
