"""When a new phase looks justified: a shift is found, and something is known to have happened."""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date

from kernen.lib.periods import label, normalise

from ..charts.run import RunChart
from ..charts.verdict import ENOUGH, Verdict, long_runs

#: So many periods at most between the note and where the run of points begins or is over.
NEAR = 3


@dataclass(frozen=True)
class Suggestion:
    """Where a phase could begin, and the note that makes it likely. A person decides."""

    period: date
    when: str
    words: str


def suggestion(chart: RunChart) -> Suggestion | None:
    """The note nearest to where a long run of the last phase begins or has ended, if one is near,
    and if there are figures enough before it to compare with."""
    result = chart.result
    if not result or chart.verdict not in (Verdict.RESTLESS, Verdict.APART):
        return None
    last = result.phases[-1]
    runs = long_runs(result, last)
    if not runs:
        return None
    near = []
    for on, words in chart.drawn_notes():
        position = bisect_left(chart.starts, normalise(on, chart.frequency))
        before = [value for value in result.y[last.first - 1 : position] if value is not None]
        away = min(abs(position - at) for run in runs for at in (run[0], run[-1] + 1))
        if away <= NEAR and len(before) >= ENOUGH and result.y[position] is not None:
            near.append((away, position, words))
    if not near:
        return None
    _away, position, words = min(near)
    start = chart.starts[position]
    return Suggestion(start, label(start, chart.frequency), words)
