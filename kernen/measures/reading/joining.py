"""A workbook with a sheet for each place: read as one table whose places are its sheets."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kernen.measures.reading.cells import MAX_ROWS, TOO_MANY_ROWS, Row, Sheet, Unreadable
from kernen.measures.reading.table import Table

#: What stands for all sheets together where one of them is chosen; no sheet can be called so.
EVERY = "*"
_NOT_ALIKE = gettext_lazy("No two sheets are laid out alike, so they cannot be read as places.")
_LEFT_OUT = gettext_lazy("Sheets that are laid out in another way are left out: {names}.")
_NAMED = 5

Heads = tuple[tuple[str, str], ...]


def every(sheets: Sequence[Sheet]) -> Sheet | None:
    """All sheets as one, where there are several."""
    return Sheet(EVERY, False, (), parts=tuple(sheets)) if len(sheets) > 1 else None


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
    """The rows of all its parts below each other, each with the name of its sheet. Raises
    Unreadable."""
    found = alike(sheet.parts, read)
    if len(found) < 2:
        raise Unreadable(_NOT_ALIKE)
    first = next(table for table, order in found.values() if order == [*range(len(order))])
    rows = tuple(_rows(found))
    if len(rows) > MAX_ROWS:
        raise Unreadable(TOO_MANY_ROWS)
    others = [part.name for part in sheet.parts if part.name not in found]
    names = ", ".join(others[:_NAMED]) + (" …" if len(others) > _NAMED else "")
    told = [format_lazy(_LEFT_OUT, names=names)] if others else []
    tables = [table for table, _order in found.values()]
    width = range(len(first.headings))
    return replace(
        first,
        headings=("place", *first.headings),
        groups=("", *first.groups) if first.groups else (),
        rows=rows,
        sheet=sheet.name,
        year=first.year if len({table.year for table in tables}) == 1 else "",
        names=(_("the names of the sheets"), *map(first.column_name, width)),
        sources=(),
        remarks=(*told, *dict.fromkeys(one for table in tables for one in table.remarks)),
    )


def _rows(found: Mapping[str, tuple[Table, Sequence[int]]]) -> Iterator[Row]:
    number = 0
    for name, (table, order) in found.items():
        for row in table.rows:
            number += 1
            spots = [table.spot(row, at) for at in order]
            yield Row(
                number,
                (name, *(row.cell(at) for at in order)),
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
