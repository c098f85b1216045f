"""What must hold of a series; who may write is the initiative's rules, unless it is closed."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from kernen.initiatives import rules as initiatives
from kernen.lib.periods import label, normalise
from kernen.lib.refusal import Refused, refusal
from kernen.parties import rules as parties
from kernen.parties.models import Person

from .models import TAKEN, Load, Measure, Point, Series

#: What figures that are loaded stand on; changing it would turn them into something else.
FIXED_BY_FIGURES = ("figures", "frequency")
#: What a figure of each kind is made of.
MADE_OF = {
    "counts": {"numerator", "denominator"},
    "rates": {"numerator", "denominator"},
    "values": {"value"},
    "samples": {"value", "size", "spread"},
    "events": {"value", "size"},
}
PARTS = set().union(*MADE_OF.values())
FIGURES_STAND = _("Figures are loaded already, so this stands: define a new measure instead.")
NOT_OF_ITS_KIND = _("The figures are not of the kind or the frequency of the measure.")
#: What stands while a measure is counted as the catalogue says.
FIXED_BY_CATALOGUE = ("name", *TAKEN)
CATALOGUE_STANDS = _(
    "This is as the catalogue says, so it stands: leave the catalogue first, or ask the owner for "
    "a new version."
)
CATALOGUE_STANDS_BUT_GOAL = _("All else is as the catalogue says, and only the goal is your own.")

_NOT_OWN = _("The figures belong to %(organisation)s: ask somebody who contributes there.")


class KeyUsed(Refused):
    """What was sent under the same key before was something else."""


class Unexplained(Refused):
    """Figures of the series would be changed, and nobody says why: those of the `periods`."""

    field = "reason"

    def __init__(self, series: Series, periods: list[date]):
        self.series, self.periods = series, periods
        super().__init__(self.sentence(periods[0]))

    def sentence(self, period: date) -> str:
        words = {"period": label(period, self.series.measure.frequency)}
        return _("There is a figure for %(period)s already: say why it is to be changed.") % words


def may(person: Person | None, series: Series, verb: str) -> None:
    """What is closed belongs to those who write for the organisation, and to nobody else."""
    if series.closed_at:
        own(person, series)
    else:
        initiatives.may(person, series.measure.initiative, verb)


def hindered(person: Person | None, many: Iterable[Series]) -> dict[int, str]:
    """The sentence that refuses to give the figures of a series, by its number, asked once for all
    that are open and once for all that are closed."""
    series = list(many)
    refused: dict[int, str] = {}
    opened = [one for one in series if not one.closed_at]
    if opened and (told := refusal(may, person, opened[0], "load")):
        refused |= {one.pk: told for one in opened}
    held = writes_for(person) if len(opened) < len(series) else set()
    closed = [one for one in series if one.closed_at and one.organisation_id not in held]
    return refused | {one.pk: _NOT_OWN % {"organisation": one.organisation} for one in closed}


def may_all(person: Person | None, many: Iterable[Series]) -> None:
    """Whether the person may give the figures of all of them."""
    for sentence in hindered(person, many).values():
        raise Refused(sentence)


def refusals(person: Person | None, series: Series) -> dict[str, str]:
    """Verb → the sentence that refuses it on this series: for its page."""
    found = initiatives.refusals(person, series.measure.initiative)
    if series.closed_at:
        refused = refusal(own, person, series) or ""
        found |= dict.fromkeys(("load", "measure"), refused)
    return found


def own(person: Person | None, series: Series) -> None:
    """Those who write for the organisation, and no administrator either."""
    if series.organisation_id not in writes_for(person):
        raise Refused(_NOT_OWN % {"organisation": series.organisation})


def writes_for(person: Person | None) -> set[int]:
    """The numbers of the organisations for which the person gives figures."""
    held = (parties.CONTRIBUTOR, parties.COORDINATOR)
    return parties.holding(person, *held) if person else set()


def redefine(measure: Measure, fields: Mapping[str, Any]) -> None:
    """A measure keeps its kind of figures and its frequency once figures are loaded, and all that
    it has from the catalogue while it is counted so."""
    changed = {name for name, value in fields.items() if value != getattr(measure, name)}
    if measure.version_id and changed & set(FIXED_BY_CATALOGUE):
        raise Refused(CATALOGUE_STANDS)
    if changed & set(FIXED_BY_FIGURES) and has_figures(measure):
        raise Refused(FIGURES_STAND)


def fixed(measure: Measure) -> tuple[str, ...]:
    """The parts of the definition that stand."""
    if measure.version_id:
        return FIXED_BY_CATALOGUE
    return FIXED_BY_FIGURES if has_figures(measure) else ()


def has_figures(measure: Measure) -> bool:
    return Point.objects.filter(series__measure=measure).exists()


def cases(days: Mapping[date, Any]) -> None:
    """The cases between rare events are counted every time, or never; `days` have the cases."""
    after_first = [days[day] is None for day in sorted(days)][1:]
    if any(after_first) and not all(after_first):
        raise Refused(_("Give the cases since the event before for every event, or for none."))


def load(measure: Measure, figures: Iterable[Any]) -> None:
    """Each figure is of the measure's kind and stands at the first day of its period."""
    others = PARTS - MADE_OF[measure.figures]
    for figure in figures:
        wrong = any(getattr(figure, part) is not None for part in others)
        if wrong or figure.period != normalise(figure.period, measure.frequency):
            raise Refused(NOT_OF_ITS_KIND)
        if measure.events and not figure.size:
            raise Refused(_("Rare events are entered by the day, and a day has one or more."))


