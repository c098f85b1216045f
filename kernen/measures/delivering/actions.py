"""The verbs of figures of many series that come in one file: all of them are taken in, or none."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kernen.initiatives.journal import VERBS
from kernen.initiatives.models import Initiative
from kernen.parties.models import Person

from .. import breaks
from .. import rules as measures
from ..actions import Figure, as_it_stood, keep_changed, take
from ..loading.actions import remember_many, tell_of
from ..models import Load, Measure, Point, Series, Takeover
from ..standing.keep import settle_later
from . import rules
from .models import Delivery
from .places import Known
from .spool import Spool, Spooled
from .writing import keep_loads, write

VERBS.update(
    deliver=_(
        "“%(measure)s”: figures of %(places)s places loaded from one file: %(added)s new, "
        "%(changed)s changed"
    ),
)
#: A worker that has given no sign for so long is gone: another takes the file from the beginning.
LEASE = timedelta(minutes=1)
#: So many figures are written at once.
TOGETHER = 20_000


@transaction.atomic
def receive(
    *,
    initiative: Initiative,
    measure: Measure | None,
    filename: str,
    content: bytes,
    reason: str = "",
    by: Person,
) -> Delivery:
    """Keep the file until the worker has read it through, and whoever sent it has seen how it is
    understood."""
    rules.deliver(by, initiative)
    rules.receive(content)
    delivery = Delivery(
        initiative=initiative,
        measure=measure,
        by=by,
        filename=filename,
        reason=reason,
        language=get_language() or "",
        content=content,
    )
    delivery.full_clean()
    delivery.save()
    return delivery


@transaction.atomic
def confirm(*, delivery: Delivery, reason: str = "", by: Person) -> Delivery:
    """All is understood right: let the worker take the file in, and change figures that stand for
    this `reason`. What was put right for it holds for the next file with these headings."""
    held = Delivery.objects.select_for_update().get(pk=delivery.pk)
    rules.deliver(by, held.initiative)
    rules.confirm(held, reason)
    _remember(held, by)
    held.confirmed_at, held.reason, held.said = timezone.now(), reason, held.found["how"]
    held.full_clean()
    held.save()
    return held


@transaction.atomic
def read_anew(*, delivery: Delivery, said: Mapping[str, Any], by: Person) -> Delivery:
    """Not all is understood right: let the worker read the file through as is `said`, of which
    sheet and, as far as they are known there, the row of the headings, each role's column and the
    series of places that are called otherwise."""
    held = Delivery.objects.select_for_update().get(pk=delivery.pk)
    rules.deliver(by, held.initiative)
    rules.shown(held)
    held.said, held.found, held.looked_at, held.seen_at = dict(said), {}, None, None
    held.rows = held.read = 0
    held.full_clean()
    held.save()
    return held


@transaction.atomic
def throw_away(*, delivery: Delivery, by: Person | None) -> None:
    """The file was not the right one, or nobody says whether it is. What was put right for it holds
    for the mended one."""
    held = Delivery.objects.select_for_update().get(pk=delivery.pk)
    rules.shown(held)
    if by:
        _remember(held, by)
    held.delete()


def _remember(delivery: Delivery, by: Person) -> None:
    """Read the next file with these headings as whoever sent it said of this one."""
    found = delivery.found
    if delivery.said and delivery.measure and found and found["headings"] and not found["asks"]:
        how = found["how"] | {"across": False, "own": {}}
        remember_many(measure=delivery.measure, headings=found["headings"], by=by, **how)


@transaction.atomic
def show(*, delivery: Delivery, found: Mapping[str, Any], by: None = None) -> None:
    """Keep what the worker found in the file, for whoever sent it to see."""
    rules.shown(Delivery.objects.select_for_update().get(pk=delivery.pk))
    delivery.looked_at, delivery.found, delivery.seen_at = timezone.now(), dict(found), None
    delivery.save()


@transaction.atomic
def look_again(*, delivery: Delivery, by: None = None) -> None:
    """Other figures stand by now than when the file was read through: let it be shown anew."""
    held = Delivery.objects.select_for_update().get(pk=delivery.pk)
    rules.unfinished(held)
    held.confirmed_at = held.looked_at = held.seen_at = None
    held.save()


@transaction.atomic
def claim(*, delivery: Delivery, now: datetime, by: None = None) -> Delivery:
    """Let the worker who asks begin: one at a time, and only while it waits."""
    held = Delivery.objects.select_for_update().get(pk=delivery.pk)
    rules.begin(held, now - LEASE)
    held.seen_at, held.read = now, 0
    held.save(update_fields=["seen_at", "read"])
    return held


@transaction.atomic
def tell_read(*, delivery: Delivery, rows: int, read: int, by: None = None) -> None:
    """Keep how far the reading is, and that a worker is at it."""
    rules.unfinished(delivery)
    delivery.seen_at, delivery.rows, delivery.read = timezone.now(), rows, read
    delivery.save(update_fields=["seen_at", "rows", "read"])


@transaction.atomic
def refuse(*, delivery: Delivery, problems: Sequence[str], by: None = None) -> None:
    """Keep what is wrong in the file, and not the file."""
    rules.unfinished(Delivery.objects.select_for_update().get(pk=delivery.pk))
    delivery.problems = list(problems)
    _end(delivery)


@transaction.atomic
def bring(
    *,
    delivery: Delivery,
    spool: Spool,
    known: Known,
    by: Person,
    at: datetime | None = None,
    tell: Callable[[int], None] = lambda _done: None,
) -> Delivery:
    """Take in all that was read. `tell` is told now and then how many figures are written.

    How the series stand is settled afterwards by the worker. What was taken in meanwhile by another
    worker stays as it is."""
    list(Initiative.objects.select_for_update(of=("self",)).filter(pk=delivery.initiative_id))
    rules.unfinished(Delivery.objects.filter(pk=delivery.pk).first() or delivery)
    rules.bring(by, known.now(spool.series()))
    rules.as_read({one.measure for one in known.series.values()})
    delivery.at = at or delivery.at
    delivery.full_clean()
    if delivery._state.adding:
        delivery.save()
    taking = _Taking(delivery, by, at or timezone.now())
    for chunk in spool.chunks(TOGETHER):
        taking.take([(known.series[key], figures) for key, figures in chunk])
        settle_later([key for key, _figures in chunk])
        tell(taking.done)
    delivery.places = len(taking.counted)
    delivery.added = sum(added for added, _changed in taking.counted.values())
    delivery.changed = sum(changed for _added, changed in taking.counted.values())
    _end(delivery)
    names = ("added", "changed")
    counted = {
        known.series[key]: dict(zip(names, parts, strict=True))
        for key, parts in taking.counted.items()
    }
    tell_of(counted, "load", "deliver", by=by, at=at, words=delivery.reason)
    return delivery


class _Taking:
    """Writes the figures of some series after the other, by the same rules as a load of one."""

    def __init__(self, delivery: Delivery, by: Person, at: datetime):
        self.delivery, self.by, self.at = delivery, by, at
        self.done = 0
        self.counted: dict[int, tuple[int, int]] = {}
        self.takeovers: dict[int, list[Takeover]] = {}

    def take(self, chunk: list[tuple[Series, list[Spooled]]]) -> None:
        keys = [series.pk for series, _figures in chunk]
        standing: dict[int, dict[str, Point]] = {key: {} for key in keys}
        for point in Point.objects.filter(series__in=keys):
            standing[point.series_id][point.period.isoformat()] = point
        new: dict[int, tuple[list[Spooled], bool]] = {}
        changed: list[Point] = []
        loads = []
        for series, figures in chunk:
            self.done += len(figures)
            stood = standing[series.pk]
            fresh = [figure for figure in figures if figure.period not in stood]
            others = self._changed(series, figures, stood) if stood else []
            if not fresh and not others:
                continue
            self._split(series, stood, fresh)
            loads.append(self._load(series, fresh, others))
            new[series.pk] = fresh, series.measure.rate
            changed += [point for _figure, point in others]
            self.counted[series.pk] = len(fresh), len(others)
        write(new, self.at)
        keep_changed(changed)
        keep_loads(loads)

    def _changed(
        self, series: Series, figures: list[Spooled], stood: dict[str, Point]
    ) -> list[tuple[Figure, Point]]:
        pairs = [(one.figure, stood[one.period]) for one in figures if one.period in stood]
        found = [(figure, point) for figure, point in pairs if not figure.same_as(point)]
        measures.load(series.measure, [figure for figure, _point in found])
        others = [one.period for one, point in found if not one.same_numbers_as(point)]
        measures.correct(series, others, self.delivery.reason)
        for _figure, point in found:
            point.series = series
        return found

    def _split(self, series: Series, stood: dict[str, Point], fresh: list[Spooled]) -> None:
        """Begin a phase where what is counted changed, as `take_in` does."""
        measure = series.measure
        if measure.pk not in self.takeovers:
            self.takeovers[measure.pk] = list(measure.takeovers.all())
        if takeovers := self.takeovers[measure.pk]:
            before = {point.period for point in stood.values()}
            after = before | {figure.figure.period for figure in fresh}
            for phase in breaks.due(series, takeovers, before, after):
                phase.save()

    def _load(
        self, series: Series, fresh: list[Spooled], others: list[tuple[Figure, Point]]
    ) -> Load:
        was = [as_it_stood(point) for _figure, point in others]
        now = [as_it_stood(take(figure, point)) for figure, point in others]
        return Load(
            series=series,
            at=self.at,
            by=self.by,
            reason=self.delivery.reason if others else "",
            filename=self.delivery.filename,
            added=len(fresh),
            changed=len(others),
            replaced=was,
            taken=[*(figure.kept for figure in fresh), *now],
            delivery=self.delivery,
        )


def _end(delivery: Delivery) -> None:
    delivery.ended_at, delivery.content, delivery.found = timezone.now(), b"", {}
    delivery.save()
