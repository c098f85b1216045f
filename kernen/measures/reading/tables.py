"""From the rows of a sheet to a table: its headings, and a row below them for each period.

Where the periods stand side by side the sheet is turned, so that all that follows reads one kind
of table; each cell still knows where it stood."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kernen.measures.reading import crossing, joining
from kernen.measures.reading.between import by_lines
from kernen.measures.reading.cells import (
    EMPTY,
    MAX_ACROSS,
    MAX_COLUMNS,
    MAX_ROWS,
    TOO_MANY_ROWS,
    Cell,
    Row,
    Sheet,
    Unreadable,
    as_heading,
    column_letter,
    is_period,
    is_year,
    shown,
)
from kernen.measures.reading.headings import COUNTED, PERIODS, role_of
from kernen.measures.reading.levels import holds_figures, is_wordy, levels, padded
from kernen.measures.reading.numbers import is_number, unit_of, why_none, without
from kernen.measures.reading.table import Table
from kernen.measures.reading.titles import LEADING, with_period, year_of

#: What spreadsheets write above the rows of a pivot table, below what stands above its columns.
_OF_PIVOTS = {"Rækkenavne", "Rækkemærkater", "Row Labels"}
#: What a row of several for one period can hold, and how many they are at most.
_TOLD, _PARTS = {*COUNTED, "count", "value"}, 4
_ENOUGH = 200  # rows that show whether a column tells it
_NAMED_YEAR = re.compile(r"(?:år|året|year) (?:19|20)\d\d:?", re.IGNORECASE)
_NOT_FIGURES = _(
    "There are no figures that can be read: “{text}” in cell {cell} is not written as a number."
    " Put each period in a row with its figure."
)


_IN_CELL = _("There are no figures that can be read. Cell {cell}: {sentence}")
STRAY = _(
    "Row {row} has more cells than there are headings. Where figures have a decimal comma, put"
    " semicolons between the cells."
)
_DECIMALS = re.compile(r"\d{1,3}", re.ASCII)
_NOTED = _(
    "Row {row} has a number where a note is to stand. Where figures have a decimal comma, put"
    " semicolons between the cells."
)


def table_of(
    sheet: Sheet,
    *,
    dates: bool = False,
    across: bool = False,
    crossed: bool = False,
    header: int | None = None,
    wide: bool = False,
) -> Table:
    """The sheet as a table. Raises Unreadable.

    `dates`: it is a list of days, which may stand in one column alone. `across`: its periods stand
    side by side. `crossed`: half of a period stands in its row and half above its column. `header`:
    the row of the headings, 0 for none, where a person says so of one sheet. `wide`: there may be
    columns for many places."""
    if sheet.parts:
        how: dict[str, Any] = {"dates": dates, "across": across, "crossed": crossed, "wide": wide}
        return joining.joined(sheet, partial(table_of, **how))
    rows = [row for row in sheet.rows if row.filled]
    if not rows:
        raise Unreadable(EMPTY)
    if dates and not across:
        table = _list_of_days(rows, header)
    else:
        table = _table(rows, across, header, wide=wide, crossed=crossed, name=sheet.name)
    if sheet.commas and not across and not crossed:
        _refuse_stray_commas(sheet, table)
    return replace(table, sheet=sheet.name, year=year_of(sheet, table))


def holds_day(row: Row) -> bool:
    return any(is_period(cell, "day") for cell in row.cells)


def lines_of(sheet: Sheet, *, across: bool = False) -> list[Row]:
    """The rows in which the headings may stand; of a turned sheet its columns."""
    rows = [row for row in sheet.rows if row.filled]
    if across and rows:
        rows = _turned([replace(row, cells=row.cells[:LEADING]) for row in rows[:MAX_ACROSS]])
    return rows[:LEADING]


def _at(rows: Sequence[Row], number: int) -> int | None:
    return next((at for at, row in enumerate(rows) if row.number == number), None)


def _table(
    rows: Sequence[Row], across: bool, said: int | None, *, wide: bool, crossed: bool, name: str
) -> Table:
    if not any(row.filled > 1 for row in rows):
        raise Unreadable(
            _("There is only one column. Put the period in one column and the figure in another.")
        )
    crossing_at = crossing.crossing_row(rows[:LEADING]) if crossed and said is None else None
    rows, units = _without_units(rows)
    if not any(map(holds_figures, rows)):
        raise _no_figures(rows)
    sources: tuple[int, ...] = ()
    if across:
        sources = tuple(row.number for row in rows)
        rows = _turned(rows)
    if said is not None:
        header = _at(rows, said)
    else:
        header = header_of(rows) if crossing_at is None else crossing_at
    below = rows if header is None else rows[header + 1 :]
    if not any(map(holds_figures, below)):
        raise Unreadable(_("There are no figures. Put each period in a row with its figure."))
    found = by_parts(
        replace(
            _from_header(rows, header, across, wide=wide or across or crossed),
            sources=sources,
            units=units,
        )
    )
    if crossed:
        return crossing.crossed(found)
    return by_lines(found if across else with_period(found, name, rows[: header or 0]))


def _no_figures(rows: Sequence[Row]) -> Unreadable:
    """With the first cell that may be meant for one."""
    for row in rows:
        for at, cell in enumerate(row.cells):
            if not at or not isinstance(cell, str) or _are_periods([cell]):
                continue
            if any(map(str.isdigit, cell)):
                place = f"{column_letter(at)}{row.number}"
                if told := why_none(cell):
                    return Unreadable(format_lazy(_IN_CELL, cell=place, sentence=told))
                return Unreadable(format_lazy(_NOT_FIGURES, text=shown(cell), cell=place))
    return Unreadable(_("There are no figures. Put each period in a row with its figure."))


def _without_units(rows: Sequence[Row]) -> tuple[Sequence[Row], tuple[str, ...]]:
    """The rows without the unit that stands behind each figure of a column: "12 dage"; and those
    units."""
    units = units_of(rows)
    if any(units):
        rows = [replace(row, cells=tuple(map(without, row.cells, units))) for row in rows]
    return rows, tuple(dict.fromkeys(filter(None, units)))


def units_of(rows: Sequence[Row]) -> list[str]:
    """By column the unit that stands behind each of its figures, or ""."""
    width = max((len(row.cells) for row in rows), default=0)
    columns = ([row.cell(at) for row in rows] for at in range(width))
    return [("" if _are_periods(cells) else unit_of(cells)) for cells in columns]


def _are_periods(cells: Sequence[Cell]) -> bool:
    """Whether the first of them are periods, also those that lack their year."""
    texts = [cell for cell in cells if isinstance(cell, str)][:LEADING]
    found = [is_period(text, "year") or is_period(f"{text} 2018", "year") for text in texts]
    return 2 * sum(found) > len(found)


def _turned(rows: Sequence[Row]) -> list[Row]:
    """The columns as rows; their numbers count from 1, as A does."""
    if len(rows) > MAX_ACROSS:
        raise Unreadable(_("More than 600 rows stand below each other. Load smaller parts."))
    width = max(len(row.cells) for row in rows)
    turned = (Row(at + 1, tuple(row.cell(at) for row in rows)) for at in range(width))
    return [row for row in turned if row.filled]


def _list_of_days(rows: Sequence[Row], said: int | None) -> Table:
    first = next((at for at, row in enumerate(rows) if holds_day(row)), None)
    if first is None:
        raise Unreadable(_("There are no dates. Put the date of each event in a row of its own."))
    above = first - 1 if first else None
    header = above if said is None else _at(rows, said)
    return _from_header(rows, header, across=False, wide=False)


def _from_header(rows: Sequence[Row], header: int | None, across: bool, *, wide: bool) -> Table:
    below = list(_below_titles(rows) if header is None else rows[header + 1 :])
    if len(below) > MAX_ROWS:
        raise Unreadable(TOO_MANY_ROWS)
    width = max(i for row in rows for i, cell in enumerate(row.cells, 1) if cell is not None)
    most = MAX_ACROSS if wide else MAX_COLUMNS
    if width > most:
        sentence = _("There are more than {most} columns. Keep only those that are needed.")
        raise Unreadable(format_lazy(sentence, most=most))
    headings, groups = ("",) * width, tuple[str, ...]()
    if header is not None:
        above = rows[header - 1] if header else None
        headings, groups = levels(above, rows[header], below, width)
    return Table(
        headings=headings,
        header_row=None if header is None else rows[header].number,
        rows=tuple(Row(row.number, padded(row, width)) for row in below),
        groups=groups,
        across=across,
    )


def _below_titles(rows: Sequence[Row]) -> Sequence[Row]:
    """Without headings, titles still stand alone in their rows, and are no periods."""
    first = next(
        (at for at, row in enumerate(rows) if row.filled > 1 or _are_periods([*row.cells])), 0
    )
    return rows[first:]


def by_parts(table: Table) -> Table:
    """Where numerator and denominator, or count and percentage, stand below each other, a column
    for each instead."""
    found = next(filter(None, (_parts(table, i) for i in range(len(table.headings)))), None)
    if found is None:
        return table
    telling, words, part_of = found
    others = [i for i in range(len(table.headings)) if i != telling]
    numeric = [i for i in others if _is_figures(table, i)]
    kept = [i for i in others if i not in numeric]
    if not kept:
        return table
    sources = table.sources or tuple(range(len(table.headings)))
    columns = [(i, part) for i in numeric for part in words]
    named = [shown(table.headings[i]) for i in numeric]
    return replace(
        table,
        headings=(*(table.headings[i] for i in kept), *(words[part] for _i, part in columns)),
        groups=(*("" for _i in kept), *(table.headings[i] for i, _part in columns))
        if len(named) > 1
        else (),
        rows=tuple(_gathered(table, telling, kept, columns, part_of)),
        sources=tuple(sources[i] for i in (*kept, *(i for i, _part in columns))),
    )


def _parts(table: Table, index: int) -> tuple[int, dict[str, str], Callable[[Cell], str]] | None:
    """Where a column tells what each row counts: the column, a heading for each part, and how it is
    told."""
    cells = [cell for row in table.rows if (cell := row.cell(index)) is not None]
    words = dict.fromkeys(cells)
    if 1 < len(words) <= _PARTS and all(role_of(word) in _TOLD for word in words):
        return index, {as_heading(word): as_heading(word) for word in words}, as_heading
    if not any(_part_of(cell) in COUNTED for cell in cells[:_ENOUGH]):
        return None
    counted = [part for cell in cells if (part := _part_of(cell)) in COUNTED]
    if {*counted} != COUNTED or 2 * len(counted) < len(cells) or len(counted) < 2:
        return None
    heads = {_part_of(cell): shown(cell) for cell in cells}
    return index, {part: heads[part] for part in sorted(COUNTED, reverse=True)}, _part_of


def _part_of(cell: Cell) -> str:
    """Which part of a share it names: "antal" beside "i alt" is the smaller of them."""
    role = role_of(cell) or ""
    return "numerator" if role == "count" else role


def _is_figures(table: Table, index: int) -> bool:
    filled = [cell for row in table.rows if (cell := row.cell(index)) is not None]
    return (
        role_of(table.headings[index]) not in PERIODS
        and bool(filled)
        and 2 * sum(map(is_number, filled)) >= len(filled)
        and not all(is_year(cell) or is_period(cell, "month") for cell in filled)
    )


def _gathered(
    table: Table,
    telling: int,
    kept: list[int],
    columns: list[tuple[int, str]],
    part_of: Callable[[Cell], str],
) -> list[Row]:
    """A row for all that belongs to one period and place; an empty cell says what is above it."""
    last: dict[int, Cell] = {}
    groups: list[tuple[tuple[Cell, ...], dict[str, Row], Row]] = []
    for row in table.rows:
        last |= {i: cell for i in kept if (cell := row.cell(i)) is not None}
        labels, part = tuple(last.get(i) for i in kept), part_of(row.cell(telling))
        if not groups or groups[-1][0] != labels or part in groups[-1][1]:
            groups.append((labels, {}, row))
        groups[-1][1][part] = row
    gathered: list[Row] = []
    for labels, of_part, first in groups:
        picked = [of_part.get(part, first) for _i, part in columns]
        cells = [
            picked[at].cell(i) if part in of_part else None for at, (i, part) in enumerate(columns)
        ]
        numbers = (*(first.number for _i in kept), *(row.number for row in picked))
        gathered.append(Row(first.number, (*labels, *cells), numbers))
    return gathered


def _refuse_stray_commas(sheet: Sheet, table: Table) -> None:
    """A decimal comma in a file with commas between its cells moves the rest of the row."""
    headings = max((i for i, heading in enumerate(table.headings, start=1) if heading), default=0)
    widths = {row.number: len(row.cells) for row in sheet.rows}
    most = widths.get(table.header_row or 0, 0)
    notes = [at for at, heading in enumerate(table.headings) if role_of(heading) == "note"]
    for row in table.rows if headings else ():
        beyond = any(cell is not None for cell in row.cells[headings:])
        if beyond or widths[row.number] > most:
            raise Unreadable(format_lazy(STRAY, row=row.number))
        if any(_DECIMALS.fullmatch(shown(row.cell(at))) for at in notes):
            raise Unreadable(format_lazy(_NOTED, row=row.number))


def header_of(rows: Sequence[Row]) -> int | None:
    """Where the headings stand: in the first row with two known words, else above the figures."""
    rows = [*map(_with_corner, rows[:LEADING]), *rows[LEADING:]]
    first = next((index for index, row in enumerate(rows) if holds_figures(row)), 0)
    wordy = _below_filters(rows, [at for at, row in enumerate(rows[:LEADING]) if is_wordy(row)])
    known = {index: len(set(map(role_of, rows[index].cells)) - {None}) for index in wordy}
    certain = [index for index in wordy if rows[index].cell(0) in _OF_PIVOTS]
    certain = certain or [index for index in wordy if known[index] > 1]
    if certain:
        return certain[0]
    above = [index for index in wordy if index < first]
    return max(above, key=lambda index: (known[index], index), default=None)


def _with_corner(row: Row) -> Row:
    """Where the year of all periods stands in the corner, beside what is counted, it is a word as
    the others are."""
    corner, beside = row.cell(0), row.cells[1:]
    named = isinstance(corner, str) and _NAMED_YEAR.fullmatch(corner) is not None
    counted = {*map(role_of, beside)} & {*COUNTED, "count", "value", "place"}
    worded = named and row.filled > 1 and not holds_figures(row)
    is_head = worded or (is_year(corner) and counted)
    return replace(row, cells=("year", *beside)) if is_head else row


def _below_filters(rows: Sequence[Row], wordy: list[int]) -> list[int]:
    """Without the lines above a pivot table that say what it was filtered by: "Afdeling | (Alle)",
    parted by an empty line from the words above its figures."""
    top = next((at for at, row in enumerate(rows) if row.filled != 2 or at not in wordy), 0)
    below = range(top, 0, -1)
    parted = (at for at in below if rows[at].number > rows[at - 1].number + 1 and at in wordy)
    first = next(parted, 0)
    return [at for at in wordy if at >= first]
