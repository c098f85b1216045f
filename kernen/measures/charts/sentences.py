"""What a run chart shows, in words. Every sentence is whole, so that it can be translated."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from kernen.measures.charts.numbers import Numbers
from kernen.measures.charts.verdict import ENOUGH, Judgement, Verdict, allowed, enough
from kernen.measures.spc import Phase

BETTER = {"up": 1, "down": -1, "": 0}

# By which way the median has moved and whether that is better (1), worse (-1) or neither (0).
MOVED: dict[tuple[int, int], Promise] = {
    (1, 1): gettext_lazy("%(name)s: up from %(before)s to %(after)s, an improvement"),
    (1, -1): gettext_lazy("%(name)s: up from %(before)s to %(after)s, which is worse"),
    (1, 0): gettext_lazy("%(name)s: up from %(before)s to %(after)s"),
    (-1, 1): gettext_lazy("%(name)s: down from %(before)s to %(after)s, an improvement"),
    (-1, -1): gettext_lazy("%(name)s: down from %(before)s to %(after)s, which is worse"),
    (-1, 0): gettext_lazy("%(name)s: down from %(before)s to %(after)s"),
}

HEADINGS: dict[Verdict, Promise] = {
    Verdict.EMPTY: gettext_lazy("%(name)s: no figures yet"),
    Verdict.FLAT: gettext_lazy("%(name)s: no variation, all figures are %(median)s"),
    Verdict.FEW: gettext_lazy(
        "%(name)s: too few data points to judge yet, %(useful)s of at least %(needed)s; "
        "the median is %(median)s"
    ),
    Verdict.STEADY: gettext_lazy("%(name)s: no sign of change, the median is %(median)s"),
    Verdict.RESTLESS: gettext_lazy(
        "%(name)s: the figures vary by more than chance, the median is %(median)s"
    ),
    Verdict.UNMOVED: gettext_lazy("%(name)s: the median is still %(median)s"),
    Verdict.UNSURE: gettext_lazy(
        "%(name)s: the median is %(before)s before and %(after)s after, "
        "but the difference may be chance"
    ),
    Verdict.APART: gettext_lazy("%(name)s: the median is %(before)s before and %(after)s after"),
    Verdict.FEW_BEFORE: gettext_lazy(
        "%(name)s: the median is %(before)s before and %(after)s after, "
        "but there are too few data points before to compare with"
    ),
    Verdict.FEW_AFTER: gettext_lazy(
        "%(name)s: the median is %(before)s before and %(after)s after, "
        "but there are too few data points after to judge yet"
    ),
}

# What the latest points do, by what tells it and on which side; and whether that is better.
LATEST: dict[tuple[str, int], Promise] = {
    ("run", 1): gettext_lazy("the latest %(count)s points all lie above %(line)s of %(centre)s"),
    ("run", -1): gettext_lazy("the latest %(count)s points all lie below %(line)s of %(centre)s"),
    ("outside", 1): gettext_lazy("the latest point lies above the upper limit"),
    ("outside", -1): gettext_lazy("the latest point lies below the lower limit"),
    ("cause", 1): gettext_lazy("the latest figures are higher than chance explains"),
    ("cause", -1): gettext_lazy("the latest figures are lower than chance explains"),
}
TURNED: dict[int, Promise] = {
    1: gettext_lazy("%(name)s: %(latest)s, which is better"),
    -1: gettext_lazy("%(name)s: %(latest)s, which is worse"),
    0: gettext_lazy("%(name)s: %(latest)s"),
}
TURNED_SINCE: dict[int, Promise] = {
    1: gettext_lazy("Of late: %(latest)s, which is better."),
    -1: gettext_lazy("Of late: %(latest)s, which is worse."),
    0: gettext_lazy("Of late: %(latest)s."),
}
NO_GOAL_YET = {Verdict.EMPTY, Verdict.FEW, Verdict.FEW_AFTER}


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence of the analysis; `signal` where it says more than chance, and `good` where that
    speaks for an improvement."""

    text: str
    signal: bool = False
    good: bool = False

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Facts:
    """What the sentences are about; `phases` is empty where no figure is known. `apart` is the
    period from which the last phase is counted in another way than those before, or ""."""

    name: str
    direction: str
    goal: float | None
    phases: tuple[Phase, ...]
    judgement: Judgement
    numbers: Numbers
    apart: str = ""

    @property
    def median(self) -> float | None:
        return self.phases[-1].centre if self.phases else None


def heading(facts: Facts) -> str:
    """One line that says what the chart shows, without a full stop."""
    judgement, numbers = facts.judgement, facts.numbers
    words: dict[str, object] = {"name": facts.name, "needed": ENOUGH}
    if facts.phases:
        last = facts.phases[-1]
        words |= {"median": numbers.quantity(last.centre or 0), "useful": last.n_useful}
    if len(facts.phases) > 1:
        before, after = (phase.centre or 0 for phase in facts.phases[-2:])
        words |= {"before": numbers.number(before), "after": numbers.quantity(after)}
    if judgement.verdict is Verdict.MOVED:
        return str(MOVED[judgement.moved, judgement.moved * BETTER[facts.direction]]) % words
    if judgement.latest_side:
        words["latest"] = _latest_points(facts)
        return str(TURNED[judgement.latest_side * BETTER[facts.direction]]) % words
    return str(HEADINGS[judgement.verdict]) % words


def further(facts: Facts) -> list[str]:
    """Short sentences to follow the heading: what is not compared, what the latest points do,
    whether the goal is met."""
    return [sentence for sentence in (_apart(facts), _latest(facts), _goal(facts)) if sentence]


def _apart(facts: Facts) -> str:
    if not facts.apart:
        return ""
    words = _("From %(period)s it is counted in another way: what lies before is not compared.")
    return words % {"period": facts.apart}


