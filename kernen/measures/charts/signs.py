"""How a series varies and whether its goal will be met: each in one word, for a list of many.

Variation goes by the rules that the measure has chosen, also on its control chart where one is
drawn: special cause where they find a signal in the last phase, or where the median has moved since
the phase before. Which way is told by the median's move, else by the run that the latest points are
in, else by the latest point outside a limit; where none of them tells, it is only more than chance.
With the rules of the NHS it is what the NHS says of the latest point.

Assurance: the limits at the latest point lie on one side of the goal, or around it, as the NHS has
it. Without limits the figures of the last phase themselves, ten or more that vary by chance alone:
if all lie on one side of the goal, the next will not with a chance of about one in twelve or less
(Laplace's rule of succession); a series on the move foretells nothing.
"""

from enum import StrEnum
from math import inf

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from kernen.measures.charts.run import RunChart
from kernen.measures.charts.sentences import BETTER, STATUS, STATUS_MOVED
from kernen.measures.charts.verdict import ENOUGH, Verdict, enough, is_signal
from kernen.measures.spc import Phase, Result, nhs


class Variation(StrEnum):
    WORSE = "worse"
    HIGHER = "higher"
    LOWER = "lower"
    RESTLESS = "restless"
    BETTER = "better"
    COMMON = "common"
    FEW = "few"
    EMPTY = "empty"


class Assurance(StrEnum):
    NONE = ""  # no goal, or neither way is better
    MISSED = "missed"
    EITHER = "either"
    MET = "met"
    MOVING = "moving"
    FEW = "few"


VARIATION_NAMES: dict[Variation, Promise] = {
    Variation.WORSE: STATUS_MOVED[-1],
    Variation.HIGHER: pgettext_lazy("what a run chart shows", "Higher than before"),
    Variation.LOWER: pgettext_lazy("what a run chart shows", "Lower than before"),
    Variation.RESTLESS: STATUS[Verdict.RESTLESS],
    Variation.BETTER: STATUS_MOVED[1],
    Variation.COMMON: STATUS[Verdict.STEADY],
    Variation.FEW: STATUS[Verdict.FEW],
    Variation.EMPTY: STATUS[Verdict.EMPTY],
}
ASSURANCE_NAMES: dict[Assurance, Promise] = {
    Assurance.MISSED: pgettext_lazy("a goal", "Will be missed"),
    Assurance.EITHER: pgettext_lazy("a goal", "Met at times"),
    Assurance.MET: pgettext_lazy("a goal", "Will be met"),
    Assurance.MOVING: pgettext_lazy("a goal", "Cannot be foretold yet"),
    Assurance.FEW: STATUS[Verdict.FEW],
}

OF_NHS = {
    nhs.Variation.COMMON: Variation.COMMON,
    nhs.Variation.IMPROVEMENT: Variation.BETTER,
    nhs.Variation.CONCERN: Variation.WORSE,
    nhs.Variation.HIGH: Variation.HIGHER,
    nhs.Variation.LOW: Variation.LOWER,
}
GOAL_OF_NHS = {
    nhs.Assurance.PASS: Assurance.MET,
    nhs.Assurance.FAIL: Assurance.MISSED,
    nhs.Assurance.NEITHER: Assurance.EITHER,
    None: Assurance.NONE,
}


def variation(chart: RunChart) -> Variation:
    """What the chosen rules say of the last phase."""
    if not chart.result or not chart.drawn:
        return Variation.EMPTY
    last, better = chart.result.phases[-1], BETTER[chart.facts.direction]
    if chart.drawn.rules == "nhs":
        few = len(_counted(chart.drawn, chart.drawn.phases[-1])) < ENOUGH
        return Variation.FEW if few else OF_NHS[chart.drawn.variation(better)]
    judgement = chart.facts.judgement
    if judgement.verdict is Verdict.MOVED:
        return _way(judgement.moved, better)
    if not enough(last):
        return Variation.COMMON if last.flat else Variation.FEW
    if judgement.restless or (chart.control and _signals(chart.control)):
        return _way(judgement.latest_side or _latest_outside(chart.control), better)
    return Variation.COMMON


def assurance(chart: RunChart) -> Assurance:
    """Whether the goal will be met as things are."""
    goal, better = chart.facts.goal, BETTER[chart.facts.direction]
    if goal is None or not better or not chart.result:
        return Assurance.NONE
    phase = chart.result.phases[-1]
    figures = _counted(chart.result, phase)
    if len(figures) < ENOUGH:
        return Assurance.FEW
    limits = _limits(chart.control)
    if limits and not phase.flat:
        return GOAL_OF_NHS[nhs.assurance(*limits, goal, better)]
    if is_signal(phase):
        return Assurance.MOVING
    same = chart.numbers.same
    met = {(value - goal) * better > 0 or same(value, goal) for value in figures}
    return Assurance.EITHER if len(met) > 1 else Assurance.MET if met.pop() else Assurance.MISSED


def _way(way: int, better: int) -> Variation:
    if not way:
        return Variation.RESTLESS
    if not better:
        return Variation.HIGHER if way > 0 else Variation.LOWER
    return Variation.BETTER if way == better else Variation.WORSE


def _counted(result: Result, phase: Phase) -> list[float]:
    """The figures of the phase that count in its line."""
    span = slice(phase.first - 1, phase.last)
    counted = zip(result.y[span], result.included[span], strict=True)
    return [value for value, included in counted if value is not None and included]


def _signals(control: Result) -> bool:
    last = control.phases[-1]
    return is_signal(last) or any(control.outside[last.first - 1 : last.last])


def _latest_outside(control: Result | None) -> int:
    """On which side of the limits the latest point of the last phase lies that lies outside."""
    if control is None or control.chart == "mr":  # ranges know no way
        return 0
    sides = control.outside[control.phases[-1].first - 1 :]
    return next((side for side in reversed(sides) if side), 0)


def _limits(control: Result | None) -> tuple[float, float] | None:
    """The limits at the latest point; one that the chart does not have is beyond everything."""
    if control is None or control.chart == "mr":
        return None
    at = max(position for position, value in enumerate(control.y) if value is not None)
    low, high = control.lcl[at], control.ucl[at]
    if low is None and high is None:
        return None
    return (-inf if low is None else low, inf if high is None else high)
