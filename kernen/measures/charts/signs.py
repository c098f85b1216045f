"""How a series varies and whether its goal will be met: each in one word, for a list of many.

Variation is the judgement that the heading is written from, so that lists, pictures and pages never
say different things of a series: better or worse where the median has moved since the phase before,
or where the latest points show the way of a signal that holds today; only more than chance where a
signal in the last phase shows no way, or is over, such as an outlier of last year. With the rules
of the NHS the way is that of the latest point, as the NHS has it.

Assurance: the limits at the latest point lie on one side of the goal, or around it, as the NHS has
it. Without limits the figures of the last phase themselves, ten or more that vary by chance alone:
if all lie on one side of the goal, the next will not with a chance of about one in twelve or less
(Laplace's rule of succession); a series on the move foretells nothing.
"""

from __future__ import annotations

from enum import StrEnum
from math import inf
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from kernen.measures.charts.sentences import BETTER, Facts
from kernen.measures.charts.verdict import ENOUGH, Verdict, is_signal
from kernen.measures.spc import Phase, Result, nhs

if TYPE_CHECKING:
    from kernen.measures.charts.run import RunChart


class Variation(StrEnum):
    WORSE = "worse"
    HIGHER = "higher"
    LOWER = "lower"
    RESTLESS = "restless"
    BETTER = "better"
    COMMON = "common"
    UNSURE = "unsure"
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
    Variation.WORSE: pgettext_lazy("what a run chart shows", "Worse"),
    Variation.HIGHER: pgettext_lazy("what a run chart shows", "Higher than before"),
    Variation.LOWER: pgettext_lazy("what a run chart shows", "Lower than before"),
    Variation.RESTLESS: pgettext_lazy("what a run chart shows", "More than chance"),
    Variation.BETTER: pgettext_lazy("what a run chart shows", "Improvement"),
    Variation.COMMON: pgettext_lazy("what a run chart shows", "No sign of change"),
    Variation.UNSURE: pgettext_lazy("what a run chart shows", "May be chance"),
    Variation.FEW: pgettext_lazy("what a run chart shows", "Too few data points"),
    Variation.EMPTY: pgettext_lazy("what a run chart shows", "No figures"),
}
#: Of a last phase without a signal.
OF_VERDICT: dict[Verdict, Variation] = {
    Verdict.EMPTY: Variation.EMPTY,
    Verdict.FEW: Variation.FEW,
    Verdict.FEW_BEFORE: Variation.FEW,
    Verdict.FEW_AFTER: Variation.FEW,
    Verdict.UNSURE: Variation.UNSURE,
    Verdict.FLAT: Variation.COMMON,
    Verdict.STEADY: Variation.COMMON,
    Verdict.UNMOVED: Variation.COMMON,
}
ASSURANCE_NAMES: dict[Assurance, Promise] = {
    Assurance.MISSED: pgettext_lazy("a goal", "Will be missed"),
    Assurance.EITHER: pgettext_lazy("a goal", "Met at times"),
    Assurance.MET: pgettext_lazy("a goal", "Will be met"),
    Assurance.MOVING: pgettext_lazy("a goal", "Cannot be foretold yet"),
    Assurance.FEW: VARIATION_NAMES[Variation.FEW],
}

GOAL_OF_NHS = {
    nhs.Assurance.PASS: Assurance.MET,
    nhs.Assurance.FAIL: Assurance.MISSED,
    nhs.Assurance.NEITHER: Assurance.EITHER,
    None: Assurance.NONE,
}


def variation(facts: Facts) -> Variation:
    """What the figures show, in one word, as the heading says it in a sentence."""
    judgement, better = facts.judgement, BETTER[facts.direction]
    if judgement.verdict is Verdict.MOVED:
        return _way(judgement.moved, better)
    if judgement.restless:
        return _way(judgement.latest_side, better)
    return OF_VERDICT[judgement.verdict]


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


def _limits(control: Result | None) -> tuple[float, float] | None:
    """The limits at the latest point; one that the chart does not have is beyond everything."""
    if control is None or control.chart == "mr":
        return None
    at = max(position for position, value in enumerate(control.y) if value is not None)
    low, high = control.lcl[at], control.ucl[at]
    if low is None and high is None:
        return None
    return (-inf if low is None else low, inf if high is None else high)
