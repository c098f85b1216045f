"""Who is asked for figures by e-mail: a nurse for a weekly series, of which one is due; and the
secretary of a practice for its closed one. Both are made up."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from kernen.lib.periods import normalise
from kernen.measures.actions import Figure
from kernen.measures.asking import actions
from kernen.measures.models import FiguresLink, Series
from kernen.parties.models import Person

from .figures.asked import CALLED
from .who import LEAD, PRACTICES, Who

NURSE = ("Dorte Engholm", "Hjemmesygeplejerske, Silkeborg Kommune", "hjemmesygeplejen@eksempel.dk")
SECRETARY = ("Pia Lundgaard", "Lægesekretær", "sekretaer.bakketoppen@eksempel.dk")


def enter(who: Who) -> None:
    by = who.people[LEAD]
    called = _series(measure__name=CALLED)
    week = normalise(timezone.localdate(), "week") - timedelta(weeks=2)
    link = _ask(called, NURSE, by=by, at=_at(week))
    actions.give_by_link(
        link=link,
        figure=Figure(week, numerator=13, denominator=16),
        key="eksempel",
        at=_at(week + timedelta(days=7)),
    )
    practice = _series(organisation__name=PRACTICES[1])
    _ask(practice, SECRETARY, by=who.of(PRACTICES[1]), at=timezone.now())


def _series(**what: str) -> Series:
    found: Series = Series.objects.select_related("measure", "organisation").get(**what)
    return found


def _ask(series: Series, whom: tuple[str, str, str], by: Person, at: datetime) -> FiguresLink:
    name, title, email = whom
    return actions.ask(series=series, name=name, title=title, email=email, by=by, at=at)


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, 8))
