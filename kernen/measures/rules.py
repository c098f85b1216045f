"""What must hold of a series; who may write is the initiative's rules, unless it is closed."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from kernen.initiatives import rules as initiatives
from kernen.lib.periods import normalise
from kernen.lib.refusal import Refused, refusal
from kernen.parties import rules as parties
from kernen.parties.models import Person

from .models import Measure, Point, Series

#: What figures that are loaded stand on; changing it would turn them into something else.
FIXED_BY_FIGURES = ("figures", "frequency")
FIGURES_STAND = _("Figures are loaded already, so this stands: define a new measure instead.")


def may(person: Person | None, series: Series, verb: str) -> None:
    """What is closed belongs to those who write for the organisation, and to nobody else."""
    if series.closed_at:
        own(person, series)
    else:
        initiatives.may(person, series.measure.initiative, verb)


def refusals(person: Person | None, series: Series) -> dict[str, str]:
    """Verb → the sentence that refuses it on this series: for its page."""
    found = initiatives.refusals(person, series.measure.initiative)
    if series.closed_at:
        refused = refusal(own, person, series) or ""
        found |= dict.fromkeys(("load", "measure"), refused)
    return found


def own(person: Person | None, series: Series) -> None:
    """Those who write for the organisation, and no administrator either."""
    held = (parties.CONTRIBUTOR, parties.COORDINATOR)
    if person is None or series.organisation_id not in parties.holding(person, *held):
        sentence = _("The figures belong to %(organisation)s: ask somebody who contributes there.")
        raise Refused(sentence % {"organisation": series.organisation})


def redefine(measure: Measure, fields: Mapping[str, Any]) -> None:
    """A measure keeps its kind of figures and its frequency once figures are loaded."""
    named = [name for name in FIXED_BY_FIGURES if name in fields]
    if any(fields[name] != getattr(measure, name) for name in named) and has_figures(measure):
        raise Refused(FIGURES_STAND)


def has_figures(measure: Measure) -> bool:
    return Point.objects.filter(series__measure=measure).exists()


def load(measure: Measure, figures: Iterable[Any]) -> None:
    """Each figure is of the measure's kind and stands at the first day of its period."""
    for figure in figures:
        wrong = figure.value if measure.proportion else figure.denominator
        if wrong is not None or figure.period != normalise(figure.period, measure.frequency):
            raise Refused(_("The figures are not of the kind or the frequency of the measure."))


def split_there(series: Series, period: date) -> None:
    """A phase needs points of its own: a split lies within the series, after its first point."""
    periods = list(series.points.values_list("period", flat=True))
    if period not in periods:
        raise Refused(_("Choose a period that the series has a point for."))
    if period == periods[0]:
        raise Refused(_("The first point cannot begin a new phase: choose a later one."))
