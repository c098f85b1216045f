"""What a control chart adds to the judgement of the run chart."""

from dataclasses import replace

from kernen.measures.charts.control import line
from kernen.measures.charts.verdict import (
    Judgement,
    Verdict,
    enough,
    is_signal,
    latest_run,
    outside,
)
from kernen.measures.spc import Result

#: What a verdict becomes where only the control chart finds a signal in the last phase.
LOUDER = {Verdict.STEADY: Verdict.RESTLESS, Verdict.UNSURE: Verdict.APART}


def with_limits(judgement: Judgement, result: Result | None, control: Result | None) -> Judgement:
    """The judgement of the run chart with what its control chart adds: that the figures vary by
    more than chance where the run chart is quiet, and which way the latest ones point."""
    if control is None or result is None or not enough(result.phases[-1]):
        return judgement
    last = control.phases[-1]
    if not (outside(control, last) or is_signal(last)):
        return judgement
    verdict = LOUDER.get(judgement.verdict, judgement.verdict)
    judgement = replace(judgement, verdict=verdict, restless=True)
    if judgement.latest_side or control.chart == "mr":  # ranges know no way
        return judgement
    side, count = latest_run(control)
    if side:
        named = (line(control), last.centre or 0)
        return replace(judgement, latest_side=side, latest_count=count, latest="run", line=named)
    at = max(at for at, value in enumerate(control.y) if value is not None)
    if at not in outside(control, last):
        return judgement
    way = control.outside[at]
    if way:
        return replace(judgement, latest_side=way, latest="outside")
    return replace(judgement, latest_side=1 if control.cause[at] > 0 else -1, latest="cause")
