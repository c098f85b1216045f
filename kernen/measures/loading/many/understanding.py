"""A file with many places: what it says of each, beside what stands there."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kernen.parties.models import Person

from ... import rules
from ...models import Measure, Series, Shape
from ...preview import preview
from ...reading.cells import Sheet, Unreadable
from ...reading.choosing import arranged
from ...reading.figures import Each, passed_over, understand_each
from ...reading.joining import EVERY
from ...reading.results import Problem, Reading
from ...reading.table import Table
from ..forms import ArrangementForm, ColumnsForm
from ..shapes import remembered
from ..understanding import Given, Said, arrangement_of, likeliest_of
from .matching import AT, LEFT_OUT, NOTHING, Match, known, matches

_NO_PLACES = _(
    "No places are found. Choose where they stand, or which columns are each place’s, or load the "
    "figures from the page of the one place."
)
_NO_PLACES_DOWN = _(
    "No places are found. Choose where they stand, or which rows are each place’s, or load the "
    "figures from the page of the one place."
)
_NOT_CHOSEN = _("Choose which place “{name}” is, or leave it out.")
_NEAREST = _(
    "“{name}” is not the name of a place here. Is “{near}” meant? Choose it, or leave the name out."
)
_TWICE = _("“{one}” and “{other}” are taken for the same place. Choose again, or leave one out.")
_TOTAL = _("“{name}” is a total of several places. It is left out.")


@dataclass(frozen=True)
class Place:
    """A place as the file calls it, and what it is taken for."""

    name: str
    measure: Measure
    reading: Reading
    match: Match
    series: Series | None = None
    hindered: str = ""
    """Why the person may not give its figures."""

    @property
    def loads(self) -> bool:
        return not self.hindered and (self.series is not None or self.opens)

    @property
    def opens(self) -> bool:
        """Whether its series is to be added."""
        return self.match.choice.startswith(AT)

    @cached_property
    def beside(self) -> dict[str, Any]:
        """Its rows beside what stands."""
        beside = preview(self.measure, self.series, self.reading)
        return beside | {"nothing": beside["nothing"] and not self.opens}


@dataclass(frozen=True)
class Understood:
    given: Given
    sheet: Sheet
    table: Table
    each: Each
    places: Sequence[Place]
    columns: ColumnsForm
    shape: Shape | None = None
    problems: Sequence[Problem] = field(default_factory=list)
    remarks: Sequence[Problem] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.problems and any(place.loads for place in self.places)

    @property
    def chosen(self) -> dict[str, Any]:
        """How it is read, as it is compared with what was understood at first."""
        return {
            "sheet": self.sheet.name,
            "crossed": self.table.crossed,
            "header": self.table.header_row or 0,
            "columns": dict(self.each.columns),
            "own": {name: dict(columns) for name, columns in self.each.own.items()},
            "places": {one.name: one.match.how + one.match.choice for one in self.places},
        }

    def arrangement(self, first: str) -> ArrangementForm:
        first = first or json.dumps(self.chosen, sort_keys=True)
        return arrangement_of(offering(self.given), self.sheet, self.table, first)

    def corrected(self, first: str) -> bool:
        """Also by not objecting to what was only alike."""
        return bool(first) and first != json.dumps(self.chosen, sort_keys=True)


def offering(what: Given) -> Given:
    """The same, with all sheets together among what can be chosen."""
    several = len(what.names) > 1
    return replace(what, names=[EVERY, *what.names]) if several else what


def understood(
    measure: Measure,
    series: Sequence[Series],
    what: Given,
    wanted: Said,
    data: Mapping[str, Any],
    chosen: Mapping[str, str],
    by: Person | None,
    own: Mapping[str, Mapping[str, int]] | None = None,
) -> Understood:
    """Read the sheet for all places; `data` may hold the person's columns, `chosen` what the person
    says that names mean, and `own` which columns are each place's. Raises Unreadable."""
    kind = measure.figures
    told: dict[str, Any] = {"measure": measure, "organisation": None, "wide": True}
    sheets = [*filter(None, [what.every, what.years]), *what.sheets]
    found = remembered(sheets, "", **told) if wanted.across is None else None
    if found:
        shape, sheet, table = found
        columns: dict[str, int] | None = shape.columns or None
        own = shape.own.get("", {}).get("own")
    else:
        shape, columns = None, None
        sheet, table = _likeliest(measure, series, what, wanted)
        if "period" in data and not wanted.anew:
            columns = ColumnsForm(data, offers=table.offers, kind=kind).chosen()
        own = None if wanted.anew else _within(table, own or {})
    each = understand_each(
        table, frequency=measure.frequency, kind=kind, columns=columns, own=own,
        unit=measure.unit, name=measure.name,
    )  # fmt: skip
    places = _places(measure, each, series, chosen, by)
    form = ColumnsForm(
        offers=table.offers, kind=kind, holds=each.columns, figures="place" in each.columns
    )
    return Understood(
        what, sheet, table, each, places, form, shape,
        problems=_problems(places, table), remarks=_remarks(what, each, places),
    )  # fmt: skip


