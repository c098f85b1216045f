"""A series from the database as its run chart."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from .charts import RunChart, run_chart
from .charts.control import CHART_NAMES, Choice
from .charts.figures import Point
from .charts.signs import ASSURANCE_NAMES, VARIATION_NAMES, assurance
from .charts.spark import latest, spark
from .charts.usual import ENOUGH
from .charts.verdict import Verdict
from .charts.window import days
from .models import Measure, Series


@dataclass(frozen=True)
class Charted:
    """A series beside its chart; `otherwise` where the measure is drawn as another one."""

    series: Series
    chart: RunChart
    otherwise: bool = False

    @property
    def spark(self) -> SafeString:
        """As small as a line of text."""
        values, since = latest(self.chart)
        return spark(values, self.chart.facts.median, since)

    @property
    def signs(self) -> list[tuple[str, str, Promise, Promise]]:
        """What a list of series says of it: the kind of sign, which, its word, what it is of."""
        varies, met = self.chart.variation, assurance(self.chart)
        found: list[tuple[str, str, Promise, Promise]] = [
            ("variation", str(varies), VARIATION_NAMES[varies], gettext_lazy("Variation"))
        ]
        if met:
            found.append(("goal", str(met), ASSURANCE_NAMES[met], gettext_lazy("Goal")))
        return found


def chart_of(series: Series, chart: str = "", tried: Sequence[Point] = ()) -> Charted:
    """The chart of a series whose points, splits, freezes and annotations are at hand, drawn as its
    measure says unless another `chart` is named; `tried` are figures that stand in it as if they
    had come, or have only just come: they count in no line, unless nothing was shown before."""
    measure = series.measure
    left_out = [point.period for point in series.points.all() if point.left_out]
    points: list[Point] = list(series.points.all())
    if tried:
        periods = {point.period for point in tried}
        others = [point for point in series.points.all() if point.period not in periods]
        shown = sum(point.shown is not None for point in others)
        left_out += periods if shown >= ENOUGH else []
        points = [*others, *tried]
    drawn = run_chart(
        name=measure.name,
        points=points,
        frequency=measure.frequency,
        unit=measure.unit_said,
        multiply=measure.per if measure.rate else None,
        kind=measure.figures,
        direction=measure.direction,
        goal=measure.goal,
        splits=[(split.period, split.reason) for split in series.splits.all()],
        notes=[(note.on, note.words) for note in series.annotations.all()],
        choice=Choice(
            chart=chart or measure.chart,
            rules=measure.rules,
            screened=measure.screened,
            frozen=tuple(freeze.period for freeze in series.freezes.all()),
            left_out=tuple(left_out),
            apart=tuple(split.period for split in series.splits.all() if not split.comparable),
        ),
        uid=f"series-{series.pk}",
    )
    return Charted(series, drawn)


def looked_at(series: Series, query: Mapping[str, str]) -> Charted:
    """The chart as an address asks for it: another one by `chart`, a span of time by `from` and
    `to`."""
    asked = query.get("chart", "")
    asked = asked if asked in CHART_NAMES else ""
    chart = chart_of(series, asked).chart
    otherwise = bool(asked and chart.drawn and chart.drawn.chart != series.measure.chart)
    return Charted(series, chart.within(*days(query)), otherwise)


#: Those verdicts first that tell most.
TELLING = (
    Verdict.MOVED,
    Verdict.APART,
    Verdict.RESTLESS,
    Verdict.UNMOVED,
    Verdict.UNSURE,
    Verdict.STEADY,
)


def most_telling(charts: Iterable[Charted]) -> list[Charted]:
    """Those with figures, the most telling first: one of each measure before a second of any,
    what is sure before what may be chance, outcomes before processes, many figures before few."""
    kinds = Measure.Kind.values

    def rank(one: Charted) -> tuple[int, int, int]:
        verdict = one.chart.verdict
        told = TELLING.index(verdict) if verdict in TELLING else len(TELLING)
        return told, kinds.index(one.series.measure.kind), -len(one.chart.figures)

    seen: dict[int, int] = {}
    ranked = []
    for one in sorted((one for one in charts if one.chart.result), key=rank):
        turn = seen[one.series.measure_id] = seen.get(one.series.measure_id, 0) + 1
        ranked.append((turn, one))
    return [one for _turn, one in sorted(ranked, key=lambda pair: pair[0])]
