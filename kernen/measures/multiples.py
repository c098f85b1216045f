"""One measure at all its places: each with its own median, and all of them together."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kernen.lib.alphabet import alphabetical

from .adding import added_up, can_be_added
from .charts import RunChart, run_chart
from .charts.control import Choice
from .charts.verdict import Verdict
from .models import Measure
from .pictures import Charted

#: What somebody should look at, before what only varies by chance.
UNQUIET = (Verdict.RESTLESS, Verdict.APART)


@dataclass(frozen=True)
class Small:
    """A place in the row of small pictures."""

    charted: Charted
    picture: SafeString


def multiples(charts: Sequence[Charted], *, same_scale: bool) -> list[Small]:
    """The places that have figures, what needs attention first and then by name: no league table.

    With the same scale every picture has room for the figures of all."""
    known = [one for one in charts if one.chart.result]
    also = tuple(value for one in known for value in one.chart.extremes) if same_scale else ()
    ranked = sorted(known, key=lambda one: (_rank(one.chart), alphabetical(str(one.series))))
    return [Small(one, one.chart.on_scale(also)) for one in ranked]


def _rank(chart: RunChart) -> int:
    """0 for what has become worse, 1 for what varies by more than chance, 2 for the rest."""
    facts, better = chart.facts, {"up": 1, "down": -1}.get(chart.facts.direction, 0)
    judgement = facts.judgement
    if better and chart.verdict is Verdict.MOVED and judgement.moved == -better:
        return 0
    if better and judgement.latest_side == -better and chart.verdict in UNQUIET:
        return 0
    return 1 if chart.verdict in UNQUIET else 2


def together(measure: Measure, charts: Sequence[Charted]) -> RunChart | None:
    """The figures of all places added up, period by period, or all their events in one row; None
    for what cannot be added, and for fewer than two places."""
    known = [one for one in charts if one.chart.result]
    points = [point for one in known for point in one.series.points.all()]
    if len(known) < 2 or not can_be_added(measure, points):
        return None
    broken = [(one.since, one.reason) for one in measure.takeovers.filter(breaks=True)]
    return run_chart(
        name=_("%(measure)s, all places together") % {"measure": measure.name},
        points=added_up(measure, points),
        frequency=measure.frequency,
        unit=measure.unit_said,
        multiply=measure.per,
        kind=measure.figures,
        direction=measure.direction,
        goal=measure.goal,
        splits=broken,
        choice=Choice(
            chart=measure.chart,
            rules=measure.rules,
            screened=measure.screened,
            apart=tuple(since for since, _reason in broken),
        ),
        uid=f"measure-{measure.pk}",
    )
