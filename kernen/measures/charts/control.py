"""Control charts: which of them suit the figures, how one is chosen, and what it finds.

What the heading says of a series is always judged on its run chart; a control chart adds limits
and points outside them. False-signal rates: 200,000 series of 24 independent normal values.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Literal, TypedDict

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from kernen.lib.periods import label, normalise
from kernen.measures.charts.figures import Numeric
from kernen.measures.charts.numbers import Numbers
from kernen.measures.charts.parts import When
from kernen.measures.charts.sentences import BETTER, Facts, Finding, findings
from kernen.measures.charts.verdict import ENOUGH, counted, long_runs, outside
from kernen.measures.spc import Phase, Result, analyse
from kernen.measures.spc.nhs import Assurance, Cause, Variation

Part = Literal["value", "numerator", "denominator", "size", "spread"]

CHART_NAMES: dict[str, Promise] = {
    "run": gettext_lazy("Run chart"),
    "p": gettext_lazy("P chart"),
    "pp": gettext_lazy("P′ chart"),
    "i": gettext_lazy("I chart"),
    "ip": gettext_lazy("I′ chart"),
    "u": gettext_lazy("U chart"),
    "up": gettext_lazy("U′ chart"),
    "xbar": gettext_lazy("X̄ chart"),
    "s": gettext_lazy("S chart"),
    "mr": gettext_lazy("MR chart"),
    "c": gettext_lazy("C chart"),
    "g": gettext_lazy("G chart"),
    "t": gettext_lazy("T chart"),
}
CHARTS_SAID: dict[str, Promise] = {
    "run": gettext_lazy("The figures around their median. Always fits, from the first figures on."),
    "p": gettext_lazy("Shares, with limits that follow the size of the denominator."),
    "pp": gettext_lazy("Shares out of thousands, where the limits of a P chart are too narrow."),
    "i": gettext_lazy("Single values, with limits from how much neighbours differ."),
    "ip": gettext_lazy("Single values that weigh by the size of their denominator."),
    "u": gettext_lazy("Events over an exposure, with limits that follow how large it is."),
    "up": gettext_lazy("Rates with so many events that the limits of a U chart are too narrow."),
    "xbar": gettext_lazy("Means of several observations a period; read beside an S chart."),
    "s": gettext_lazy("How much the observations of one period differ among themselves."),
    "mr": gettext_lazy("How much neighbouring values differ; read beside an I chart."),
    "c": gettext_lazy("Number of events, where as many could be struck every period."),
    "g": gettext_lazy("Number of cases, or days, between rare events."),
    "t": gettext_lazy("Time between rare events."),
}
#: By kind of figures (`Measure.Figures`) the charts that are meant for them.
CHARTS_OF: dict[str, tuple[str, ...]] = {
    "counts": ("run", "p", "pp", "i", "ip", "mr"),
    "rates": ("run", "u", "up", "i", "ip", "mr"),
    "values": ("run", "i", "mr", "c", "g", "t"),
    "samples": ("run", "xbar", "s", "i", "mr"),
    "events": ("run", "t", "g"),
}
#: What a chart is reckoned from, where that is not a value: what is counted, and out of how much.
MADE_OF: dict[str, tuple[Part, Part | None]] = {
    **dict.fromkeys(("p", "pp", "u", "up", "ip"), ("numerator", "denominator")),
    "xbar": ("value", "size"),
    "s": ("spread", "size"),
}
#: Charts that are read beside another.
PAIRED = {"xbar": "s"}
RULE_NAMES: dict[str, Promise] = {
    "anhoej": gettext_lazy("Anhøj's rules"),
    "bestbox": gettext_lazy("Best box"),
    "cutbox": gettext_lazy("Cut box"),
    "nhs": gettext_lazy("The rules of the NHS"),
}
RULES_SAID: dict[str, Promise] = {
    "anhoej": gettext_lazy("Too long a run on one side of the line, or too few crossings of it."),
    "bestbox": gettext_lazy("The same two, with limits chosen together for each number of points."),
    "cutbox": gettext_lazy("As best box, and the two together may be too much before either is."),
    "nhs": gettext_lazy(
        "Outside the limits, a trend of seven, two of three close to a limit, or seven on one "
        "side. For I charts only, with limits of its own."
    ),
}
#: Series of 24 points in a hundred that only vary by chance and give a signal all the same; the
#: first three on a fixed line, with the series' own median 2 or 3.
FALSE_SIGNALS = {"anhoej": 7, "bestbox": 7, "cutbox": 7, "nhs": 19}
LINES: dict[str, Promise] = {
    "run": pgettext_lazy("line of a chart", "the median"),
    "g": pgettext_lazy("line of a chart", "the median"),
    "t": pgettext_lazy("line of a chart", "the centre line"),
}
MEAN = pgettext_lazy("line of a chart", "the mean")

#: Figures from which limits are worth drawing (Provost & Murray 2011). Rare events take years to
#: be so many: there trial limits are drawn earlier.
ENOUGH_FOR_LIMITS, ENOUGH_RARE = 20, 12
#: Denominators from which the limits of a P chart are too narrow (Laney 2002 speaks of thousands).
MANY = 1000
#: Events a period from which those of a U chart are: chance is then the least of what varies.
MANY_EVENTS = 50
#: Points named in a finding.
NAMED = 5

VARIATIONS: dict[Variation, Promise] = {
    Variation.COMMON: gettext_lazy("The latest point: common cause variation."),
    Variation.IMPROVEMENT: gettext_lazy("The latest point: special cause, an improvement."),
    Variation.CONCERN: gettext_lazy("The latest point: special cause, of concern."),
    Variation.HIGH: gettext_lazy("The latest point: special cause, higher than usual."),
    Variation.LOW: gettext_lazy("The latest point: special cause, lower than usual."),
}
ASSURANCES: dict[Assurance, Promise] = {
    Assurance.PASS: gettext_lazy("The goal: can be counted on to be met."),
    Assurance.FAIL: gettext_lazy("The goal: will not be met unless something is changed."),
    Assurance.NEITHER: gettext_lazy("The goal: will be met at times and missed at times."),
}
CAUSES: dict[Cause, Promise] = {
    Cause.TREND: gettext_lazy("A trend, seven points or more each further the same way: %(when)s."),
    Cause.TWO_OF_THREE: gettext_lazy("Two of three points are close to the same limit: %(when)s."),
    Cause.SEVEN: gettext_lazy("Seven points or more in a row on one side of the mean: %(when)s."),
}


class Where(TypedDict):
    """Positions, from 1, as the analysis wants them."""

    part: list[int]
    exclude: list[int]
    freeze: list[int]


@dataclass(frozen=True, slots=True)
class Choice:
    """How a series is drawn: chart, rules, whether moving ranges are screened; the last periods of
    frozen baselines, the periods left out of lines and runs, and those from which it is counted in
    another way, so that phases before and after are not compared."""

    chart: str = "run"
    rules: str = "anhoej"
    screened: bool = True
    frozen: tuple[date, ...] = ()
    left_out: tuple[date, ...] = ()
    apart: tuple[date, ...] = ()

    @property
    def rules_of_runs(self) -> str:
        """The NHS judges no runs: where its rules hold, the heading goes by Anhøj's."""
        return "anhoej" if self.rules == "nhs" else self.rules

    def apart_from(self, splits: Sequence[date], frequency: str) -> str:
        """The last of the splits in words, if from there it is counted in another way; else ""."""
        there = {normalise(period, frequency) for period in self.apart}
        return label(splits[-1], frequency) if splits and splits[-1] in there else ""

    def where(
        self,
        starts: Sequence[date],
        values: Sequence[float | None],
        part: Sequence[int],
        frequency: str,
    ) -> Where:
        """Positions for the analysis. A phase with nothing left to draw a line through counts all
        its points, and a baseline without any is none."""
        days = {normalise(day, frequency) for day in self.left_out}
        left_out = {at for at, start in enumerate(starts, start=1) if start in days}
        frozen = {bisect_right(starts, normalise(day, frequency)) for day in self.frozen}
        exclude, freeze = [], []
        for before, last in pairwise([0, *part, len(values)]):
            known = [p for p in range(before + 1, last + 1) if values[p - 1] is not None]
            kept = [p for p in known if p not in left_out] or known
            exclude += sorted({*known} - {*kept})
            freeze += [p for p in frozen if kept and kept[0] <= p < last]
        return {"part": list(part), "exclude": exclude, "freeze": sorted(freeze)}


