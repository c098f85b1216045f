"""What is taken in from a machine and is yet worth a look: it is never refused."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from django.utils import timezone
from django.utils.translation import gettext as _

from kernen.lib.periods import following, label

from ..actions import Figure
from ..asking.doubt import doubted
from ..charts.usual import Usual
from ..fetching import charted
from ..models import Load, Series
from ..pictures import chart_of
from ..quality.coming import KEPT
from ..reading.results import Problem


def worth_a_look(
    rows: Mapping[Series, Mapping[int, Figure]], loads: Iterable[Load]
) -> Iterator[Problem]:
    """Of the latest figures of each series, by the numbers of their rows, those that lie far from
    the usual and those whose period is not over. They stand already; what the `loads` brought is
    judged as it is before it stands. Of what somebody was asked about and confirmed nothing is said
    again."""
    today = timezone.localdate()
    due = [series.pk for series in rows if not series.measure.events]
    brought = {load.series_id: [Figure.kept(words) for words in load.taken] for load in loads}
    confirmed = _confirmed(due)
    for series in charted(Series.objects).in_bulk(due).values():
        measure = series.measure
        usual = Usual(chart_of(series, tried=brought.get(series.pk, ())).chart)
        latest = sorted((one.period, number) for number, one in rows[series].items())[-KEPT:]
        for period, number in latest:
            if following(period, measure.frequency) > today:
                words = {"period": label(period, measure.frequency)}
                told = _("%(period)s is not over yet: send it again when it is.") % words
                yield Problem(told, number, "period")
            told = doubted(usual, period)
            if told and (series.pk, replace(rows[series][number], note="")) not in confirmed:
                yield Problem(told, number, "numerator" if measure.over else "value")


def _confirmed(series: Iterable[int]) -> set[tuple[int, Figure]]:
    """The figures of which somebody said that they are right, without their notes."""
    loads = Load.objects.filter(series__in=series, confirmed=True, undone_by=None)
    figures = ((load.series_id, Figure.kept(kept)) for load in loads for kept in load.taken)
    return {(number, replace(figure, note="")) for number, figure in figures}
