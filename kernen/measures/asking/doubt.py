"""Whether a figure lies far from what its series has shown, so that it is asked about. It is never
refused: now and then what is far is what is new."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from ..actions import Figure
from ..charts.run import RunChart
from ..models import Series
from ..pictures import chart_of
from ..spc import Result

#: Fewer figures than these have shown nothing yet.
ENOUGH = 5
#: Without control limits a figure is far when it lies beyond the others by more than this part of
#: the distance between the lowest and the highest of them, or by a tenth where they are alike.
FAR, ALIKE = 0.5, 0.1
#: What these draw is not the figures but how much they differ.
OF_SPREAD = ("mr", "s")


def doubt(series: Series, figure: Figure) -> str:
    """The sentence that asks about it, or ""."""
    chart = chart_of(series, tried=figure).chart
    if chart.result is None:
        return ""
    at = chart.starts.index(figure.period)
    value, usual = chart.result.y[at], _shown(chart.result, at)
    if value is None or len(usual) < ENOUGH:
        return ""
    low, high = _limits(chart, at) or _around(usual)
    if low <= value <= high:
        return ""
    words = {"figure": chart.numbers.quantity(value), "usual": _span(chart, usual)}
    if value > high:
        return _("Is it right? %(figure)s is far above the usual %(usual)s.") % words
    return _("Is it right? %(figure)s is far below the usual %(usual)s.") % words


def _shown(result: Result, at: int) -> list[float]:
    """The figures of the same phase that count in its line."""
    phase = result.phases[result.phase[at] - 1]
    span = slice(phase.first - 1, phase.last)
    counted = zip(result.y[span], result.included[span], strict=True)
    return [value for value, included in counted if value is not None and included]


def _limits(chart: RunChart, at: int) -> tuple[float, float] | None:
    """The control limits of that very period, where the chart has them."""
    control = chart.control
    if control is None or control.chart in OF_SPREAD:
        return None
    low, high = control.lcl[at], control.ucl[at]
    if low is None and high is None:
        return None
    return float("-inf") if low is None else low, float("inf") if high is None else high


def _around(usual: Sequence[float]) -> tuple[float, float]:
    low, high = min(usual), max(usual)
    margin = max(FAR * (high - low), ALIKE * max(abs(low), abs(high)))
    return low - margin, high + margin


def _span(chart: RunChart, usual: Sequence[float]) -> str:
    """What the figures have lain between: "12–25 %"."""
    low, high = min(usual), max(usual)
    numbers = chart.numbers
    if numbers.same(low, high):
        return numbers.quantity(high)
    return f"{numbers.number(low)}–{numbers.quantity(high)}"
