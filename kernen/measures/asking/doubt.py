"""Whether a figure lies far from what its series has shown, so that it is asked about. It is never
refused: now and then what is far is what is new."""

from django.utils.translation import gettext as _

from ..actions import Figure
from ..charts.usual import far, span
from ..models import Series
from ..pictures import chart_of


def doubt(series: Series, figure: Figure) -> str:
    """The sentence that asks about it, or ""."""
    chart = chart_of(series, tried=[figure]).chart
    at = chart.starts.index(figure.period) if chart.result else 0
    value = chart.result.y[at] if chart.result else None
    which = far(chart, at)
    if chart.result is None or value is None or not which:
        return ""
    words = {"figure": chart.numbers.quantity(value), "usual": span(chart, at)}
    if which > 0:
        return _("Is it right? %(figure)s is far above the usual %(usual)s.") % words
    return _("Is it right? %(figure)s is far below the usual %(usual)s.") % words
