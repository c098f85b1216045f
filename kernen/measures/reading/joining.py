"""A workbook with a sheet for each place, for each year or quarter, or for each place and year:
read as one table with the place, and the year, of each row in its first columns."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kernen.lib.periods import parse
from kernen.measures.reading.cells import (
    MAX_ROWS,
    TOO_MANY_ROWS,
    Row,
    Sentence,
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
_AS_PARTS = gettext_lazy("The sheets {names} are read as one: each is a part of the time.")
_AS_BOTH = gettext_lazy("The sheets {names} are read as one: each is a place and a year.")
_LEFT_OUT = gettext_lazy("Sheets that are laid out in another way are left out: {names}.")
_NAMED = 5
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
#: What may stand beside the year in the name of one sheet and not in another's.
_ANY_YEAR = {
    "år", "året", "årstal", "kalenderår", "year", "data", "tal", "ark", "sheet", "figures",
    "foreløbig", "foreløbige", "endelig", "endelige", "preliminary", "final", "ny", "new",
}  # fmt: skip

#: What the sheets say by their names: by the name of each its place and its year, "" for neither.
Said = dict[str, tuple[str, str]]
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


def said_by(names: Sequence[str]) -> Said:
    """What the names say of their sheets, where each of several is a year, a quarter or a month, or
    a place and a year; else nothing."""
    if years := years_of(names):
        return {name: ("", year) for name, year in years.items()}
    return _parts(names) or _places_and_years(names)


def _parts(names: Sequence[str]) -> Said:
    whole = {name: is_period(name, "quarter") for name in names}
    said = {name: name if whole[name] else f"{name} 2020" for name in names}
    parts = [n for n in names if is_period(said[n], "quarter") and not is_period(said[n], "day")]
    years = {n: str(parse(n, "quarter").year) if whole[n] else "" for n in parts}
    return {name: ("", years[name]) for name in parts} if len(parts) > 1 else {}


def _places_and_years(names: Sequence[str]) -> Said:
    found = {name: years[0] for name in names if len(years := _YEAR.findall(name)) == 1}
    said = {
        name: (re.sub(r"^\W+|[^\w)]+$|\(\W*\)", "", _YEAR.sub(" ", name)).strip(), year)
        for name, year in found.items()
        if not is_period(name, "quarter")
    }
    places = Counter(place for place, _year in said.values())
    both = len(places) > 1 and max(places.values()) > 1 and "" not in places
    return said if both and len({*said.values()}) == len(said) else {}


def by_year(sheets: Sequence[Sheet]) -> Sheet | None:
    """All sheets as one, where each of several is a year, a part of one, or a place's year."""
    said = said_by([sheet.name for sheet in sheets])
    return Sheet(YEARS, False, (), parts=tuple(sheets)) if said else None


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
    """The rows of all its parts below each other, each with the place and the year that its sheet
    is. Raises Unreadable."""
    said = said_by([part.name for part in sheet.parts])
    if sheet.name == EVERY and not any(place for place, _year in said.values()):
        said = {part.name: (part.name, "") for part in sheet.parts}
    parts = [part for part in sheet.parts if part.name in said]
    found = alike(parts, lambda part: _without_year(read(part), said[part.name][1]))
    if len(found) < 2:
        raise Unreadable(_NOT_ALIKE if sheet.name == EVERY else _NO_YEARS_ALIKE)
    tables = {name: table for name, (table, _order) in found.items()}
    said = {name: said[name] for name in found}
    if not any(place for place, _year in said.values()):  # a title can say of which year a part is
        said = {name: ("", year or tables[name].year) for name, (_, year) in said.items()}
    roles = {
        role: [one[at] for one in said.values()]
        for at, role in enumerate(("place", "year"))
        if all(one[at] for one in said.values())
    }
    own = dict(zip(found, zip(*roles.values(), strict=True), strict=True)) if roles else {}
    rows = tuple(_rows(found, own))
    if len(rows) > MAX_ROWS:
        raise Unreadable(TOO_MANY_ROWS)
    first = next(table for table, order in found.values() if order == [*range(len(order))])
    others = [part.name for part in sheet.parts if part.name not in found]
    told = [] if [*roles] == ["place"] else [_about(roles, [*found])]
    told += [format_lazy(_LEFT_OUT, names=_listed(others))] if others else []
    years = {table.year for table in tables.values()}
    return replace(
        first,
        headings=(*roles, *first.headings),
        groups=(*("" for _role in roles), *first.groups) if first.groups else (),
        rows=rows,
        sheet=sheet.name,
        year=first.year if "year" not in roles and len(years) == 1 else "",
        names=(
            *(_("the names of the sheets") for _role in roles),
            *map(first.column_name, range(len(first.headings))),
        ),
        sources=(),
        of_sheets=(*roles,),
        remarks=(*told, *dict.fromkeys(one for table in tables.values() for one in table.remarks)),
    )


def _about(roles: Collection[str], names: Sequence[str]) -> Sentence:
    sentence = _AS_BOTH if "place" in roles else _AS_YEARS if years_of(names) else _AS_PARTS
    return format_lazy(sentence, names=_listed(names))


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
    found: Mapping[str, tuple[Table, Sequence[int]]], said: Mapping[str, Sequence[str]]
) -> Iterator[Row]:
    number = 0
    for name, (table, order) in found.items():
        for row in table.rows:
            number += 1
            spots = [table.spot(row, at) for at in order]
            own = said.get(name, ())
            yield Row(
                number,
                (*own, *(row.cell(at) for at in order)),
                (*(spots[0][0] for _one in own), *(at for at, _column in spots)),
                (*(0 for _one in own), *(column for _at, column in spots)),
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
