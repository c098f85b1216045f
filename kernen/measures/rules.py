"""What must hold of a series; who may write is the initiative's rules."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from kernen.lib.periods import normalise
from kernen.lib.refusal import Refused

from .models import Measure, Point, Series

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


def redefine(measure: Measure, fields: Mapping[str, Any]) -> None:
    """A measure keeps its kind of figures and its frequency once figures are loaded."""
    named = [name for name in FIXED_BY_FIGURES if name in fields]
    if any(fields[name] != getattr(measure, name) for name in named) and has_figures(measure):
        raise Refused(FIGURES_STAND)


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
            raise Refused(_("The figures are not of the kind or the frequency of the measure."))
        if measure.events and not figure.size:
            raise Refused(_("Rare events are entered by the day, and a day has one or more."))


def split_there(series: Series, period: date) -> None:
    """A phase needs points of its own: a split lies within the series, after its first point."""
    periods = list(series.points.values_list("period", flat=True))
    if period not in periods:
        raise Refused(_("Choose a period that the series has a point for."))
    if period in periods[: series.measure.before_first_phase]:
        raise Refused(_("The first point cannot begin a new phase: choose a later one."))
