"""Who asks for figures by e-mail, what the link is good for, and when a figure may come."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import gettext_lazy as _

from kernen.lib.periods import label
from kernen.lib.refusal import Refused, refusal
from kernen.parties.models import Person

from .. import rules as measures
from ..actions import NUMBERS
from ..models import FiguresLink, Load, Point, Series
from .due import due_of

#: So many are asked by one person in a day, and so many figures come by one link.
MOST_A_DAY, MOST_GIVEN = 50, 100
_DAY = timedelta(days=1)
UNASKED = _("This period is not asked for: open the link in the e-mail again.")


def may_ask(person: Person | None, series: Series) -> None:
    """Whoever may load figures may ask somebody else for them."""
    measures.may(person, series, "load")
    if series.measure.events:
        raise Refused(
            _("Rare events are never due: enter them when they happen, and ask nobody for them.")
        )


def ask(person: Person, series: Series, to: Person | None, email: str) -> None:
    """`to` is in the register; without, it is whoever has the address."""
    may_ask(person, series)
    if to and not to.user:
        raise Refused(_("%(person)s has no e-mail in Kernen: type it below.") % {"person": to})
    if series.figures_links.waiting().filter(email=email).exists():
        sentence = _("%(email)s is asked already: send that question again, or withdraw it.")
        raise Refused(sentence % {"email": email})
    since = timezone.now() - _DAY
    if FiguresLink.objects.filter(by=person, at__gt=since).count() >= MOST_A_DAY:
        sentence = _("%(most)s have been asked since yesterday: ask the others tomorrow.")
        raise Refused(sentence % {"most": MOST_A_DAY})


def send_again(person: Person, link: FiguresLink) -> None:
    may_ask(person, link.series)
    _not_withdrawn(link)
    if link.just_sent:
        raise Refused(_("The e-mail was sent a moment ago: give it an hour."))


def withdraw_link(person: Person, link: FiguresLink) -> None:
    measures.may(person, link.series, "load")
    _not_withdrawn(link)


def opened(link: FiguresLink) -> None:
    """What anybody meets who follows the link. Once figures are closed, only what their own people
    asked stands."""
    _not_withdrawn(link)
    if link.series.closed_at and refusal(measures.own, link.by, link.series):
        raise Refused(_("The figures have been closed by those whose they are: ask one of them."))
    if link.late:
        raise Refused(_("The link is too old: ask for it to be sent again."))


def give(person: Person | None, series: Series) -> None:
    measures.may(person, series, "load")


def give_by_link(link: FiguresLink, series: Series, figure: Any) -> None:
    """By a link come those periods that its page asks for."""
    if figure.period not in due_of(series, timezone.localdate()).asked_for():
        raise Refused(UNASKED)
    given = series.loads.filter(way=Load.Way.LINK, by=link.person)
    if link.person and given.filter(at__gt=timezone.now() - _DAY).count() >= MOST_GIVEN:
        raise Refused(_("Many figures came by this link since yesterday: go on tomorrow."))


def comes(series: Series, figure: Any, reason: str, stood: str | None) -> None:
    """A figure is of a period that has begun; what stands there is changed by whoever has seen it:
    `stood` is what `stands` gave when the figure was typed in. And with a reason, as ever."""
    if series.measure.events:
        raise Refused(_("Rare events are entered when they happen, and by their date."))
    words = {"period": label(figure.period, series.measure.frequency)}
    if figure.period > timezone.localdate():
        raise Refused(_("%(period)s has not begun yet.") % words)
    standing = series.points.filter(period=figure.period).first()
    if standing and figure.same_numbers_as(standing):
        return
    if stood not in (None, stands(standing)):
        shown = localize(standing.shown) if standing and standing.shown is not None else "–"
        sentence = _(
            "Meanwhile somebody gave another figure for %(period)s: %(figure)s. If yours is to "
            "stand instead, say why, and save it once more."
        )
        raise Refused(sentence % (words | {"figure": shown}))
    measures.correct(series, [figure.period] if standing else [], reason)


def stands(point: Point | None) -> str:
    """The figure of a period as its form keeps it in mind; nothing where there is none."""
    if point is None:
        return ""
    numbers = (getattr(point, name) for name in NUMBERS)
    said = ["" if number is None else f"{Decimal(number).normalize():f}" for number in numbers]
    return "/".join(said).rstrip("/") or "–"


def _not_withdrawn(link: FiguresLink) -> None:
    if link.withdrawn_at:
        raise Refused(_("The link has been withdrawn: ask who sent it."))
