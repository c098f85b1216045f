"""The verbs of how a series is drawn and judged: chart, rules, baseline, what counts."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kernen.initiatives.actions import record
from kernen.initiatives.journal import VERBS
from kernen.initiatives.models import PARAMS, Initiative
from kernen.parties.models import Person

from ..actions import record_of
from ..charts.control import CHART_NAMES, RULE_NAMES
from ..models import Freeze, Measure, Point, Series
from ..standing.keep import settle, settle_measure
from . import rules

VERBS.update(
    choose_chart=_("“%(measure)s” is drawn as: %(chart)s; %(rules)s"),
    freeze=_("“%(measure)s”, %(place)s: the baseline was frozen"),
    thaw=_("“%(measure)s”, %(place)s: the baseline is no longer frozen"),
    leave_out=_("“%(measure)s”, %(place)s: a figure counts in no line"),
    count_again=_("“%(measure)s”, %(place)s: a figure counts again"),
)
PARAMS["chart"] = lambda name: str(CHART_NAMES[name])
PARAMS["rules"] = lambda name: str(RULE_NAMES[name])


@transaction.atomic
def choose_chart(
    *, measure: Measure, chart: str, rules_of_chart: str, screened: bool, by: Person
) -> Measure:
    """Draw the measure like this at all its places, from now on."""
    Initiative.objects.locked(measure.initiative)
    measure = Measure.objects.select_related("initiative").get(pk=measure.pk)
    rules.choose_chart(by, measure, chart, rules_of_chart)
    chosen = {"chart": chart, "rules": rules_of_chart, "screened": screened}
    if any(getattr(measure, name) != value for name, value in chosen.items()):
        for name, value in chosen.items():
            setattr(measure, name, value)
        measure.clean_fields(exclude={"initiative"})
        measure.save(update_fields=[*chosen])
        settle_measure(measure)
        params = {"measure": measure.name, "chart": chart, "rules": rules_of_chart}
        record(measure.initiative, "choose_chart", by=by, params=params)
    return measure


@transaction.atomic
def freeze(
    *, series: Series, period: date, reason: str, by: Person, at: datetime | None = None
) -> Freeze:
    """Let the figures up to `period` be the baseline: the line goes through them and on."""
    series = Series.objects.locked(series)
    rules.freeze(by, series, period)
    made = Freeze(series=series, period=period, reason=reason, by=by, at=at or timezone.now())
    made.full_clean()
    made.save()
    settle(series)
    record_of(series, "freeze", by=by, words=reason, period=period.isoformat())
    return made


@transaction.atomic
def thaw(*, freeze: Freeze, by: Person) -> None:
    """Let all figures of the phase count in its line again."""
    rules.judge(by, freeze.series)
    period = freeze.period.isoformat()
    record_of(freeze.series, "thaw", by=by, words=freeze.reason, period=period)
    freeze.delete()
    settle(freeze.series)


@transaction.atomic
def leave_out(*, series: Series, period: date, reason: str, by: Person) -> Point:
    """Let a figure count in no line and no run; it is drawn all the same."""
    series = Series.objects.locked(series)
    rules.leave_out(by, series, period)
    point: Point = series.points.get(period=period)
    point.left_out = reason
    point.full_clean()
    point.save(update_fields=["left_out"])
    settle(series)
    record_of(series, "leave_out", by=by, words=reason, period=period.isoformat())
    return point


@transaction.atomic
def count_again(*, point: Point, by: Person) -> Point:
    """Let a figure that was left out count again."""
    series = Series.objects.locked(point.series)
    rules.count_again(by, point)
    reason, point.left_out = point.left_out, ""
    point.save(update_fields=["left_out"])
    settle(series)
    record_of(series, "count_again", by=by, words=reason, period=point.period.isoformat())
    return point
