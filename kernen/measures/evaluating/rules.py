"""When the effect of a change can be weighed, and who says when a place started and freezes what
came of it."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kernen.initiatives import rules as initiatives
from kernen.lib.periods import normalise
from kernen.lib.refusal import Refused
from kernen.parties.models import Person

from ..charts.effect import Effect
from ..evaluation.stepped import FEWEST
from ..models import Measure, Series
from ..rules import may
from .gather import has_figures, start_of


def weigh(series: Series) -> None:
    """A change is weighed by figures period by period."""
    _by_period(series.measure)
    if not has_figures(series):
        raise Refused(_("There are no figures yet: load them first."))


def compare(measure: Any) -> None:
    """Places are compared with each other, so there must be some."""
    _by_period(measure)
    found = sum(has_figures(series) for series in measure.seen)
    if found < FEWEST:
        text = ngettext(
            "Places are compared with each other: it takes figures from at least %(needed)s, and "
            "%(found)s place has them. A place alone is weighed on its own page.",
            "Places are compared with each other: it takes figures from at least %(needed)s, and "
            "%(found)s places have them. A place alone is weighed on its own page.",
            found,
        )
        raise Refused(text % {"needed": FEWEST, "found": found})


def _by_period(measure: Measure) -> None:
    if measure.events:
        raise Refused(_("Rare events have no figure a period: their chart tells of a change."))


def starts_known(measure: Any) -> None:
    """It is known of every place that has figures when it started, or that it has not."""
    compare(measure)
    unsaid = [
        str(series) for series in measure.seen if has_figures(series) and start_of(series) is None
    ]
    if unsaid:
        text = _("Say first when each place started. Missing: %(places)s.")
        raise Refused(str(text) % {"places": "; ".join(unsaid)})


def say_start(person: Person | None, series: Series, period: date | None) -> None:
    may(person, series, "measure")
    if period and period != normalise(period, series.measure.frequency):
        raise Refused(_("Choose a period of the measure."))


def chosen(series: Series, start: date) -> None:
    """A change comes at a period after the first figure, and not past the last."""
    weigh(series)
    periods = [point.period for point in series.points.all()]
    if not periods[0] < start <= periods[-1]:
        raise Refused(_("Choose a period after the first figure and not past the last."))


def freeze(
    person: Person | None, measure: Measure, effect: Effect, *, closed: bool = False
) -> None:
    """What is cited is an answer, be it that the change may have made no difference."""
    if closed:
        raise Refused(_("The figures are closed: open them before a result of them is cited."))
    initiatives.may(person, measure.initiative, "measure")
    if not effect.answered:
        raise Refused(_("The figures give no answer yet, so there is nothing to freeze."))
