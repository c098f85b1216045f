"""What a series has usually shown, and whether a figure lies far from it."""

from bisect import bisect_left, bisect_right

from kernen.measures.charts.run import RunChart
from kernen.measures.spc import Result

#: Fewer figures than these have shown nothing yet.
ENOUGH = 5
#: A figure is far when it lies beyond what is usual by more than this part of the distance between
#: the lowest and the highest of it, or by a tenth where they are alike.
FAR, ALIKE = 0.5, 0.1
#: Beyond the fourths by more than so many times the distance between them lies what is "far out"
#: (J. W. Tukey, Exploratory Data Analysis, 1977, 2D): it does not count as usual.
FAR_OUT = 3
#: What these draw is not the figures but how much they differ.
OF_SPREAD = ("mr", "s")
#: What lies far out moves and widens the limits of these: they judge only as long as they lie
#: within what is around the usual.
OF_NEIGHBOURS = ("i",)


class Usual:
    """What the figures of each phase of a chart have usually lain between, worked out once: fewer
    than a fourth of them widen it to no side. What lies elsewhere for longer is usual too, and what
    comes after a split is judged in itself."""

    def __init__(self, chart: RunChart):
        self.chart, result = chart, chart.result
        self._phases: list[tuple[int, list[float]]] = []
        if result:
            figures = zip(result.y, result.included, strict=True)
            counting = [value if included else None for value, included in figures]
            for phase in result.phases:
                span = counting[phase.first - 1 : phase.last]
                ordered = sorted(value for value in span if value is not None)
                self._phases.append((len(ordered), _near(ordered)))

    def far(self, at: int) -> int:
        """1 if the figure there lies far above the others of its phase, -1 if far below, else 0."""
        result = self.chart.result
        value = result.y[at] if result else None
        if result is None or value is None:
            return 0
        count, _usual = self._phases[result.phase[at] - 1]
        if count - result.included[at] < ENOUGH:
            return 0
        low, high = self._fences(result, at)
        return (value > high) - (value < low)

    def span(self, at: int) -> str:
        """What the other figures of its phase have lain between: "12–25 %"."""
        result = self.chart.result
        low, high = self._others(result, at) if result else (0.0, 0.0)
        numbers = self.chart.numbers
        if numbers.same(low, high):
            return numbers.quantity(high)
        return f"{numbers.number(low)}–{numbers.quantity(high)}"

    def _fences(self, result: Result, at: int) -> tuple[float, float]:
        """The control limits of that very period, where the chart has them; else around what is
        usual."""
        around, control = _around(*self._others(result, at)), self.chart.control
        limits = self._limits(at)
        if limits is None or control is None:
            return around
        moved = not around[0] <= limits[0] <= limits[1] <= around[1]
        return around if moved and control.chart in OF_NEIGHBOURS else limits

    def _others(self, result: Result, at: int) -> tuple[float, float]:
        """The lowest and the highest of what is usual without the figure itself."""
        _count, usual = self._phases[result.phase[at] - 1]
        own = result.y[at] if result.included[at] else None
        return usual[usual[0] == own], usual[-1 - (usual[-1] == own)]

    def _limits(self, at: int) -> tuple[float, float] | None:
        control = self.chart.control
        if control is None or control.chart in OF_SPREAD:
            return None
        low, high = control.lcl[at], control.ucl[at]
        if low is None and high is None:
            return None
        return float("-inf") if low is None else low, float("inf") if high is None else high


def _near(ordered: list[float]) -> list[float]:
    """Those that do not lie far out from the fourths; or, where the fourths are alike, from the
    eighths; and where most are zero, from all but the lowest and the highest."""
    count = len(ordered)
    if count <= ENOUGH:
        return ordered
    depths = (count // 4, max(count // 8, 1), 1)
    fourths, eighths, inner = ((ordered[deep], ordered[-1 - deep]) for deep in depths)
    low, high = next((pair for pair in (fourths, eighths) if pair[0] < pair[1]), eighths)
    if low == high == 0:
        low, high = inner
    reach = max(FAR_OUT * (high - low), ALIKE * max(abs(low), abs(high)))
    near = ordered[bisect_left(ordered, low - reach) : bisect_right(ordered, high + reach)]
    return near if len(near) >= ENOUGH else ordered


def _around(low: float, high: float) -> tuple[float, float]:
    margin = max(FAR * (high - low), ALIKE * max(abs(low), abs(high)))
    return low - margin, high + margin
