"""What a run chart can honestly be said to show.

A difference between the last two phases is claimed only where three tests agree by Anhøj's rules:
both phases together against the earlier median, the later phase alone against the earlier median,
and the earlier phase alone against the later median. The first alone would take unrest in the
earlier phase for an effect, and would cry wolf in one of eight where a short phase is followed by
a long one; the three together do so in one or two of a hundred. The earlier phase is the yardstick
and needs ten figures, and the latest points must not be on their way back.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

from kernen.measures.spc import Phase, Result, analyse, runs_of
from kernen.measures.spc.runs import RULES, limits

ENOUGH = 10  # useful points; below it the rules are computed but nobody should rely on them


class Verdict(StrEnum):
    EMPTY = "empty"
    FLAT = "flat"  # all figures equal
    FEW = "few"  # one phase, too few points to judge
    STEADY = "steady"  # one phase, no signal
    RESTLESS = "restless"  # one phase, a signal
    MOVED = "moved"  # the median has changed between the last two phases
    UNMOVED = "unmoved"  # two phases with the same median, as shown
    UNSURE = "unsure"  # the difference may be chance
    APART = "apart"  # medians differ, but the last phase itself is restless
    FEW_BEFORE = "few_before"  # the yardstick is too short
    FEW_AFTER = "few_after"  # no signal yet and few points since the split


@dataclass(frozen=True, slots=True)
class Judgement:
    """`moved` and `latest_side` are 1 for up, -1 for down, 0 for neither.

    `restless`: a rule of the chart that is drawn points at something in the last phase, today or
    earlier. `latest_side` is the way of the latest points where that signal holds today, and
    `latest` tells by what: they are a "run" of `latest_count` too long for chance on that side of
    the median (or of the `line` of a control chart), or the very latest one lies "outside" a limit,
    or has a "cause" by the NHS. `against_before` is the runs analysis of the last two phases on the
    earlier median.
    """

    verdict: Verdict
    restless: bool = False
    latest_side: int = 0
    latest_count: int = 0
    latest: Literal["", "run", "outside", "cause"] = ""
    line: tuple[str, float] | None = None
    moved: int = 0
    against_before: Phase | None = None


def enough(phase: Phase) -> bool:
    return phase.n_useful >= ENOUGH


def is_signal(phase: Phase) -> bool:
    """A signal that the page shows; too few points give none."""
    return enough(phase) and phase.runs_signal


def allowed(phase: Phase, rules: str) -> tuple[int, int]:
    """The fewest crossings and the longest run that the rules leave to chance."""
    fewest, longest, _fewest, _longest = limits(
        phase.n_useful, rules if rules in RULES else RULES[0]
    )
    return fewest, longest


def long_runs(result: Result, phase: Phase) -> list[list[int]]:
    """Positions (from 0) of the points of each run that is too long for chance."""
    if not is_signal(phase):
        return []
    _fewest, longest = allowed(phase, result.rules)
    runs = runs_of(result.side[phase.first - 1 : phase.last])
    return [[phase.first - 1 + position for position in run] for run in runs if len(run) > longest]


def judge(result: Result, shown_equal: bool, *, apart: bool = False) -> Judgement:
    """Judge a run chart whose every phase has a value; `shown_equal`: last medians read alike.

    The last phase is judged by itself if it is `apart`: counted in another way than the others."""
    last = result.phases[-1]
    side, count = latest_run(result)
    told: Literal["run", ""] = "run" if side else ""
    judgement = Judgement(Verdict.STEADY, is_signal(last), side, count, told)
    if len(result.phases) > 1 and not apart:
        return _compare(result, shown_equal, judgement)
    if last.n_useful == 0 and counted(result, last) > 1:
        return replace(judgement, verdict=Verdict.FLAT)
    if not enough(last):
        return replace(judgement, verdict=Verdict.FEW)
    return replace(judgement, verdict=Verdict.RESTLESS) if judgement.restless else judgement


def _compare(result: Result, shown_equal: bool, judgement: Judgement) -> Judgement:
    before, after = result.phases[-2:]
    window = result.y[before.first - 1 : after.last]
    both = analyse(
        window,
        freeze=before.last - before.first + 1,
        exclude=_left_out(result, before.first, after.last),
        rules=result.rules,
    ).phases[0]
    moved = 1 if (after.centre or 0) > (before.centre or 0) else -1
    if shown_equal:
        verdict = Verdict.UNMOVED
    elif counted(result, before) < ENOUGH:
        verdict = Verdict.FEW_BEFORE
    elif (
        is_signal(both)
        and _stands_out(result, after, before, moved)
        and _stands_out(result, before, after, -moved)
        and judgement.latest_side != -moved
    ):
        verdict = Verdict.MOVED
    elif not enough(after):
        verdict = Verdict.FEW_AFTER
    else:
        verdict = Verdict.APART if judgement.restless else Verdict.UNSURE
    return replace(judgement, verdict=verdict, moved=moved, against_before=both)


def _stands_out(result: Result, phase: Phase, other: Phase, way: int) -> bool:
    """Do the phase's points alone give a signal against the other's median, on that side of it?"""
    alone = analyse(
        result.y[phase.first - 1 : phase.last],
        cl=other.centre,
        exclude=_left_out(result, phase.first, phase.last),
        rules=result.rules,
    )
    longest = max(runs_of(alone.side), key=len, default=[])
    return alone.phases[0].runs_signal and bool(longest) and alone.side[longest[0]] == way


def latest_run(result: Result) -> tuple[int, int]:
    """Side and length of the latest run where it is too long for chance, else 0, 0."""
    last = result.phases[-1]
    runs = runs_of(result.side[last.first - 1 : last.last])
    if not is_signal(last) or len(runs[-1]) <= allowed(last, result.rules)[1]:
        return 0, 0
    return result.side[last.first - 1 + runs[-1][0]], len(runs[-1])


def counted(result: Result, phase: Phase) -> int:
    """How many figures of the phase count in its line."""
    there = range(phase.first - 1, phase.last)
    return sum(result.y[at] is not None and result.included[at] for at in there)


def outside(result: Result, phase: Phase) -> list[int]:
    """Positions (from 0) of the points that count and lie outside a limit or have a cause."""
    return [
        at
        for at in range(phase.first - 1, phase.last)
        if result.included[at] and (result.outside[at] or result.cause[at])
    ]


def _left_out(result: Result, first: int, last: int) -> list[int]:
    """Positions of what is left out, counted from `first`; both ends count from 1."""
    included = result.included[first - 1 : last]
    return [position for position, counts in enumerate(included, start=1) if not counts]
