"""The verbs of measuring. Each asks the rules first and writes the initiative's journal last."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.utils import bulk_create_with_history

from kernen.initiatives import rules as initiative_rules
from kernen.initiatives.actions import record
from kernen.initiatives.history import said_after
from kernen.initiatives.journal import VERBS
from kernen.initiatives.models import PARAMS, Entry, Initiative
from kernen.parties.models import Organisation, Person

from . import breaks, rules
from .closing import rules as closing
from .history import DEFINITION, stored, value_of, versions
from .models import Annotation, Load, Measure, Point, Series, Split
from .standing.keep import settle, settle_measure

VERBS.update(
    define=_("Measure defined: %(measure)s"),
    redefine=_("The definition of “%(measure)s” was changed"),
    define_back=_(
        "The definition of “%(measure)s” was set back to what it said on %(back_to)s: "
        "%(definition)s"
    ),
    open_series=_("“%(measure)s” is now followed at %(place)s"),
    load=_("Figures loaded for “%(measure)s”, %(place)s: %(added)s new, %(changed)s changed"),
    undo_load=_("“%(measure)s”, %(place)s: a load of figures was undone"),
    load_many=_(
        "Figures loaded for “%(measure)s” at %(places)s places: %(added)s new, %(changed)s changed"
    ),
    undo_load_many=_("“%(measure)s”: a load of figures for %(places)s places was undone"),
    split=_("“%(measure)s”, %(place)s: a new phase begins"),
    join=_("“%(measure)s”, %(place)s: two phases were joined again"),
    annotate=_("Note on the time axis of “%(measure)s”, %(place)s"),
    erase=_("A note was taken off the time axis of “%(measure)s”, %(place)s"),
)
PARAMS["definition"] = lambda names: ", ".join(str(DEFINITION[name]) for name in names)


@dataclass(frozen=True)
class Figure:
    """One period's figure as it comes in; all empty means that the period is known as missing."""

    period: date
    value: Decimal | None = None
    numerator: int | None = None
    denominator: int | None = None
    note: str = ""
    size: int | None = None
    spread: Decimal | None = None

    @classmethod
    def kept(cls, words: Mapping[str, str]) -> "Figure":
        """The figure that a load keeps as words."""
        kinds: dict[str, Callable[[str], Any]] = {"note": str, "value": Decimal, "spread": Decimal}
        figures = {name: kinds.get(name, int)(words[name]) for name in FIGURE if name in words}
        return cls(date.fromisoformat(words["period"]), **figures)

    def same_as(self, point: Point) -> bool:
        return self.same_numbers_as(point) and self.note == point.note

    def change(self, point: Point | None) -> str:
        """What taking it in does to the point that stands: "new", "same" or "changed"."""
        if point is None:
            return "new"
        return "same" if self.same_as(point) else "changed"

    def same_numbers_as(self, point: Point) -> bool:
        return all(getattr(self, name) == getattr(point, name) for name in NUMBERS)


NUMBERS = ("value", "numerator", "denominator", "size", "spread")
FIGURE = (*NUMBERS, "note")


@transaction.atomic
def define(
    *, initiative: Initiative, by: Person, at: datetime | None = None, **fields: Any
) -> Measure:
    """A new measure of the initiative; `fields` are those of `Measure`."""
    initiative_rules.may(by, initiative, "measure")
    measure = Measure(initiative=initiative, **fields)
    measure.full_clean()
    measure.save()
    params = {"measure": measure.name, "measure_id": measure.pk}
    record(initiative, "define", by=by, at=at, params=params)
    return measure


@transaction.atomic
def redefine(*, measure: Measure, by: Person, **fields: Any) -> Measure:
    """Change a measure's definition; the journal keeps the old words."""
    initiative_rules.may(by, measure.initiative, "measure")
    measure = _as_it_stands(measure)
    rules.redefine(measure, fields)
    before = _write(measure, fields)
    if before:
        record(measure.initiative, "redefine", by=by, params=_changed(measure, before))
    return measure


