"""Why the page says what it says: the conclusion in plain words, the rule with its figures, and
what a team can use it for. Every sentence is whole, so that it can be translated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kernen.lib.periods import span_label
from kernen.measures.charts.control import line, named
from kernen.measures.charts.sentences import BETTER, Facts, Finding
from kernen.measures.charts.signs import Variation
from kernen.measures.charts.verdict import Verdict, enough, is_signal, long_runs, outside

if TYPE_CHECKING:
    from kernen.measures.charts.run import RunChart

# By which way the median has moved.
MOVED: dict[int, Promise] = {
    1: gettext_lazy("The level has risen from %(before)s to %(after)s: that is more than chance."),
    -1: gettext_lazy(
        "The level has fallen from %(before)s to %(after)s: that is more than chance."
    ),
}
CONCLUSIONS: dict[Verdict, Promise] = {
    Verdict.STEADY: gettext_lazy("The figures vary by no more than chance."),
    Verdict.RESTLESS: gettext_lazy("The figures vary by more than chance."),
    Verdict.UNMOVED: gettext_lazy("The level is the same before and after."),
    Verdict.UNSURE: gettext_lazy(
        "The level is %(before)s before and %(after)s after: the difference may be chance."
    ),
    Verdict.APART: gettext_lazy(
        "The level is %(before)s before and %(after)s after, but the figures since the split vary "
        "so much that no new level can be told yet."
    ),
    Verdict.FEW_BEFORE: gettext_lazy(
        "The level is %(before)s before and %(after)s after, but there are too few figures before "
        "to compare with."
    ),
    Verdict.FEW_AFTER: gettext_lazy(
        "The level is %(before)s before and %(after)s after, but there are too few figures after "
        "to judge yet."
    ),
}
MEANINGS: dict[Variation, Promise] = {
    Variation.BETTER: gettext_lazy(
        "Why it matters: something is working. Find out what, and hold on to it."
    ),
    Variation.WORSE: gettext_lazy(
        "Why it matters: something has changed for the worse. Find out what happened when it "
        "began, before you try something new."
    ),
    Variation.RESTLESS: gettext_lazy(
        "Why it matters: something other than chance is at work. Find out what happened when it "
        "showed."
    ),
    Variation.COMMON: gettext_lazy(
        "Why it matters: a single high or low figure needs no explanation of its own. To move the "
        "level, the way of working must change."
    ),
    Variation.UNSURE: gettext_lazy(
        "Why it matters: more figures will tell. Wait with calling it an effect."
    ),
    Variation.FEW: gettext_lazy(
        "Why it matters: with so few figures, chance looks like change. Go on measuring."
    ),
}


def grounds(facts: Facts) -> tuple[Finding, ...]:
    """The conclusion; and where the last two phases are compared, the test it stands on."""
    judgement, numbers = facts.judgement, facts.numbers
    if facts.apart:
        return ()
    words: dict[str, object] = {}
    if len(facts.phases) > 1:
        before, after = (phase.centre or 0 for phase in facts.phases[-2:])
        words = {"before": numbers.number(before), "after": numbers.quantity(after)}
    if judgement.verdict is Verdict.MOVED:
        good = judgement.moved == BETTER[facts.direction]
        return (Finding(str(MOVED[judgement.moved]) % words, True, good), *_compared(facts))
    conclusion = CONCLUSIONS.get(judgement.verdict)
    if conclusion is None:
        return ()
    alarm = judgement.verdict is Verdict.RESTLESS
    good = bool(judgement.latest_side) and judgement.latest_side == BETTER[facts.direction]
    return (Finding(str(conclusion) % words, alarm, alarm and good), *_compared(facts))


def _compared(facts: Facts) -> tuple[Finding, ...]:
    """Both phases by the rules on the earlier median."""
    judgement = facts.judgement
    both = judgement.against_before
    if both is None or not enough(both):
        return ()
    if judgement.verdict in (Verdict.FEW_BEFORE, Verdict.UNMOVED):
        return ()
    text = _(
        "Measured against the median before, %(before)s, the longest run of points on one side is "
        "%(longest)s (chance explains up to %(most)s), and the line is crossed %(crossings)s times "
        "(chance explains down to %(fewest)s)."
    )
    words = {
        "before": facts.numbers.quantity(facts.phases[-2].centre or 0),
        "longest": both.longest_run,
        "most": both.longest_run_max,
        "crossings": both.n_crossings,
        "fewest": both.n_crossings_min,
    }
    said = [Finding(text % words)]
    if is_signal(both) and judgement.verdict is not Verdict.MOVED:
        no = _("But taken one by one, the two phases do not both stand out from each other's line.")
        said.append(Finding(no))
    return tuple(said)


def meaning(variation: Variation) -> str:
    """What a team can use it for."""
    also = {Variation.HIGHER: Variation.RESTLESS, Variation.LOWER: Variation.RESTLESS}
    return str(MEANINGS.get(also.get(variation, variation), ""))


def where(chart: RunChart) -> str:
    """The periods of the signal in the last phase, in words; empty of crossings alone."""
    if not chart.drawn or not chart.result:
        return ""
    last = chart.drawn.phases[-1]
    at, runs = outside(chart.drawn, last), long_runs(chart.drawn, last)
    if not at and not runs:
        runs = long_runs(chart.result, chart.result.phases[-1])
    spans = [span_label(chart.starts[r[0]], chart.starts[r[-1]], chart.frequency) for r in runs]
    return named(range(len(at) + len(spans)), [*(chart.when[p] for p in at), *spans])


def other_line(chart: RunChart) -> str:
    """Where the picture has another line than the heading."""
    control = chart.control
    if not control or control.chart in ("s", "mr") or not chart.median:
        return ""
    words = {"line": line(control), "median": chart.median}
    words["centre"] = chart.numbers.quantity(control.phases[-1].centre or 0)
    return (
        _("The heading goes by the median, %(median)s; the picture shows %(line)s, %(centre)s.")
        % words
    )
