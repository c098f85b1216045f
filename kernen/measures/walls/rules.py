"""Who keeps an organisation's wall screens, and what may stand on them."""

from django.utils.translation import gettext_lazy as _

from kernen.lib.refusal import Refused
from kernen.parties.models import Organisation, Person
from kernen.parties.rules import is_administrator, writes_for

from ..models import Series
from .models import Wall, WallChart

#: More than that nobody sees in passing.
MOST = 30


def keep(by: Person | None, organisation: Organisation) -> None:
    """Whoever gives figures for an organisation keeps its screens; administrators keep all."""
    if not by or not (is_administrator(by) or organisation in writes_for(by)):
        sentence = _(
            "Only contributors and coordinators of %(organisation)s keep its wall screens: "
            "ask one of them."
        )
        raise Refused(sentence % {"organisation": organisation})


def show(by: Person | None, wall: Wall, series: Series) -> None:
    keep(by, wall.organisation)
    if series.closed_at:
        raise Refused(_("The figures are closed, and a wall screen shows them to everybody."))
    if wall.charts.filter(series=series).exists():
        raise Refused(_("The chart is on the wall screen already: nothing was changed."))
    if wall.charts.count() >= MOST:
        sentence = _("A wall screen shows at most %(most)s charts: take one off first.")
        raise Refused(sentence % {"most": MOST})


def take_off(by: Person | None, chart: WallChart) -> None:
    keep(by, chart.wall.organisation)


def open_address(by: Person | None, wall: Wall) -> None:
    keep(by, wall.organisation)
    if wall.opened_at:
        raise Refused(_("The wall screen has an address already: nothing was changed."))


def close_address(by: Person | None, wall: Wall) -> None:
    keep(by, wall.organisation)
    if not wall.opened_at:
        raise Refused(_("The wall screen has no address: nothing was changed."))
