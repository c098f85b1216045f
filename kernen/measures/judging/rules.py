"""What must hold of a chart, a baseline and a figure that is left out."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from kernen.initiatives import rules as initiatives
from kernen.lib.refusal import Refused
from kernen.parties.models import Person

from ..charts.control import CHARTS_OF
from ..models import Measure, Point, Series
from ..rules import may


def judge(person: Person | None, series: Series) -> None:
    may(person, series, "measure")


def choose_chart(person: Person | None, measure: Measure, chart: str, rules: str) -> None:
    initiatives.may(person, measure.initiative, "measure")
    if rules == "nhs" and chart != "i":
        raise Refused(_("The rules of the NHS are for I charts only: choose an I chart as well."))
    if chart not in CHARTS_OF[measure.figures]:
        raise Refused(_("This chart is for other figures than the measure has: choose another."))


def freeze(person: Person | None, series: Series, period: date) -> None:
    """A baseline has a figure, and something comes after it."""
    judge(person, series)
    points = list(series.points.all())
    if period not in [point.period for point in points]:
        raise Refused(_("Choose a period that the series has a point for."))
    if period == points[-1].period:
        raise Refused(_("The baseline must end before the last point: nothing would be frozen."))


def leave_out(person: Person | None, series: Series, period: date) -> None:
    """Something must be left to draw the line through."""
    judge(person, series)
    points = {point.period: point for point in series.points.all() if point.shown is not None}
    if period not in points:
        raise Refused(_("Choose a period that the series has a figure for."))
    if points[period].left_out:
        raise Refused(_("The figure is left out already: nothing was changed."))
    if sum(not point.left_out for point in points.values()) < 2:
        raise Refused(_("It is the last figure that counts: there would be no line."))


def count_again(person: Person | None, point: Point) -> None:
    judge(person, point.series)
    if not point.left_out:
        raise Refused(_("The figure counts already: nothing was changed."))