def fitting(figures: Sequence[Numeric], kind: str) -> tuple[str, ...]:
    """The charts of this kind that can be drawn of these figures."""
    values = [figure["value"] for figure in figures if figure["value"] is not None]
    whole = all(value >= 0 and value == int(value) for value in values)
    above = bool(values) and min(values) > 0
    spread = any(figure["spread"] is not None for figure in figures)
    can = {"c": whole, "g": whole, "t": above, "xbar": spread, "s": spread}
    return tuple(chart for chart in CHARTS_OF[kind] if can.get(chart, True))


def proposed(figures: Sequence[Numeric], kind: str) -> tuple[str, str]:
    """The chart for these figures, and why."""
    known = [figure for figure in figures if figure["value"] is not None]
    enough = ENOUGH_RARE if kind == "events" else ENOUGH_FOR_LIMITS
    if len(known) < enough:
        why = _("limits drawn through fewer than %(few)s figures say little.")
        return "run", why % {"few": enough}
    fit = fitting(figures, kind)
    return PROPOSALS[kind](known, fit)


def _of_shares(known: Sequence[Numeric], fit: Sequence[str]) -> tuple[str, str]:
    if _middle(known, "denominator") >= MANY:
        return "pp", _("these are shares of so many that a P chart's limits would be too narrow.")
    return "p", _("the figures are shares, and its limits follow the size of the denominator.")


