"""What the rows of a delivery say as a whole, before any of them is read."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import Any

from django.utils.text import format_lazy

from ..reading.cells import EMPTY, Row, Sheet, Unreadable, clean, holds_cpr, refuse_cpr, shown
from ..reading.levels import levels
from ..reading.numbers import decimal_signs, without
from ..reading.table import Table
from ..reading.tables import STRAY, header_of, units_of
from ..reading.titles import LEADING, year_of
from .rows import Rows
from .sheets import SheetRows

#: Rows from which the columns are proposed.
_SAMPLE = 200
#: How often it is told how far the reading is.
EVERY = 2_000
_DAY = re.compile(r"0\d{5}")


@dataclass(frozen=True)
class Surveyed:
    """The first rows as a table; among those that stand first the row of its headings (0 for none)
    and the last of them, where they take two; how many rows are below and how many of them hold
    nothing; and by column which decimal signs stand there, and behind its figures which unit."""

    table: Table
    lines: tuple[Row, ...]
    header: int
    last: int
    rows: int
    empty: int
    signs: tuple[set[str], ...]
    units: tuple[str, ...]


def first_lines(rows: Rows | SheetRows) -> tuple[Row, ...]:
    """Those in which the headings may stand. Raises Unreadable."""
    return tuple(row_of(*row) for row in islice(rows, LEADING))


def headings_in(lines: Sequence[Row]) -> int:
    """The row of the headings, 0 where none says what its columns hold."""
    at = header_of(lines)
    return 0 if at is None else lines[at].number


def survey(rows: Rows | SheetRows, header: int | None, tell: Callable[[int], None]) -> Surveyed:
    """Go through all rows once; `tell` is told how many there are so far. `header`: the row of the
    headings, 0 for none, where a person says so. Raises Unreadable, also where a CPR number stands
    anywhere."""
    lines = first_lines(rows)
    if not lines:
        raise Unreadable(EMPTY)
    header = headings_in(lines) if header is None else header
    headings, groups, above = heads(lines, header)
    signs: tuple[set[str], ...] = tuple(set() for _heading in headings)
    sample: list[Row] = []
    width, count, last = len(headings), 0, above
    for number, record in rows:
        counted = number > above
        for at, cell in enumerate(record):
            if not isinstance(cell, str):  # it is judged, and no doubt is what it says
                continue
            if len(cell) > 5 and _may_hold_cpr(cell):
                refuse_cpr([row_of(number, record)])
            decimal = ("," in cell or "." in cell) and len(cell) < 30
            if decimal and counted and at < width and len(signs[at]) < 2:
                signs[at].update(decimal_signs([clean(cell)]))
        if not counted:
            continue
        count, last = count + 1, number
        if not count % EVERY:
            tell(count)
        if len(record) > width and any(cell != "" for cell in record[width:]):
            raise Unreadable(format_lazy(STRAY, row=number))
        if count <= _SAMPLE:
            sample.append(row_of(number, record))
    units = (*units_of(sample), *("",) * width)[:width]
    table = Table(
        headings,
        header or None,
        tuple(without_units(row, units) for row in sample),
        groups=groups,
        units=tuple(dict.fromkeys(filter(None, units))),
    )
    titles = tuple(row for row in lines if row.number <= header)
    table = replace(table, year=year_of(Sheet(rows.sheet, False, titles), table))
    empty = last - above - count
    return Surveyed(table, lines, header, above, count, empty, signs, units)


def heads(lines: Sequence[Row], header: int) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    """What each column is called, what stands above several of them, and the last row of that."""
    at = next((at for at, row in enumerate(lines) if row.number == header), None)
    if at is None:
        return ("",) * max(len(row.cells) for row in lines), (), lines[0].number - 1
    below = [*lines[at + 1 :]]
    width = max(len(row.cells) for row in lines[: at + 2])
    names, groups = levels(lines[at - 1] if at else None, lines[at], below, width)
    last = lines[len(lines) - len(below) - 1]
    named = max(len(lines[at].cells), len(last.cells))
    return tuple(map(shown, names[:named])), groups[:named], last.number


def without_units(row: Row, units: Sequence[str]) -> Row:
    """The row without the unit of each column."""
    return replace(row, cells=tuple(map(without, row.cells, units))) if any(units) else row


@lru_cache(maxsize=50_000)
def _may_hold_cpr(cell: str) -> bool:
    """By itself, or with what stands beside it."""
    return holds_cpr(cell) or bool(_DAY.fullmatch(clean(cell) or ""))


def row_of(number: int, record: Sequence[Any]) -> Row:
    return Row(number, tuple(clean(cell) if isinstance(cell, str) else cell for cell in record))
