"""The verbs of using a shared measure: a team takes it in, goes over to another version, leaves."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kernen.initiatives.actions import record
from kernen.initiatives.journal import VERBS
from kernen.initiatives.models import Initiative
from kernen.parties.models import Person

from ... import breaks
from ...actions import _as_it_stands, _changed, _write, define
from ...models import TAKEN, Annotation, Measure, SharedVersion, Takeover
from ...standing.keep import settle_measure
from . import rules

VERBS.update(
    use_shared=_("“%(measure)s” is counted as the catalogue says, version %(number)s"),
    take_over=_("“%(measure)s” goes over to version %(number)s in the catalogue"),
    leave_catalogue=_("“%(measure)s” is no longer counted as the catalogue says"),
)


@transaction.atomic
def use_shared(
    *,
    initiative: Initiative,
    version: SharedVersion,
    goal: Decimal | None = None,
    by: Person,
    at: datetime | None = None,
) -> Measure:
    """A new measure of the initiative that says what the version says."""
    rules.use(by, initiative, version.shared)
    texts = _texts(version)
    measure = define(initiative=initiative, by=by, at=at, version=version, goal=goal, **texts)
    Takeover(measure=measure, version=version, by=by, at=at or timezone.now()).save()
    params = {"measure": measure.name, "number": version.number}
    record(initiative, "use_shared", by=by, at=at, params=params)
    return measure


@transaction.atomic
def take_over(
    *,
    measure: Measure,
    version: SharedVersion,
    since: date | None,
    comparable: bool = True,
    by: Person,
    at: datetime | None = None,
) -> Takeover:
    """Count by the version from the period on: the series are marked there, and split where the
    figures before and after cannot be compared.

    `comparable` is the team's word for a measure of its own; between two versions theirs count."""
    measure = _as_it_stands(measure)
    rules.take_over(by, measure, version, since)
    breaking = _breaking(measure, version, comparable) if since else ""
    before = _write(measure, {**_texts(version), "version": version})
    taken = Takeover(
        measure=measure,
        version=version,
        since=since,
        breaks=bool(breaking),
        reason=breaking,
        by=by,
        at=at or timezone.now(),
    )
    taken.full_clean()
    taken.save()
    if since:
        _mark(taken)
    settle_measure(measure)
    before.pop("version")
    params = _changed(measure, before) | {"number": version.number}
    words = breaking or version.changed
    record(measure.initiative, "take_over", by=by, at=at, words=words, params=params)
    return taken


def _texts(version: SharedVersion) -> dict[str, Any]:
    return {"name": version.shared.name, **{name: getattr(version, name) for name in TAKEN}}


def _breaking(measure: Measure, version: SharedVersion, comparable: bool) -> str:
    """Why figures before and after cannot be compared, in the versions' words; "" if they can."""
    passed = rules.passed(measure, version).order_by("number")
    if passed:
        return " ".join(one.changed for one in passed if not one.comparable)[:300]
    return "" if comparable else _said(version)


def _said(version: SharedVersion) -> str:
    """What stands on a time axis, in the program's language whoever takes it over."""
    with translation.override(settings.LANGUAGE_CODE):
        words = gettext("Counted as version %(number)s of the catalogue says")
        return words % {"number": version.number}


def _mark(taken: Takeover) -> None:
    """A note on the time axis of every series, and a new phase where comparability breaks."""
    assert taken.version  # noqa: S101 the rules have asked
    assert taken.since  # noqa: S101
    words = _said(taken.version)
    for series in taken.measure.series.prefetch_related("points", "splits"):
        Annotation(series=series, on=taken.since, words=words).save()
        periods = [point.period for point in series.points.all()]
        for split in breaks.due(series, [taken], (), periods):
            split.save()


@transaction.atomic
def leave_catalogue(*, measure: Measure, reason: str, by: Person) -> Takeover:
    """The measure becomes the initiative's own; what it came from stays readable."""
    measure = _as_it_stands(measure)
    rules.leave(by, measure)
    taken = Takeover(measure=measure, reason=reason, by=by)
    taken.full_clean()
    taken.save()
    measure.version = None
    measure.save(update_fields=["version"])
    params = {"measure": measure.name}
    record(measure.initiative, "leave_catalogue", by=by, words=reason, params=params)
    return taken