def _likeliest(
    measure: Measure, series: Sequence[Series], what: Given, wanted: Said
) -> tuple[Sheet, Table]:
    """The sheet that is said, or all of them where their names are those of places, and no places
    stand in the first, or where each is a year. Raises Unreadable."""
    how: dict[str, Any] = {"frequency": measure.frequency, "kind": measure.figures, "wide": True}
    first, every = what.sheets[0], what.every
    names = [sheet.name for sheet in every.parts] if every and wanted.sheet is None else []
    if every and _known(names, measure, series) > 1 and not _has_places(first, measure, series):
        try:
            return every, arranged(every, **how)
        except Unreadable:
            pass
    return likeliest_of(what, wanted, **how)


def _has_places(sheet: Sheet, measure: Measure, series: Sequence[Series]) -> bool:
    """Whether several of the places stand in the sheet by itself."""
    told: dict[str, Any] = {"frequency": measure.frequency, "kind": measure.figures}
    try:
        each = understand_each(arranged(sheet, wide=True, **told), **told)
    except Unreadable:
        return False
    return _known([*each.readings], measure, series) > 1


def _known(names: Sequence[str], measure: Measure, series: Sequence[Series]) -> int:
    """How many of the names are those of places."""
    found = matches(names, series, {}, known(measure)).values() if len(names) > 1 else ()
    return sum(bool(match.choice or match.organisation) for match in found)


def _places(
    measure: Measure,
    each: Each,
    series: Sequence[Series],
    chosen: Mapping[str, str],
    by: Person | None,
) -> list[Place]:
    by_number = {str(one.pk): one for one in series}
    found = matches([*each.readings], series, chosen, known(measure))
    hindered = rules.hindered(by, series)
    places = []
    for name, reading in each.readings.items():
        own = by_number.get(found[name].choice)
        refused = hindered.get(own.pk, "") if own else ""
        places.append(Place(name, measure, reading, found[name], own, refused))
    return places


def _within(table: Table, own: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]] | None:
    """What of it the table has."""
    width = len(table.headings)
    found = {name: {r: at for r, at in one.items() if at < width} for name, one in own.items()}
    return {name: columns for name, columns in found.items() if columns} or None


def _problems(places: Sequence[Place], table: Table) -> list[Problem]:
    """What has to be mended or chosen first, each once."""
    if not places:
        return [Problem(_NO_PLACES_DOWN if table.across else _NO_PLACES)]
    found = [
        Problem(
            format_lazy(
                _NEAREST if place.match.near else _NOT_CHOSEN,
                name=place.name,
                near=place.match.near,
            )
        )
        for place in places
        if place.match.choice == NOTHING
    ]
    taken: dict[str, str] = {}
    for place in places:
        first = taken.setdefault(place.match.choice, place.name)
        if place.loads and first != place.name:
            found.append(Problem(format_lazy(_TWICE, one=first, other=place.name)))
    wrong = [one for place in places if not _is_left_out(place) for one in place.reading.problems]
    return found + sorted(_once(wrong), key=lambda problem: problem.row or 0)


def _is_left_out(place: Place) -> bool:
    return place.match.choice == LEFT_OUT or bool(place.hindered)


def _remarks(what: Given, each: Each, places: Sequence[Place]) -> list[Problem]:
    told = [*map(Problem, what.remarks)]
    told += [Problem(format_lazy(_TOTAL, name=name)) for name in each.totals]
    read = [one for place in places if not _is_left_out(place) for one in place.reading.remarks]
    if empty := sum(place.reading.empty for place in places if not _is_left_out(place)):
        told.append(Problem(passed_over(empty)))
    return told + _once(read)


def _once(problems: Sequence[Problem]) -> list[Problem]:
    """A row that is wrong for several places is told of once."""
    return [*{problem.sentence: problem for problem in problems}.values()]
