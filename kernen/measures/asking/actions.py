"""The verbs of asking for figures, and of giving one where it is typed in: once, however often it
is sent."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kernen.initiatives.journal import VERBS
from kernen.lib.refusal import refusal
from kernen.parties.inviting.rules import account_of
from kernen.parties.mailing import rules as mailing
from kernen.parties.models import Person
from kernen.parties.people import traces
from kernen.parties.people.actions import SETTLED

from ..actions import Figure, came_before, record_of, take_in, tell_load
from ..models import FiguresLink, Load, Series
from . import rules
from .due import Due, due_of

VERBS.update(
    ask_figures=_("“%(measure)s”, %(place)s: somebody is asked for figures by e-mail"),
    ask_figures_again=_("“%(measure)s”, %(place)s: a question for figures was sent again"),
    withdraw_figures_link=_("“%(measure)s”, %(place)s: a question for figures was withdrawn"),
)


@transaction.atomic
def give(
    *,
    series: Series,
    figure: Figure,
    key: str,
    reason: str = "",
    stood: str | None = None,
    confirmed: bool = False,
    by: Person,
    at: datetime | None = None,
) -> Load | None:
    """One period's figure, typed in by somebody who is signed in; `confirmed` if it lies far from
    the usual and is right. `stood` is what stood there then, if that is known (`rules.stands`).
    What comes again under the `key` of its form is taken in once."""
    series = Series.objects.locked(series)
    rules.give(by, series)
    told = _told(Load.Way.FORM, key, figure, reason, confirmed)
    if before := came_before(series, told["key"]):
        return before
    rules.comes(series, figure, reason, stood)
    loaded = take_in(series, [figure], by=by, at=at, **told)
    tell_load(loaded, at)
    return loaded


@transaction.atomic
def give_by_link(
    *,
    link: FiguresLink,
    figure: Figure,
    key: str,
    reason: str = "",
    stood: str | None = None,
    confirmed: bool = False,
    by: None = None,
    at: datetime | None = None,
) -> Load | None:
    """The same by whoever has the link, without signing in: it then holds for longer. Who is not in
    the register yet becomes a person there, with the name that was typed."""
    link = _locked(link)
    series = link.series
    rules.opened(link)
    told = _told(Load.Way.LINK, key, figure, reason, confirmed)
    if before := came_before(series, told["key"]):
        return before
    rules.comes(series, figure, reason, stood)
    rules.give_by_link(link, series, figure)
    link.person = link.person or _enter(link)
    link.given_at, link.until = at or timezone.now(), link.holds_until()
    link.save()
    loaded = take_in(series, [figure], by=link.person, at=at, **told)
    tell_load(loaded, at)
    return loaded


def _told(way: str, key: str, figure: Figure, reason: str, confirmed: bool) -> dict[str, Any]:
    """What the load says of itself. The same form with another figure is another load."""
    said = sha256(repr((figure, reason)).encode()).hexdigest()[:16]
    told = {"way": way, "key": f"{way}:{key}:{said}", "reason": reason.strip()}
    return told | {"confirmed": confirmed}


def _enter(link: FiguresLink) -> Person:
    person = Person(name=link.name, title=link.title, made_up=link.by.made_up)
    person.full_clean()
    person.save()
    return person


@transaction.atomic
def ask(
    *,
    series: Series,
    to: Person | None = None,
    name: str = "",
    title: str = "",
    email: str = "",
    by: Person,
    at: datetime | None = None,
) -> FiguresLink:
    """Ask somebody by e-mail for the figures of the series from now on; the worker sends it, in the
    language in which it was asked."""
    series = Series.objects.locked(series)
    email = (to.user.email if to and to.user else email).lower()
    rules.ask(by, series, to, email)
    known: Any = account_of(email)
    asked = due_of(series, timezone.localdate())
    link = FiguresLink(
        series=series,
        person=to or getattr(known, "person", None),
        name="" if to else name.strip(),
        title="" if to else title.strip(),
        email=email,
        language=get_language() or "da",
        period=asked.latest,
        asks_on=asked.begins,
        by=by,
        at=at or timezone.now(),
    )
    link.until = link.holds_until()
    link.full_clean()
    link.save()
    record_of(series, "ask_figures", by=by, at=at)
    return link


@transaction.atomic
def send_again(*, link: FiguresLink, by: Person) -> FiguresLink:
    """The same link once more, which then holds as long as a new one."""
    link = _locked(link)
    rules.send_again(by, link)
    link.until = link.holds_until()
    _anew(link, due_of(link.series, timezone.localdate()), FiguresLink.Occasion.ASKED)
    record_of(link.series, "ask_figures_again", by=by)
    return link


@transaction.atomic
def withdraw_link(*, link: FiguresLink, by: Person) -> FiguresLink:
    """It opens nothing any more; the figures that came by it stand."""
    link = _locked(link)
    rules.withdraw_link(by, link)
    link.withdrawn_at, link.withdrawn_by = timezone.now(), by
    link.save()
    record_of(link.series, "withdraw_figures_link", by=by)
    return link


@transaction.atomic
def ask_when_due(*, link: FiguresLink, now: datetime, by: None = None) -> bool:
    """Once a period: by e-mail if its figure has not come, not at all if it has. Whether it was
    still to be looked at."""
    link = _locked(link)
    mailing.by_itself(by)
    today = timezone.localdate(now)
    asked = due_of(link.series, today)
    if link.withdrawn_at or link.asks_on > today:
        return False
    if asked.latest and not refusal(rules.opened, link):
        _anew(link, asked, FiguresLink.Occasion.DUE)
    else:
        link.asks_on = asked.begins
        link.save()
    return True


def _anew(link: FiguresLink, asked: Due, occasion: str) -> None:
    """Have it sent for the period that is due; the next one is asked for when that is over."""
    link.occasion, link.period, link.asks_on = occasion, asked.latest, asked.begins
    link.send_anew()
    link.save()


def _locked(link: FiguresLink) -> FiguresLink:
    """The link as it stands now; its initiative is locked: no figure comes meanwhile."""
    series = Series.objects.locked(link.series)
    found = FiguresLink.objects.select_related("person__user", "by")
    locked: FiguresLink = found.get(pk=link.pk)
    locked.series = series
    return locked


def _take_back(person: Person) -> None:
    """Nobody gives figures by what was sent to a person who is no more."""
    for link in FiguresLink.objects.filter(person=person, withdrawn_at=None):
        link.withdrawn_at, link.withdrawn_by = timezone.now(), person
        link.save()


def _asked_at(person: Person) -> list[str]:
    return list(FiguresLink.objects.filter(person=person).values_list("email", flat=True))


SETTLED.append(_take_back)
traces.ADDRESSES.append(_asked_at)