@transaction.atomic
def set_definition_back(*, measure: Measure, text: str, to: Entry, by: Person) -> Measure:
    """Let one text of the definition say again what it said after the entry `to`."""
    initiative_rules.may(by, measure.initiative, "measure")
    measure = _as_it_stands(measure)
    fields = {text: value_of(text, said_after(versions(measure), to, text))}
    rules.redefine(measure, fields)
    before = _write(measure, fields)
    if before:
        params = _changed(measure, before) | {"back_to": to.at.isoformat()}
        record(measure.initiative, "define_back", by=by, params=params)
    return measure


def _as_it_stands(measure: Measure) -> Measure:
    Initiative.objects.locked(measure.initiative)
    return Measure.objects.select_related("initiative").get(pk=measure.pk)


def _write(measure: Measure, fields: Mapping[str, Any]) -> dict[str, str]:
    """Give the fields their new values; what stood before in those that are changed by it."""
    before = {name: getattr(measure, name) for name in fields}
    for name, value in fields.items():
        setattr(measure, name, value)
    measure.full_clean()
    changed = [name for name in fields if before[name] != fields[name]]
    if changed:
        measure.save(update_fields=changed)
        settle_measure(measure)
    return {name: stored(before[name]) for name in changed}


def _changed(measure: Measure, before: dict[str, str]) -> dict[str, Any]:
    """What the journal keeps of a changed definition; the name may become another's one day."""
    return {
        "measure": measure.name,
        "measure_id": measure.pk,
        "definition": list(before),
        "before": before,
    }


@transaction.atomic
def open_series(
    *,
    measure: Measure,
    organisation: Organisation,
    place: str = "",
    made_up: bool = False,
    remark: str = "",
    closed: bool = False,
    by: Person,
    at: datetime | None = None,
) -> Series:
    """Begin to follow the measure at one place; `closed`: only its own people will find it."""
    initiative_rules.may(by, measure.initiative, "measure")
    if closed:
        closing.closable(organisation)
    series = Series(
        measure=measure, organisation=organisation, place=place, made_up=made_up, remark=remark
    )
    series.closed_at = (at or timezone.now()) if closed else None
    series.full_clean()
    series.save()
    settle(series)
    record_of(series, "open_series", by=by, at=at)
    return series


@transaction.atomic
def load(
    *,
    series: Series,
    figures: Sequence[Figure],
    by: Person,
    filename: str = "",
    way: str = Load.Way.FILE,
    key: str = "",
    digest: str = "",
    reason: str = "",
    at: datetime | None = None,
) -> Load | None:
    """Take in all the figures or none; None if every one of them stood already.

    A period that is there already gets the new figure, with a `reason` where that is another, and
    the load keeps the old one. What comes again under the same `key` of its sender is taken in
    once: the first load is given back. By its `digest` it is known whether it is the same."""
    series = Series.objects.locked(series)
    rules.may(by, series, "load")
    if before := came_before(series, key, digest):
        return before
    told = {"filename": filename, "way": way, "key": key, "digest": digest, "reason": reason}
    loaded = take_in(series, figures, by=by, at=at, **told)
    tell_load(loaded, at)
    return loaded


def came_before(series: Series, key: str, digest: str = "") -> Load | None:
    """What was taken in under the same key; refused where it was something else."""
    found: Load | None = series.loads.filter(key=key).first() if key else None
    if found:
        rules.sent_before(found, digest)
    return found


