"""Whether a figure lies far from what its series has shown, so that it is asked about. It is never
refused: now and then what is far is what is new."""

from datetime import date

from django.utils.translation import gettext as _

from ..actions import Figure
from ..charts.usual import Usual
from ..models import Series
from ..pictures import chart_of


def doubt(series: Series, figure: Figure) -> str:
    """The sentence that asks about it, or ""."""
    return doubted(Usual(chart_of(series, tried=[figure]).chart), figure.period)


def doubted(usual: Usual, period: date) -> str:
    """The sentence that asks about the figure of the period, or ""."""
    chart = usual.chart
    if chart.result is None or period not in chart.starts:
        return ""
    at = chart.starts.index(period)
    value, which = chart.result.y[at], usual.far(at)
    if value is None or not which:
        return ""
    words = {"figure": chart.numbers.quantity(value), "usual": usual.span(at)}
    if which > 0:
        return _("Is it right? %(figure)s is far above the usual %(usual)s.") % words
    return _("Is it right? %(figure)s is far below the usual %(usual)s.") % words
