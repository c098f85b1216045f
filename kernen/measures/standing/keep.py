"""Keeps how every series stands: with the act that changes it, and afterwards what is missing.

Every verb that changes what a standing follows from ends with `settle`; a test of the house reads
all verbs of this room, and names those that need not."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from kernen.initiatives.models import Initiative
from kernen.lib.periods import number_of
from kernen.parties.models import Organisation
from kernen.parties.upkeep.actions import RENAMED

from ..charts import spark
from ..charts.signs import assurance
from ..fetching import charted
from ..models import Load, Measure, Series
from ..pictures import chart_of
from ..quality.coming import coming
from .models import Standing

#: Counted up when the same figures would stand otherwise: the worker then settles all anew.
VERSION = 5
OF_LOADS = ("series_id", "at", "way", "by_id", "taken", "replaced", "confirmed")
KEPT = [field.name for field in Standing._meta.fields if field.name != "series"]


@transaction.atomic
def settle(*series: Series) -> None:
    """Write down how they stand now; their initiatives are locked, so that two who change the same
    series at once do not leave the older standing."""
    keys = [one.pk for one in series]
    initiatives = Series.objects.filter(pk__in=keys).values("measure__initiative")
    locked = Initiative.objects.select_for_update(of=("self",)).filter(pk__in=initiatives)
    list(locked.order_by("pk").values_list("pk"))
    standing = Load.objects.filter(series__in=keys, undoes=None, undone_by=None)
    loads: dict[int, list[Load]] = defaultdict(list)
    for load in standing.order_by().only(*OF_LOADS):
        loads[load.series_id].append(load)
    Standing.objects.bulk_create(
        [standing_of(one, loads[one.pk]) for one in charted(Series.objects.filter(pk__in=keys))],
        update_conflicts=True,
        unique_fields=["series"],
        update_fields=KEPT,
    )


def settle_measure(measure: Measure) -> None:
    """Write down how the measure stands at all its places."""
    settle(*Series.objects.filter(measure=measure))


def standing_of(series: Series, loads: Sequence[Load]) -> Standing:
    """How a series stands whose points, splits and freezes are at hand; of its `loads` those that
    are not undone, nor undo others."""
    measure = series.measure
    chart = chart_of(series).chart
    values = chart.result.y if chart.result else ()
    known = [
        (start, value)
        for start, value in zip(chart.starts, values, strict=False)
        if value is not None
    ]
    period, latest = known[-1] if known else (None, None)
    shown, since = spark.latest(chart)
    return Standing(
        series=series,
        initiative=measure.initiative,
        frequency=measure.frequency,
        name=measure.name,
        place=str(series),
        latest=latest,
        latest_period=period,
        median=chart.facts.median,
        decimals=chart.numbers.decimals,
        # Of rare events no period is due, and between two there is none that is empty.
        gaps=0 if measure.events else len(chart.starts) - len(known),
        came=number_of(chart.starts[-1], measure.frequency)
        if chart.starts and not measure.events
        else None,
        variation=chart.variation,
        assurance=assurance(chart),
        spark={"values": shown, "since": since},
        coming=coming(series, loads, chart),
        loaded_at=max((load.at for load in loads), default=None),
        version=VERSION,
    )


def settle_later(series: Any) -> None:
    """Let the worker settle them: so many that whoever changed them would wait for minutes."""
    Standing.objects.filter(series__in=series).update(version=0)


def settle_missing(now: datetime, limit: int) -> int:
    """A duty of the worker: settle up to `limit` series that have no standing, or an old one."""
    unsettled: Any = Series.objects.filter(
        Q(standing=None) | ~Q(standing__version=VERSION)
    ).order_by("pk")
    found = list(unsettled[:limit])
    for series in found:
        settle(series)
    return len(found)


def _again(organisation: Organisation) -> None:
    """By its new name it stands elsewhere in the alphabet."""
    settle(*Series.objects.filter(organisation=organisation))


RENAMED.append(_again)