def correct(series: Series, changed: Iterable[date], reason: str) -> None:
    """Another figure than the one that stands comes with why; `changed` are their periods."""
    periods = sorted(changed)
    if periods and not reason.strip():
        raise Unexplained(series, periods)


def sent_before(load: Load, digest: str) -> None:
    """What comes again under its key is the same."""
    if load.digest != digest:
        raise KeyUsed(
            _("Something else was sent under this key before: send what is new under a new key.")
        )


def undo_load(load: Load, loads: Iterable[Load], series: Series) -> None:
    """Only while what it brought stands as it came; `loads` are those of the series."""
    if load.undoes_id:
        raise Refused(_("This undid another load. Load the figures again instead."))
    if hasattr(load, "undone_by"):
        raise Refused(_("The load is undone already: nothing was changed."))
    if not load.taken:
        raise Refused(_("This load changed nothing, or is too old to be undone."))
    periods = {kept["period"] for kept in load.taken}
    frequency = series.measure.frequency
    for later in loads:
        if later.pk <= load.pk or later.undoes_id or hasattr(later, "undone_by"):
            continue
        shared = sorted(periods & {kept["period"] for kept in later.taken + later.replaced})
        if shared:
            sentence = _(
                "%(by)s loaded %(period)s again on %(at)s: undo that load first, if it is wrong."
            )
            period = label(date.fromisoformat(shared[0]), frequency)
            at = date_format(timezone.localtime(later.at), "DATETIME_FORMAT")
            raise Refused(sentence % {"by": later.by, "period": period, "at": at})
    _stand_as_they_came(load, series)


def _stand_as_they_came(load: Load, series: Series) -> None:
    """Nobody has since judged a figure that would go, nor changed one in another way."""
    points = {point.period.isoformat(): point for point in series.points.all()}
    before = {kept["period"] for kept in load.replaced}
    begun = {one.period.isoformat() for one in series.splits.all()}
    begun |= {one.period.isoformat() for one in series.freezes.all()}
    for kept in load.taken:
        period, point = kept["period"], points.get(kept["period"])
        if point is None or not _is(point, kept):
            sentence = _("The figure of %(period)s was changed afterwards, so the load stands.")
        elif period not in before and (period in begun or point.left_out):
            sentence = _(
                "%(period)s begins a phase, ends the baseline or is left out: take that back first."
            )
        else:
            continue
        raise Refused(
            sentence % {"period": label(date.fromisoformat(period), series.measure.frequency)}
        )


def _is(point: Point, kept: Mapping[str, str]) -> bool:
    """Whether the point has the figure that a load keeps as words."""
    for name in (*PARTS, "note"):
        stands, came = getattr(point, name), kept.get(name, "")
        if name == "note" and stands != came:
            return False
        if name != "note" and (None if came == "" else Decimal(came)) != stands:
            return False
    return True


def split_there(series: Series, period: date) -> None:
    """A phase needs points of its own: a split lies within the series, after its first point."""
    periods = list(series.points.values_list("period", flat=True))
    if period not in periods:
        raise Refused(_("Choose a period that the series has a point for."))
    if period in periods[: series.measure.before_first_phase]:
        raise Refused(_("The first point cannot begin a new phase: choose a later one."))
