"""The tables of measures, of those series that a person may see: what went in can come out.

`figures.csv` is laid out as a file to load; `loaded.csv` holds every figure that ever came in,
beside what stood there before."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from kernen.lib.packages import Column, Table, called, of_model
from kernen.parties.models import Person

from ..actions import FIGURE, Figure
from ..history import DEFINITION, entries_of, versions
from ..models import (
    Annotation,
    Freeze,
    Load,
    Measure,
    Point,
    Series,
    SharedMeasure,
    SharedVersion,
    Split,
    Start,
    Takeover,
)

#: By which name each is told of; those that point at them do so by number.
NAMED = [
    called(model)
    for model in (Measure, Series, Load, SharedMeasure, SharedVersion, Takeover)
]  # fmt: skip
_TYPES = {"note": "string", "value": "number", "spread": "number"}


def tables(
    measures: QuerySet[Measure], person: Person | None, also: Iterable[str] = ()
) -> list[Table]:
    """Those of the `measures`; `also` names tables of other rooms that are in the package."""
    seen = Series.objects.seen_by(person).filter(measure__in=measures)
    known = [*NAMED, *also]
    points = Point.objects.filter(series__in=seen).select_related("series__organisation")
    loads = Load.objects.filter(series__in=seen)
    shared = SharedMeasure.objects.filter(
        Q(versions__measures__in=measures) | Q(versions__takeovers__measure__in=measures)
    ).distinct()

    def made(rows: Any, *without: str) -> Table:
        return of_model(called(rows.model), rows, without=without, tables=known)

    parts = [model.objects.filter(series__in=seen) for model in (Split, Freeze, Annotation, Start)]
    return [
        made(measures),
        _definitions(measures),
        made(shared),
        made(SharedVersion.objects.filter(shared__in=shared), "previous"),
        made(Takeover.objects.filter(measure__in=measures)),
        made(seen, "embedded_at"),
        of_model(
            "figures",
            points.order_by("series_id", "period"),
            without=("id", "exposure"),
            also=[Column("place", _("place"), "string", lambda point: str(point.series))],
            tables=known,
            key=("series", "period"),
        ),
        made(loads, "key", "digest", "replaced", "taken"),
        _loaded(loads),
        *(made(rows) for rows in parts),
    ]  # fmt: skip


@dataclass(frozen=True)
class Said:
    """One text of a definition as one entry of the journal left it."""

    measure: int
    at: Any
    by: str
    text: str
    says: str


def _definitions(measures: QuerySet[Measure]) -> Table:
    def rows() -> Iterator[Said]:
        entries = defaultdict(list)
        for entry in entries_of(measures):
            entries[entry.initiative_id].append(entry)
        for measure in measures.order_by("pk"):
            for version in reversed(versions(measure, entries[measure.initiative_id])):
                entry = version.entry
                for change in version.changes:
                    yield Said(measure.pk, entry.at, str(entry.by), change.text, change.after)

    texts = {name: str(label) for name, label in DEFINITION.items()}
    columns = [
        Column("measure", _("measure"), "integer", lambda said: said.measure, to="measures"),
        Column("at", _("when"), "datetime", lambda said: said.at),
        Column("by", _("by"), "string", lambda said: said.by),
        Column("text", _("which text"), "string", lambda said: said.text, texts),
        Column("says", _("what it says from then on"), "string", lambda said: said.says),
    ]
    return Table("definitions", _("Definitions, version by version"), columns, rows(), ())


@dataclass(frozen=True)
class Came:
    """A period of a load: the figure that came, and the one that stood before."""

    load: int
    series: int
    came: Figure | None
    was: Figure | None

    def part(self, which: str, name: str) -> Any:
        figure: Figure | None = getattr(self, which)
        return getattr(figure, name) if figure else None

    @property
    def period(self) -> Any:
        return (self.came or self.was).period  # type: ignore[union-attr]


def _loaded(loads: QuerySet[Load]) -> Table:
    def rows() -> Iterator[Came]:
        for load in loads.order_by("pk").iterator(chunk_size=200):
            came = {kept["period"]: Figure.kept(kept) for kept in load.taken}
            was = {kept["period"]: Figure.kept(kept) for kept in load.replaced}
            for period in sorted({*came, *was}):
                yield Came(load.pk, load.series_id, came.get(period), was.get(period))

    def part(which: str, name: str) -> Column:
        of_point: Any = Point._meta.get_field(name)
        title, prefix = str(of_point.verbose_name), ""
        if which == "was":
            title, prefix = _("%(part)s before") % {"part": title}, "was_"
        kind = _TYPES.get(name, "integer")
        return Column(f"{prefix}{name}", title, kind, lambda one: one.part(which, name))

    columns = [
        Column("load", _("load of figures"), "integer", lambda one: one.load, to="loads"),
        Column("series", _("series"), "integer", lambda one: one.series, to="series"),
        Column("period", _("period"), "date", lambda one: one.period),
        Column("stands", _("a figure came"), "boolean", lambda one: one.came is not None),
        *(part(which, name) for which in ("came", "was") for name in FIGURE),
    ]
    return Table(
        "loaded",
        _("Figures that came in, and those that stood before"),
        columns,
        rows(),
        ("load", "period"),
    )