def take_in(
    series: Series, figures: Sequence[Figure], *, by: Person, at: datetime | None, **told: Any
) -> Load | None:
    """The figures of a series that is locked, once it is judged who may: `told` of the load."""
    rules.load(series.measure, figures)
    standing = {point.period: point for point in series.points.all()}
    new = [figure for figure in figures if figure.period not in standing]
    known = [figure for figure in figures if figure.period in standing]
    changed = [figure for figure in known if not figure.same_as(standing[figure.period])]
    if not new and not changed and not told["key"]:
        return None
    others = [one.period for one in changed if not one.same_numbers_as(standing[one.period])]
    rules.correct(series, others, told["reason"])
    told["reason"] = told["reason"] if changed else ""
    if series.measure.events:
        stood = {point.period: point.value for point in standing.values()}
        rules.cases(stood | {figure.period: figure.value for figure in figures})
    replaced = [as_it_stood(standing[figure.period]) for figure in changed]
    points = [take(figure, Point(series=series, period=figure.period)) for figure in new]
    points += [take(figure, standing[figure.period]) for figure in changed]
    bulk_create_with_history(points[: len(new)], Point)
    keep_changed(points[len(new) :])
    periods = {*standing, *(figure.period for figure in new)}
    for phase in breaks.due(series, series.measure.takeovers.all(), standing, periods):
        phase.save()
    loaded = Load(
        series=series,
        at=at or timezone.now(),
        by=by,
        added=len(new),
        changed=len(changed),
        replaced=replaced,
        taken=[as_it_stood(point) for point in points],
        **told,
    )
    loaded.full_clean()
    loaded.save()
    settle(series)
    return loaded


def tell_load(loaded: Load | None, at: datetime | None) -> None:
    """Write in the journal that figures came in, if any did; with an `at` it is history."""
    if loaded and (loaded.added or loaded.changed):
        counted = {"added": loaded.added, "changed": loaded.changed}
        record_of(loaded.series, "load", by=loaded.by, at=at, words=loaded.reason, **counted)


def take(figure: Figure, point: Point) -> Point:
    """The point with the figure in it."""
    for name in FIGURE:
        setattr(point, name, getattr(figure, name))
    point.exposure = point.series.measure.rate
    point.clean_fields(exclude={"series"})
    return point


def keep_changed(changed: list[Point]) -> None:
    """Write points that stood; an upsert changes many several times as fast as an update."""
    Point.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["id"], update_fields=list(FIGURE)
    )
    Point.history.bulk_history_create(changed, update=True)


def as_it_stood(point: Point) -> dict[str, str]:
    figures = {name: getattr(point, name) for name in ("period", *FIGURE)}
    return {name: str(value) for name, value in figures.items() if value not in (None, "")}


def record_of(
    series: Series,
    verb: str,
    *,
    by: Person,
    at: datetime | None = None,
    words: str = "",
    **params: Any,
) -> None:
    """Write one line that knows its series by number: while that is closed to a person, so is the
    line."""
    measure = series.measure
    params |= {"measure": measure.name, "place": str(series), "series": series.pk}
    record(measure.initiative, verb, by=by, at=at, words=words, params=params)


@transaction.atomic
def split(
    *, series: Series, period: date, reason: str, by: Person, at: datetime | None = None
) -> Split:
    """Begin a new phase at `period`, with a median of its own."""
    series = Series.objects.locked(series)
    rules.may(by, series, "measure")
    rules.split_there(series, period)
    made = Split(series=series, period=period, reason=reason, by=by, at=at or timezone.now())
    made.full_clean()
    made.save()
    settle(series)
    record_of(series, "split", by=by, at=at, words=reason, period=period.isoformat())
    return made


@transaction.atomic
def join(*, split: Split, by: Person) -> None:
    """Take a split back: the two phases are one again."""
    rules.may(by, split.series, "measure")
    record_of(split.series, "join", by=by, words=split.reason, period=split.period.isoformat())
    split.delete()
    settle(split.series)


@transaction.atomic
def annotate(
    *, series: Series, on: date, words: str, by: Person, at: datetime | None = None
) -> Annotation:
    """Write on the time axis what happened."""
    series = Series.objects.locked(series)
    rules.may(by, series, "load")
    annotation = Annotation(series=series, on=on, words=words)
    annotation.full_clean()
    annotation.save()
    record_of(series, "annotate", by=by, at=at, words=words)
    return annotation


@transaction.atomic
def erase(*, annotation: Annotation, by: Person) -> None:
    """Take a note off the time axis; the journal keeps its words."""
    rules.may(by, annotation.series, "load")
    record_of(annotation.series, "erase", by=by, words=annotation.words)
    annotation.delete()
