"""A workbook with a sheet for each place, or for each year: read as one table with the place, or
the year, of each row in its first column."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kernen.measures.reading.cells import (
    MAX_ROWS,
    TOO_MANY_ROWS,
    Row,
    Sheet,
    Unreadable,
    is_period,
)
from kernen.measures.reading.table import Table

#: What stands for all sheets together where one of them is chosen, each as a place or as a year; no
#: sheet can be called so.
EVERY, YEARS = "*", "/"
_NOT_ALIKE = gettext_lazy("No two sheets are laid out alike, so they cannot be read as places.")
_NO_YEARS_ALIKE = gettext_lazy(
    "No two sheets are laid out alike, so they cannot be read as years. Choose one of them."
)
_AS_YEARS = gettext_lazy(
    "The sheets {names} are read as one: each is a year, also of periods that are written without"
    " one."
)
_LEFT_OUT = gettext_lazy("Sheets that are laid out in another way are left out: {names}.")
_NAMED = 5
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
#: What may stand beside the year in the name of one sheet and not in another's.
_ANY_YEAR = {
    "år", "året", "årstal", "kalenderår", "year", "data", "tal", "ark", "sheet", "figures",
    "foreløbig", "foreløbige", "endelig", "endelige", "preliminary", "final", "ny", "new",
}  # fmt: skip

Heads = tuple[tuple[str, str], ...]


def every(sheets: Sequence[Sheet]) -> Sheet | None:
    """All sheets as one, where there are several."""
    return Sheet(EVERY, False, (), parts=tuple(sheets)) if len(sheets) > 1 else None


def years_of(names: Sequence[str]) -> dict[str, str]:
    """The year that each of the names is, where they say nothing else that differs; nothing where
    fewer than two do. Others, such as a cover's, have none."""
    found = {name: years[0] for name in names if len(years := _YEAR.findall(name)) == 1}
    found = {name: year for name, year in found.items() if not is_period(name, "quarter")}
    others = {
        " ".join(word for word in re.findall(r"\w+", name.casefold()) if word not in _ANY_YEAR)
        for name in (_YEAR.sub(" ", name) for name in found)
    }
    apart = len({*found.values()}) == len(found) > 1
    return found if apart and len(others) == 1 else {}


def by_year(sheets: Sequence[Sheet]) -> Sheet | None:
    """All sheets as one, where each of several is a year."""
    years = years_of([sheet.name for sheet in sheets])
    return Sheet(YEARS, False, (), parts=tuple(sheets)) if years else None


def together(name: str, sheets: Sequence[Sheet]) -> Sheet | None:
    """All sheets as what is chosen."""
    return {EVERY: every, YEARS: by_year}[name](sheets)


def alike(
    sheets: Sequence[Sheet], read: Callable[[Sheet], Table]
) -> dict[str, tuple[Table, list[int]]]:
    """By the names of the sheets that have the headings of most: their tables, and in which order
    their columns are to be read."""
    tables: dict[str, Table] = {}
    for sheet in sheets:
        try:
            tables[sheet.name] = read(sheet)
        except Unreadable:  # a cover, or notes
            continue
    counted = Counter(map(_heads, tables.values()))
    ((heads, _many),) = counted.most_common(1) or [((), 0)]
    orders = {name: _order(_heads(table), heads) for name, table in tables.items()}
    return {name: (tables[name], order) for name, order in orders.items() if order is not None}


def joined(sheet: Sheet, read: Callable[[Sheet], Table]) -> Table:
    """The rows of all its parts below each other, each with the name of its sheet, or with the year
    that it is. Raises Unreadable."""
    years = years_of([part.name for part in sheet.parts]) if sheet.name == YEARS else {}
    parts = [part for part in sheet.parts if not years or part.name in years]
    found = alike(parts, lambda part: _without_year(read(part), years.get(part.name, "")))
    if len(found) < 2:
        raise Unreadable(_NO_YEARS_ALIKE if years else _NOT_ALIKE)
    first = next(table for table, order in found.values() if order == [*range(len(order))])
    rows = tuple(_rows(found, years))
    if len(rows) > MAX_ROWS:
        raise Unreadable(TOO_MANY_ROWS)
    others = [part.name for part in sheet.parts if part.name not in found]
    told = [format_lazy(_AS_YEARS, names=_listed([*found]))] if years else []
    told += [format_lazy(_LEFT_OUT, names=_listed(others))] if others else []
    tables = [table for table, _order in found.values()]
    width = range(len(first.headings))
    return replace(
        first,
        headings=("year" if years else "place", *first.headings),
        groups=("", *first.groups) if first.groups else (),
        rows=rows,
        sheet=sheet.name,
        year=first.year if not years and len({table.year for table in tables}) == 1 else "",
        names=(_("the names of the sheets"), *map(first.column_name, width)),
        sources=(),
        remarks=(*told, *dict.fromkeys(one for table in tables for one in table.remarks)),
    )


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")


def _without_year(table: Table, year: str) -> Table:
    """The table with headings that do not say of which year its sheet is: "Antal 2024"."""
    if not year:
        return table
    own = re.compile(rf"\W*(?<!\d){year}(?!\d)\W*")
    heads = tuple(own.sub(" ", heading).strip() for heading in table.headings)
    groups = tuple(own.sub(" ", group).strip() for group in table.groups)
    return replace(table, headings=heads, groups=groups)


def _rows(
    found: Mapping[str, tuple[Table, Sequence[int]]], years: Mapping[str, str]
) -> Iterator[Row]:
    number = 0
    for name, (table, order) in found.items():
        for row in table.rows:
            number += 1
            spots = [table.spot(row, at) for at in order]
            yield Row(
                number,
                (years.get(name, name), *(row.cell(at) for at in order)),
                (spots[0][0], *(at for at, _column in spots)),
                (0, *(column for _at, column in spots)),
                name,
            )


def _heads(table: Table) -> Heads:
    groups = table.groups or ("",) * len(table.headings)
    said = zip(groups, table.headings, strict=True)
    return tuple((group.casefold(), heading.casefold()) for group, heading in said)


def _order(own: Heads, heads: Heads) -> list[int] | None:
    """Where each of the headings stands among its own; None where one is not there."""
    if own[: len(heads)] == heads:
        return [*range(len(heads))]
    named = len({*heads}) == len(heads) and len({*own}) == len(own)
    return [own.index(head) for head in heads] if named and {*heads} <= {*own} else None
