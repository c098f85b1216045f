"""The verbs of weighing a change: say when a place started, freeze what came of it."""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kernen.initiatives.actions import record
from kernen.initiatives.journal import VERBS
from kernen.initiatives.models import PARAMS, Initiative
from kernen.lib.cpr import refuse_cpr
from kernen.parties.models import Person

from ..actions import record_of
from ..charts.effect import Effect
from ..evaluation import VERSION
from ..models import Measure, Series
from . import rules
from .gather import compared, of_places, of_series, start_of, weighed_for
from .models import Result, Start

VERBS.update(
    say_start=_("“%(measure)s”, %(place)s: the change started here: %(started)s"),
    freeze_result=_("“%(measure)s”: what the change did was frozen as result %(result)s"),
)
PARAMS["started"] = lambda day: (
    date_format(date.fromisoformat(day), "DATE_FORMAT") if day else gettext("not yet")
)


@transaction.atomic
def say_start(
    *,
    series: Series,
    period: date | None,
    reason: str,
    by: Person,
    at: datetime | None = None,
) -> Start:
    """The place started with this period, or has not started; the last word counts. Whoever says
    the same again says nothing."""
    series = Series.objects.locked(series)
    rules.say_start(by, series, period)
    stands = start_of(series)
    if stands and (stands.period, stands.reason) == (period, reason):
        return stands
    made = Start(series=series, period=period, reason=reason, by=by, at=at or timezone.now())
    made.full_clean()
    made.save()
    started = period.isoformat() if period else ""
    record_of(series, "say_start", by=by, at=at, words=reason, started=started)
    return made


@transaction.atomic
def freeze_series(
    *, series: Series, start: date, why: str = "", by: Person, at: datetime | None = None
) -> Result:
    """Freeze what the change that began at `start` did to the series, with the figures of now."""
    refuse_cpr(why)
    Series.objects.locked(series)
    series = weighed_for(by).get(pk=series.pk)
    rules.chosen(series, start)
    effect = of_series(series, start, why)
    rules.freeze(by, series.measure, effect, closed=bool(series.closed_at))
    made = _kept(effect, series.measure, series, by, at)
    _record(made, at)
    return made


@transaction.atomic
def freeze_places(*, measure: Measure, by: Person, at: datetime | None = None) -> Result:
    """Freeze what the change did at all places, with the figures and the starts of now."""
    Initiative.objects.locked(measure.initiative)
    measure = compared().get(pk=measure.pk)
    rules.starts_known(measure)
    effect = of_places(measure)
    rules.freeze(by, measure, effect)
    made = _kept(effect, measure, None, by, at)
    _record(made, at)
    return made


def _kept(
    effect: Effect, measure: Measure, series: Series | None, by: Person, at: datetime | None
) -> Result:
    sentences = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            sentences[language] = Effect(effect.material, effect.answers).heading
    made = Result(
        measure=measure,
        series=series,
        by=by,
        at=at or timezone.now(),
        version=VERSION,
        figures=effect.material.as_json(),
        answers=effect.answers.as_json(),
        sentences=sentences,
    )
    made.full_clean()
    made.save()
    return made


def _record(made: Result, at: datetime | None) -> None:
    params = {"measure": made.measure.name, "result": made.pk}
    record(made.measure.initiative, "freeze_result", by=made.by, at=at, params=params)
