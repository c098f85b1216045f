"""What a series has usually shown, and whether a figure lies far from it."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from kernen.measures.charts.run import RunChart
from kernen.measures.spc import Result

#: Fewer figures than these have shown nothing yet.
ENOUGH = 5
#: Without control limits a figure is far when it lies beyond the others by more than this part of
#: the distance between the lowest and the highest of them, or by a tenth where they are alike.
FAR, ALIKE = 0.5, 0.1
#: What these draw is not the figures but how much they differ.
OF_SPREAD = ("mr", "s")


def far(chart: RunChart, at: int) -> int:
    """1 if the figure there lies far above the others of its phase, -1 if far below, else 0."""
    return far_each(chart, [at])[at]


def far_each(chart: RunChart, places: Iterable[int]) -> dict[int, int]:
    """The same of each of these."""
    result = chart.result
    if result is None:
        return dict.fromkeys(places, 0)
    ordered = _ordered(result)
    return {at: _far(chart, result, at, ordered) for at in places}


def _far(chart: RunChart, result: Result, at: int, ordered: Sequence[list[float]]) -> int:
    value, others = result.y[at], _others(result, at, ordered)
    if value is None or len(others) < ENOUGH:
        return 0
    low, high = _limits(chart, at) or _around(others[0], others[-1])
    return (value > high) - (value < low)


def _ordered(result: Result) -> list[list[float]]:
    """By phase the figures that count in its line, in order of size."""
    figures = zip(result.y, result.included, strict=True)
    counting = [value if included else None for value, included in figures]
    spans = [counting[phase.first - 1 : phase.last] for phase in result.phases]
    return [sorted(value for value in span if value is not None) for span in spans]


def _others(result: Result, at: int, ordered: Sequence[list[float]]) -> list[float]:
    """The other figures of the same phase, in order; but for the lowest and the highest where they
    lie far from all the rest: they were asked about themselves. Two that lie far to the same side
    are no longer unusual."""
    others, own = ordered[result.phase[at] - 1].copy(), result.y[at]
    if own is not None and result.included[at]:
        del others[bisect_left(others, own)]
    if len(others) <= ENOUGH:
        return others
    low, high = _around(others[1], others[-2])
    near = others[bisect_left(others, low) : bisect_right(others, high)]
    return near if len(near) >= ENOUGH else others


def span(chart: RunChart, at: int) -> str:
    """What the other figures of its phase have lain between: "12–25 %"."""
    result = chart.result
    others = _others(result, at, _ordered(result)) if result else []
    low, high = others[0], others[-1]
    numbers = chart.numbers
    if numbers.same(low, high):
        return numbers.quantity(high)
    return f"{numbers.number(low)}–{numbers.quantity(high)}"


def _limits(chart: RunChart, at: int) -> tuple[float, float] | None:
    """The control limits of that very period, where the chart has them."""
    control = chart.control
    if control is None or control.chart in OF_SPREAD:
        return None
    low, high = control.lcl[at], control.ucl[at]
    if low is None and high is None:
        return None
    return float("-inf") if low is None else low, float("inf") if high is None else high


def _around(low: float, high: float) -> tuple[float, float]:
    margin = max(FAR * (high - low), ALIKE * max(abs(low), abs(high)))
    return low - margin, high + margin
