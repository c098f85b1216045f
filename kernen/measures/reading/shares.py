"""A percentage that stands beside a numerator and a denominator: it is not read, and says whether
they are understood as they were meant."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kernen.measures.reading.cells import Cell, Row, shown
from kernen.measures.reading.numbers import decimal_signs, is_number, read_number
from kernen.measures.reading.results import Figure, Problem
from kernen.measures.reading.table import Table
from kernen.measures.reading.which import mostly

_ONE = _(
    "“{text}” does not agree with {numerator} of {denominator}, which is what is read. Check which"
    " of them is right."
)
_MANY = _(
    "{count} percentages in {column} do not agree with numerator and denominator, which are what is"
    " read. The first is “{text}” beside {numerator} of {denominator} in {row}."
)
_NAMED = re.compile(r"%|\b(?:andel|pct|procent|percent|per cent|share|proportion)", re.IGNORECASE)
_LEAST = Decimal("0.000001")  # what a spreadsheet loses by reckoning

Read = Sequence[tuple[Row, Figure]]


def about_shares(table: Table, columns: Mapping[str, int], read: Read) -> list[Problem]:
    """What is told of percentages that the counts beside them do not give."""
    told = []
    for at in _shares(table, columns):
        wrong = [*_wrong(table, at, read)]
        if not wrong:
            continue
        row, figure = wrong[0]
        words = {
            "text": shown(row.cell(at)),
            "numerator": shown(figure.numerator),
            "denominator": shown(figure.denominator),
        }
        if len(wrong) == 1:
            place = table.place(row, at)
            one = format_lazy(_ONE, **words)
            told.append(Problem(one, *place, shown(row.cell(at)), sheet=row.sheet))
            continue
        words |= {"column": table.column_name(at), "row": table.row_name(row.number)}
        told.append(Problem(format_lazy(_MANY, count=len(wrong), **words)))
    return told


def _shares(table: Table, columns: Mapping[str, int]) -> Iterator[int]:
    """The columns of percentages that belong to the counts; one that says the same in every row is
    a target."""
    groups = table.groups or ("",) * len(table.headings)
    for at, heading in enumerate(table.headings):
        if at in columns.values() or groups[at] != groups[columns["numerator"]]:
            continue
        cells = [cell for row in table.rows if (cell := row.cell(at)) is not None]
        named = _NAMED.search(heading) or mostly(table, at, _is_percent)
        if named and mostly(table, at, is_number) and (len(cells) == 1 or len({*cells}) > 1):
            yield at


def _wrong(table: Table, at: int, read: Read) -> Iterator[tuple[Row, Figure]]:
    signs = decimal_signs(row.cell(at) for row in table.rows)
    for row, figure in read:
        try:
            said = read_number(row.cell(at), signs)
        except ValueError:  # a formula without its result, or a word
            continue
        if said is None or figure.numerator is None or not figure.denominator:
            continue
        share = figure.numerator / figure.denominator
        scales = (100,) if _is_percent(row.cell(at)) else (100, 1)
        last = max(Decimal(1).scaleb(min(int(said.as_tuple().exponent), 0)), _LEAST)
        if all(abs(said - share * scale) > last for scale in scales):
            yield row, figure


def _is_percent(cell: Cell) -> bool:
    return isinstance(cell, str) and cell.endswith("%")
