"""Columns that are not read, and say that rows belong to different things."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kernen.measures.reading.cells import Cell, Row, as_heading, is_period
from kernen.measures.reading.headings import PERIODS, role_of
from kernen.measures.reading.numbers import is_number
from kernen.measures.reading.places import folded
from kernen.measures.reading.results import Problem
from kernen.measures.reading.table import Table
from kernen.measures.reading.when import PeriodReader

_BLOCKS = _(
    "{column} parts the rows ({names}), and all of them are read as of one series. See that they"
    " belong together."
)
_OTHER_PERIODS = _(
    "{other} holds other periods than {one}, which are read. See that it is the right column."
)
_SHOWN, _SAMPLE = 3, 100


def about_parts(table: Table, columns: Mapping[str, int]) -> Iterator[Problem]:
    """What is told of a column that parts the rows into several blocks."""
    for at in telling(table, columns):
        blocks = [
            (cell, len([*same])) for cell, same in groupby(row.cell(at) for row in table.rows)
        ]
        names = [as_heading(cell) for cell, _many in blocks if cell is not None]
        if 1 < len(names) == len(blocks) == len({*names}) and min(many for _, many in blocks) > 1:
            words = ", ".join(names[:_SHOWN]) + (" …" if names[_SHOWN:] else "")
            told = format_lazy(_BLOCKS, column=table.column_name(at), names=words)
            yield Problem(told)


def about_periods(
    table: Table, periods: PeriodReader, columns: Mapping[str, int]
) -> Iterator[Problem]:
    """What is told of a column with other periods than those that are read, where no heading says
    which of them is meant: "Indlagt" and "Udskrevet"."""
    if role_of(periods.heading) in PERIODS or table.crossed or not periods.heading:
        return
    rows = [row for row in table.rows[:_SAMPLE] if periods.can_read(row)]
    for at in {*range(len(table.headings))} - {*columns.values()}:
        other = PeriodReader(table, periods.frequency, {"period": at})
        both = [row for row in rows if not is_number(row.cell(at)) and other.can_read(row)]
        if any(other.read(row) != periods.read(row) for row in both):
            names = {"other": table.column_name(at), "one": table.column_name(periods.column)}
            yield Problem(format_lazy(_OTHER_PERIODS, **names))


def of_measure(table: Table, columns: Mapping[str, int], name: str) -> int | None:
    """The column beside those that are read in which rows are of the measure, and others of other
    ones."""
    for at in telling(table, columns) if name else ():
        said = {folded(as_heading(row.cell(at))) for row in table.rows} - {""}
        if folded(name) in said and len(said) > 1:
            return at
    return None


def told_apart(table: Table, columns: Mapping[str, int], one: Row, other: Row) -> str:
    """The name of a column that is not read and says another thing in the two rows."""
    found = (at for at in telling(table, columns) if one.cell(at) != other.cell(at))
    return next(map(table.column_name, found), "")


def telling(table: Table, columns: Mapping[str, int]) -> Sequence[int]:
    """Columns of words, or of the codes of places, beside those that are read."""
    return [
        at
        for at, heading in enumerate(table.headings)
        if at not in columns.values()
        and heading
        and role_of(heading) not in ("note", *PERIODS)
        and (role_of(heading) == "order" or not any(_is_figure(r.cell(at)) for r in table.rows))
    ]


def _is_figure(cell: Cell) -> bool:
    """Whether it is a number, or a day on which something was written down."""
    return is_number(cell) or is_period(cell, "year")