def _latest_points(facts: Facts) -> str:
    judgement = facts.judgement
    line, centre = judgement.line or (pgettext("line of a chart", "the median"), facts.median or 0)
    words = {"count": judgement.latest_count, "line": line}
    words["centre"] = facts.numbers.quantity(centre)
    return str(LATEST[judgement.latest, judgement.latest_side]) % words


def _latest(facts: Facts) -> str:
    """What the heading does not say: the latest points, or else the medians."""
    judgement, numbers = facts.judgement, facts.numbers
    compared = len(facts.phases) > 1 and not facts.apart
    if judgement.verdict is Verdict.MOVED and judgement.latest_side:
        way = judgement.latest_side * BETTER[facts.direction]
        return str(TURNED_SINCE[way]) % {"latest": _latest_points(facts)}
    if judgement.latest_side and compared:
        before, after = (phase.centre or 0 for phase in facts.phases[-2:])
        words = {"before": numbers.number(before), "after": numbers.quantity(after)}
        return _("The median is %(before)s before the split and %(after)s after.") % words
    if judgement.latest_side and (judgement.latest != "run" or judgement.line):
        return _("The median is %(median)s.") % {"median": numbers.quantity(facts.median or 0)}
    if judgement.restless and compared:
        return _("The figures since the split vary by more than chance.")
    return ""


def _goal(facts: Facts) -> str:
    median, goal = facts.median, facts.goal
    better = BETTER[facts.direction]
    if goal is None or median is None or not better or facts.judgement.verdict in NO_GOAL_YET:
        return ""
    words = {"goal": facts.numbers.quantity(goal)}
    if facts.numbers.same(median, goal) or (median - goal) * better > 0:
        return _("The median meets the goal of %(goal)s.") % words
    return _("The median does not meet the goal of %(goal)s yet.") % words


def findings(
    phase: Phase, count: int, numbers: Numbers, *, line: str, rules: str, only: bool
) -> tuple[Finding, ...]:
    """What the rules say of one phase with `count` figures; `only`: it is the chart's only one,
    `line`: what its line is called."""
    if phase.n_useful == 0 and count > 1:
        same = {"count": count, "median": numbers.quantity(phase.centre or 0)}
        return (Finding(_("No variation: all %(count)s figures are %(median)s.") % same),)
    if enough(phase):
        both = (_run_finding(phase, line, rules), _crossings_finding(phase, line, rules))
        if phase.runs_signal and not any(finding.signal for finding in both):
            return (*both, Finding(_("But the two together are more than chance explains."), True))
        return both
    if only:
        text = _(
            "Too few data points to judge: off %(line)s lie %(useful)s of %(count)s, "
            "and at least %(needed)s are needed."
        )
    else:
        text = _(
            "Too few data points to judge this phase by itself: off %(line)s lie "
            "%(useful)s of %(count)s, and at least %(needed)s are needed."
        )
    words = {"useful": phase.n_useful, "needed": ENOUGH, "count": count, "line": line}
    return (Finding(text % words),)


def _run_finding(phase: Phase, line: str, rules: str) -> Finding:
    _fewest, most = allowed(phase, rules)
    signal = (phase.longest_run or 0) > most
    if signal:
        text = _(
            "Shift: %(longest)s points in a row lie on the same side of %(line)s; "
            "chance explains at most %(most)s."
        )
    else:
        text = _(
            "No shift: the longest run on one side of %(line)s is %(longest)s; "
            "chance explains up to %(most)s."
        )
    words = {"longest": phase.longest_run, "most": most, "line": line}
    return Finding(text % words, signal)


def _crossings_finding(phase: Phase, line: str, rules: str) -> Finding:
    fewest, _longest = allowed(phase, rules)
    signal = (phase.n_crossings or 0) < fewest
    if signal:
        text = ngettext(
            "Too few crossings: the line crosses %(line)s %(crossings)s time; "
            "chance explains no fewer than %(fewest)s.",
            "Too few crossings: the line crosses %(line)s %(crossings)s times; "
            "chance explains no fewer than %(fewest)s.",
            phase.n_crossings or 0,
        )
    else:
        text = ngettext(
            "Crossings enough: the line crosses %(line)s %(crossings)s time; "
            "chance explains down to %(fewest)s.",
            "Crossings enough: the line crosses %(line)s %(crossings)s times; "
            "chance explains down to %(fewest)s.",
            phase.n_crossings or 0,
        )
    words = {"crossings": phase.n_crossings, "fewest": fewest, "line": line}
    return Finding(text % words, signal)


def caption(*, mean: str, latest: str, median: str, span: str, frozen: bool) -> str:
    """The line under the chart: mean and latest figure, and the last median with the periods that
    it is the median of."""
    words = {"mean": mean, "latest": latest, "median": median, "span": span}
    if frozen:
        text = _(
            "Mean figure: %(mean)s; latest: %(latest)s; last median: %(median)s, frozen at "
            "%(span)s; where the line is dotted, no figure counts in it."
        )
        return text % words
    return (
        _("Mean figure: %(mean)s; latest: %(latest)s; last median: %(median)s (%(span)s).") % words
    )


def mark(phase: Phase, rules: str, *, run: bool) -> list[str]:
    """The words in the picture at a phase with a signal; of its longest `run` if that is seen."""
    words = []
    fewest, longest = allowed(phase, rules)
    if run and (phase.longest_run or 0) > longest:
        words.append(_("run too long: %(count)s points") % {"count": phase.longest_run})
    if (phase.n_crossings or 0) < fewest:
        words.append(_("too few crossings: %(count)s") % {"count": phase.n_crossings})
    return words