def _of_rates(known: Sequence[Numeric], fit: Sequence[str]) -> tuple[str, str]:
    if _middle(known, "numerator") >= MANY_EVENTS:
        return "up", _(
            "the exposure is so large, with so many events a period, that a U chart's limits would "
            "be too narrow."
        )
    return "u", _("events are counted over an exposure, and its limits follow how large that is.")


def _of_values(known: Sequence[Numeric], fit: Sequence[str]) -> tuple[str, str]:
    return "i", _("there is one value a period, and limits show what is usual.")


def _of_samples(known: Sequence[Numeric], fit: Sequence[str]) -> tuple[str, str]:
    if "xbar" in fit:
        return "xbar", _("several observations stand behind each mean; read it with the S chart.")
    return _of_values(known, fit)


def _of_events(known: Sequence[Numeric], fit: Sequence[str]) -> tuple[str, str]:
    if "t" in fit:
        return "t", _("the events are rare, and the time between them tells more than counting.")
    return "g", _("two fell on one day, and a T chart has no place for no time between events.")


PROPOSALS: dict[str, Callable[[Sequence[Numeric], Sequence[str]], tuple[str, str]]] = {
    "counts": _of_shares,
    "rates": _of_rates,
    "values": _of_values,
    "samples": _of_samples,
    "events": _of_events,
}


