"""A file that names another place than the one whose figures it is to hold."""

from collections import Counter
from collections.abc import Iterator, Sequence

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kernen.parties.models import Organisation

from ..models import Series
from ..reading.cells import Sheet, shown
from ..reading.headings import role_of
from ..reading.levels import holds_figures
from ..reading.places import folded
from ..reading.results import Problem
from ..reading.table import Table

_ELSEWHERE = _(
    "The file names {other}, and these figures are those of {own}. See that it is the right file."
)
_LEAST = 4  # so many letters a word has that tells one organisation from the others


def named_elsewhere(
    series: Series, called: Sequence[str], sheet: Sheet, table: Table, filename: str
) -> list[Problem]:
    """A remark where the file's name, its titles, headings or a column say another organisation of
    the same sector, or another ward that the measure is followed at, and not this one."""
    text = " ".join([filename, *_said(sheet, table)]).replace("_", " ")
    said = f" {folded(text)} "
    own = series.organisation
    names = Organisation.objects.current().filter(sector=own.sector).values_list("name", flat=True)
    words = {name: folded(name).split() for name in {*names, own.name}}
    often = Counter(word for of_name in words.values() for word in {*of_name})
    telling = {
        name: [word for word in of_name if often[word] == 1 and len(word) >= _LEAST]
        for name, of_name in words.items()
    }
    open_to_all = Series.objects.filter(measure=series.measure_id, closed_at=None)
    wards = open_to_all.values_list("place", flat=True)
    others = {place for place in wards if len(place) >= _LEAST and place not in called}
    found = [name for name, own in telling.items() if own and all(f" {w} " in said for w in own)]
    if own.name in found or any(f" {folded(name)} " in said for name in called):
        return []
    found += [place for place in others if f" {folded(place)} " in said]
    return [
        Problem(format_lazy(_ELSEWHERE, other=name, own=str(series))) for name in sorted(found)[:1]
    ]


def _said(sheet: Sheet, table: Table) -> Iterator[str]:
    """The names of the sheet and of places that are the same in all rows, and the titles."""
    yield sheet.name
    for at, heading in enumerate(table.headings):
        if role_of(heading) == "place":
            names = {row.cell(at) for row in table.rows} - {None}
            yield from map(shown, names if len(names) == 1 else ())
    rows = next(iter(sheet.parts), sheet).rows
    first = next((at for at, row in enumerate(rows) if holds_figures(row)), 0)
    for row in rows[:first]:
        yield from (cell for cell in row.cells if isinstance(cell, str))
