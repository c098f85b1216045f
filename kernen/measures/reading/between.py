"""What stands between the figures of a table: headings again, the numbers of pages, and lines that
say whose the figures below them are."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise

from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kernen.measures.reading.cells import Cell, Row, Sentence, as_heading, shown
from kernen.measures.reading.headings import PERIODS, role_of
from kernen.measures.reading.levels import holds_figures, is_wordy
from kernen.measures.reading.numbers import is_number
from kernen.measures.reading.table import Table
from kernen.measures.reading.when import PeriodReader, begins_a_total, is_when

ANOTHER_TABLE = gettext_lazy(
    "Headings stand here again, so another table may begin. Keep only the rows that belong here."
)
ALONE = gettext_lazy(
    "“{text}” stands alone between rows of figures, so those of something else may begin here. Keep"
    " only the rows that belong here, or write in a column of its own what each row is of."
)
_LINES = gettext_lazy(
    "The lines “{first}” and “{second}” are read as places, each with the rows below it. A figure"
    " on such a line is a total, and is left out."
)
_LINES_MORE = gettext_lazy(
    "{count} lines, from “{first}” to “{last}”, are read as places, each with the rows below it. A"
    " figure on such a line is a total, and is left out."
)
_PERIODS = gettext_lazy(
    "The lines “{first}”, “{second}” … are read as periods, each with the places below it. A figure"
    " on such a line is a total, and is left out."
)
_SAMPLE = 100  # rows that show in which column the periods stand
#: What is written to be read, and begins nothing.
_NOTE = re.compile(
    r"[*(\[†¹²³]|\d+\)|(?:kilde|note|noter|nb|obs|bemærk\w*|forklaring|ny\w*|source|remark)\b"
    r"|.*\b(?:halvår|tertial|kvartal|quarter|sæson|år|året|year)\b|.*\.$|.{41,}",
    re.IGNORECASE | re.DOTALL,
)


def is_said_of_all(text: object) -> bool:
    """Whether it is written to be read, such as a source, and begins nothing."""
    return bool(_NOTE.match(str(text)))


def own_rows(table: Table, periods: PeriodReader) -> tuple[list[Row], list[Row], Sentence]:
    """The rows of the table, those from where another may begin, and what says so. The same
    headings may stand again right below the figures, as on the pages of a print."""
    own = list[Row]()
    for at, row in enumerate(table.rows):
        if _begins_other(table, periods, own, at):
            told = format_lazy(ALONE, text=periods.shown(row))
            return own, [*table.rows[at:]], told
        named = role_of(periods.written(row)) in PERIODS and is_wordy(row)
        heads = [as_heading(cell) for cell in row.cells] if named else []
        same = heads == [*table.headings]
        if not named or not (same or len({*map(role_of, heads)} - {None}) > 1):
            own.append(row)
            continue
        last = next((one for one in reversed(own) if not _is_page(one)), None)
        between = row.number - last.number - 1 if last else 0
        pages = sum(map(_is_page, own[-between:])) if between else 0
        below = last is not None and pages == between and holds_figures(last)
        if table.header_row and not (same and below):
            return own, [*table.rows[at:]], ANOTHER_TABLE
    return own, [], ""


def _begins_other(table: Table, periods: PeriodReader, own: Sequence[Row], at: int) -> bool:
    """Whether a name stands alone in the row, with periods and figures above it and below."""
    row = table.rows[at]
    if row.filled != 1 or table.across or table.crossed or _is_page(row):
        return False
    name = row.cell(periods.column)
    if not _is_name(name) or _NOTE.match(str(name)) or periods.total(row):
        return False
    below = table.rows[at + 1 : at + 2]
    return all(any(map(partial(_is_read, periods), rows)) for rows in (own, below))


def _is_read(periods: PeriodReader, row: Row) -> bool:
    return holds_figures(row) and periods.can_read(row)


def _is_page(row: Row) -> bool:
    """Whether nothing but the number of a page stands there."""
    words = as_heading(next((cell for cell in row.cells if cell is not None), None))
    return row.filled == 1 and re.match(r"(?:side|page) \d", words.casefold()) is not None


def _is_name(cell: Cell) -> bool:
    """Whether it is in words, and can be the name of a place."""
    words = isinstance(cell, str) and any(map(str.isalpha, cell)) and not is_number(cell)
    return words and not is_when(cell) and role_of(cell) in (None, "place")


def by_lines(table: Table) -> Table:
    """With the places in a column of their own where each stands on a line above its periods, as in
    a pivot table."""
    if table.across or "place" in map(role_of, table.headings):
        return table
    at = next((i for i in range(len(table.headings)) if _holds_periods(table, i)), None)
    if at is None:
        return table
    lines = {
        row.number: shown(row.cell(at))
        for row, below in pairwise(table.rows)
        if _is_line(row, at) and is_when(below.cell(at))
    }
    names = [*lines.values()]
    apart = len({*names}) == len(names) > 1
    if not apart or table.rows[0].number not in lines:
        return _below_periods(table, at)
    rows, name = list[Row](), ""
    for row in table.rows:
        name = lines.get(row.number, name)
        if row.number not in lines:
            rows.append(_of_place(row, name))
    if not _again(rows, at):
        return table
    told = {"first": names[0], "second": names[1], "last": names[-1], "count": len(names)}
    sentence = format_lazy(_LINES if len(names) == 2 else _LINES_MORE, **told)
    return _with_places(table, at, rows, sentence)


def _below_periods(table: Table, at: int) -> Table:
    """The same where the places stand below each period, and the same again below the next."""
    rows, heads, period = list[Row](), list[Row](), None
    for row in table.rows:
        if is_when(row.cell(at)):
            period = row.cell(at)
            heads.append(row)
        elif row.filled > 1 and not begins_a_total(shown(row.cell(at))):
            if not _is_line(row, at):
                return table
            cells = tuple(period if i == at else cell for i, cell in enumerate(row.cells))
            rows.append(_of_place(replace(row, cells=cells), shown(row.cell(at))))
    names = {row.cells[-1] for row in rows}
    first = len(heads) > 1 and heads[0] is table.rows[0]
    if not first or not 1 < len(names) < len(rows):
        return table
    told = {"first": shown(heads[0].cell(at)), "second": shown(heads[1].cell(at))}
    return _with_places(table, at, rows, format_lazy(_PERIODS, **told))


def _of_place(row: Row, name: str) -> Row:
    numbers = (*row.numbers, row.number) if row.numbers else ()
    return replace(row, cells=(*row.cells, name), numbers=numbers)


def _with_places(table: Table, at: int, rows: Sequence[Row], told: Sentence) -> Table:
    width = len(table.headings)
    return replace(
        table,
        headings=(*table.headings, "place"),
        groups=(*table.groups, "") if table.groups else (),
        rows=tuple(rows),
        sources=(*(table.sources or range(width)), at),
        names=(*(table.names or ("",) * width), _("the lines between")),
        remarks=(*table.remarks, told),
    )


def _holds_periods(table: Table, at: int) -> bool:
    return sum(is_when(row.cell(at)) for row in table.rows[:_SAMPLE]) > 1


def _is_line(row: Row, at: int) -> bool:
    """Whether a name stands there that is no total's."""
    return _is_name(row.cell(at)) and not begins_a_total(str(row.cell(at)))


def _again(rows: Sequence[Row], at: int) -> bool:
    """Whether a period of one place is that of another too."""
    said = {(row.cell(at), row.cells[-1]) for row in rows if is_when(row.cell(at))}
    return len({when for when, _name in said}) < len(said)