def _middle(known: Sequence[Numeric], part: Part) -> float:
    sizes = sorted(figure[part] or 0 for figure in known)
    return sizes[len(sizes) // 2]


def control_charts(
    figures: Sequence[Numeric], choice: Choice, where: Where, multiply: float, kind: str
) -> tuple[Result | None, Result | None]:
    """The control chart that is chosen, None for a run chart or where it cannot be drawn; and the
    one that is read beside it."""
    chart = choice.chart
    nothing = all(figure["value"] is None for figure in figures)
    if chart == "run" or nothing or chart not in fitting(figures, kind):
        return None, None
    paired = PAIRED.get(chart)
    return (
        _control_chart(figures, choice, where, multiply, chart),
        _control_chart(figures, choice, where, multiply, paired) if paired else None,
    )


def _control_chart(
    figures: Sequence[Numeric], choice: Choice, where: Where, multiply: float, chart: str
) -> Result | None:
    y, n = MADE_OF.get(chart, ("value", None))
    if n == "size":  # a period without observations would count as minus one in what is pooled
        missing = [at for at, size in enumerate(_column(figures, n), start=1) if not size]
        where = {**where, "exclude": [*where["exclude"], *missing]}
    result = analyse(
        _column(figures, y),
        _column(figures, n) if n else None,
        chart=chart,
        sd=_column(figures, "spread") if chart == "xbar" else None,
        multiply=multiply if n == "denominator" else 1,
        rules=choice.rules if chart == "i" else choice.rules_of_runs,
        screened_mr=choice.screened,
        y_neg=False,
        **where,
    )
    return result if any(value is not None for value in result.y) else None


def _column(figures: Sequence[Numeric], part: Part) -> list[float | None]:
    """That part of every figure, None where there is no figure."""
    return [figure[part] if figure["value"] is not None else None for figure in figures]


def line(result: Result) -> str:
    """What the chart calls its centre line, in the middle of a sentence."""
    return str(LINES.get(result.chart, MEAN))


def found(
    result: Result, phase: Phase, count: int, facts: Facts, when: When, *, only: bool
) -> tuple[Finding, ...]:
    """What the chart's rules say of one phase; `when` names every point."""
    if result.rules == "nhs" and not phase.flat:
        return _nhs(result, phase, facts, when)
    said: tuple[Finding, ...] = ()
    if result.chart != "mr":
        numbers, rules = facts.numbers, result.rules
        said = findings(phase, count, numbers, only=only, line=line(result), rules=rules)
        good = BETTER[facts.direction] and BETTER[facts.direction] == _way(result, phase)
        said = tuple(replace(one, good=bool(good and one.signal)) for one in said)
    if result.chart == "run" or phase.flat:
        return said
    return (*said, _outside(result, phase, facts, when))


def _way(result: Result, phase: Phase) -> int:
    """On which side of the line the latest run lies that is too long for chance; 0 for none."""
    runs = long_runs(result, phase)
    return result.side[runs[-1][0]] if runs else 0


def _outside(result: Result, phase: Phase, facts: Facts, when: When) -> Finding:
    at = [p for p in outside(result, phase) if result.outside[p]]
    if not at:
        return Finding(_("No point lies outside the limits."))
    text = ngettext(
        "%(count)s point lies outside the limits: %(when)s.",
        "%(count)s points lie outside the limits: %(when)s.",
        len(at),
    )
    better = 0 if result.chart == "mr" else BETTER[facts.direction]
    good = bool(better) and all(result.outside[p] == better for p in at)
    return Finding(text % {"count": len(at), "when": named(at, when)}, signal=True, good=good)


def _nhs(result: Result, phase: Phase, facts: Facts, when: When) -> tuple[Finding, ...]:
    at: dict[int, list[int]] = {}
    better = BETTER[facts.direction]
    for position in outside(result, phase):
        at.setdefault(abs(result.cause[position]), []).append(position)
    said = [_outside(result, phase, facts, when)]
    for cause, words in CAUSES.items():
        if cause in at:
            good = bool(better) and all(result.cause[p] * better > 0 for p in at[cause])
            said.append(Finding(str(words) % {"when": named(at[cause], when)}, True, good))
    if phase.last == len(result.y):
        variation = result.variation(better)
        good = variation is Variation.IMPROVEMENT
        said.append(Finding(str(VARIATIONS[variation]), variation is not Variation.COMMON, good))
        assurance = result.assurance(facts.goal, better)
        if assurance and counted(result, phase) >= ENOUGH:
            said.append(Finding(str(ASSURANCES[assurance])))
    return tuple(said)


def named(at: Sequence[int], when: When | Sequence[str]) -> str:
    more = [_("and %(count)s more") % {"count": len(at) - NAMED}] if len(at) > NAMED else []
    return ", ".join([*(when[position] for position in at[:NAMED]), *more])


def basis(result: Result) -> str:
    """Which chart and which rules stand there, as the page and every picture say it."""
    said = [str(CHART_NAMES[result.chart]), str(RULE_NAMES[result.rules])]
    if result.screened is not None:
        said.append(
            _("moving ranges far above the others are left out of the limits")
            if result.screened
            else _("all moving ranges count in the limits")
        )
    return "; ".join(said) + "."


def limits_of(result: Result, phase: Phase, numbers: Numbers) -> str:
    """The limits at the last point of the phase: "88,1–99 %"; empty where there are none."""
    low, high = result.lcl[phase.last - 1], result.ucl[phase.last - 1]
    return "" if low is None or high is None else f"{numbers.number(low)}–{numbers.quantity(high)}"
