"""From plain figures to the chart of a series: analysed, judged, and ready to be shown."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from kernen.measures.charts import control
from kernen.measures.charts.control import Choice
from kernen.measures.charts.figures import Point, as_numbers
from kernen.measures.charts.numbers import Numbers
from kernen.measures.charts.places import kept_splits, places
from kernen.measures.charts.run import RunChart
from kernen.measures.charts.sentences import Facts
from kernen.measures.charts.verdict import Judgement, Verdict, judge
from kernen.measures.charts.window import window
from kernen.measures.charts.with_limits import with_limits
from kernen.measures.spc import Result, analyse


def run_chart(
    *,
    name: str,
    points: Iterable[Point],
    frequency: str,
    unit: str = "",
    direction: str = "",
    goal: Decimal | float | None = None,
    splits: Iterable[tuple[date, str]] = (),
    notes: Iterable[tuple[date, str]] = (),
    multiply: float | None = None,
    choice: Choice = Choice(),  # noqa: B008 (it cannot be changed)
    uid: str = "chart",
    kind: str = "",
) -> RunChart:
    """Analyse a series and say what it shows.

    `points` have a `period`, any day of it, and a value or a numerator and a denominator. `splits`
    are (first period of a new phase, reason), `notes` (day, text). `direction` is "up", "down" or
    "". `multiply` brings ratios to the unit: 100 for "%", 1000 for "‰", else 1, unless given.
    `choice` says how it is drawn and judged, `uid` tells ids from those of another chart on the
    page. `kind` is one of `control.CHARTS_OF`, or seen from the figures. Every period from first to
    last is a place on the time axis; of rare events, whose points are days, every event.
    """
    starts, figures, kind = places(points, frequency, kind)
    factor = multiply or {"%": 100, "‰": 1000}.get(unit, 1)
    reckoned = as_numbers(figures, factor)
    values = [figure["value"] for figure in reckoned]
    kept = kept_splits(splits, starts, values, frequency)
    numbers = Numbers.fitting([value for value in values if value is not None], unit)
    where = choice.where(starts, values, [at for at, _reason in kept], frequency)
    apart = choice.apart_from([starts[at] for at, _reason in kept], frequency)
    result, judgement = _judged(values, choice, where, numbers, apart=bool(apart))
    drawn, paired = control.control_charts(reckoned, choice, where, factor, kind)
    judgement, phases = with_limits(judgement, result, drawn), result.phases if result else ()
    target = None if goal is None else float(goal)
    return RunChart(
        name=name,
        result=result,
        control=drawn,
        paired=paired,
        starts=starts,
        frequency=frequency,
        numbers=numbers,
        facts=Facts(name, direction, target, phases, judgement, numbers, apart),
        figures=figures,
        splits=kept,
        notes=tuple(sorted(notes)),
        uid=uid,
        factor=factor,
        kind=kind,
        window=window(starts, None, None),
    )


def _judged(
    values: Sequence[float | None],
    choice: Choice,
    where: control.Where,
    numbers: Numbers,
    *,
    apart: bool,
) -> tuple[Result | None, Judgement]:
    """The run chart, and what it can be said to show."""
    if all(value is None for value in values):
        return None, Judgement(Verdict.EMPTY)
    result = analyse(values, rules=choice.rules_of_runs, **where)
    medians = [phase.centre or 0 for phase in result.phases[-2:]]
    judgement = judge(result, shown_equal=numbers.same(medians[0], medians[-1]), apart=apart)
    return result, judgement
