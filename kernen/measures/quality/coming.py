"""When each of the latest figures of a series came, by whom and which way; kept with its standing.

Pure but for the series and its loads, which are at hand."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone

from kernen.lib.periods import following

from ..charts.run import RunChart
from ..charts.usual import Usual
from ..owed import LOOKED_AT, holes

#: So many figures are kept: those of which a page tells, and some that came before they were due.
KEPT = 18


def coming(series: Any, loads: Iterable[Any], chart: RunChart) -> dict[str, Any]:
    """`since` the day of the first load of those that stand, and `kept` the oldest period that it
    brought: what is older and came later is history; `last` the last period that is there,
    and `holes` those before it that are not; and the latest figures that `came`, the oldest first:
    the period, how many days after it had ended, the way, by whom, how often it was changed since,
    whether it lies far from the usual, and whether that was confirmed."""
    measure, points = series.measure, {point.period for point in series.points.all()}
    came: dict[str, list[Any]] = {}
    since = kept_from = None
    for load in sorted(loads, key=lambda load: (load.at, load.pk)):
        day = timezone.localdate(load.at)
        since = since or day
        kept_from = kept_from or min((kept["period"] for kept in load.taken), default=None)
        before = {kept["period"] for kept in load.replaced if len(kept.keys() - {"note"}) > 1}
        for kept in load.taken:
            if kept["period"] in before and kept["period"] in came:
                came[kept["period"]][4] += 1
                came[kept["period"]][6] |= load.confirmed
            else:
                ended = following(date.fromisoformat(kept["period"]), measure.frequency)
                told = [(day - ended).days, load.way, load.by_id, 0, False, load.confirmed]
                came[kept["period"]] = [kept["period"], *told]
    there = sorted(period for period in came if date.fromisoformat(period) in points)[-KEPT:]
    if chart.result and not measure.events:
        usual = Usual(chart)
        places = {start.isoformat(): at for at, start in enumerate(chart.starts)}
        for period in there:
            came[period][5] = bool(usual.far(places[period]))
    last = max(points, default=None)
    begun = kept_from and date.fromisoformat(kept_from)
    return {
        "since": since and since.isoformat(),
        "kept": kept_from,
        "last": last and last.isoformat(),
        "holes": []
        if measure.events or last is None
        else [
            hole.isoformat() for hole in holes(points, measure.frequency, last - LOOKED_AT, begun)
        ],
        "came": [came[period] for period in there],
    }
