"""From the rows that a machine sends to figures, by the same reader as files."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kernen.lib.cpr import MESSAGE

from ..actions import Figure
from ..models import Measure
from ..preview import figure_of
from ..reading.cells import Cell, Row, clean, holds_cpr
from ..reading.figures import understand
from ..reading.results import Problem
from ..reading.table import Table
from ..rules import MADE_OF, PARTS

FIELDS = ("period", "value", "numerator", "denominator", "size", "spread", "note")
#: More events than that on one day are not rare.
MOST_A_DAY = 1000


@dataclass(frozen=True)
class Sent:
    """One row with its number from 1 and what was said in it, by field."""

    number: int
    said: Mapping[str, Any]

    def row(self) -> Row:
        return Row(self.number, tuple(_cell(self.said.get(name)) for name in FIELDS))


def fields_of(measure: Measure) -> list[str]:
    """What a point of the measure is made of, in the order of `FIELDS`."""
    used = MADE_OF[measure.figures]
    return [name for name in FIELDS if name in used]


def read(rows: Sequence[Sent], measure: Measure) -> tuple[list[Figure], list[Problem]]:
    """The figures of one series, and what is wrong in the rows: then no figure counts."""
    if problems := [problem for row in rows for problem in _wrong(row, measure)]:
        spoilt = {problem.row for problem in problems}
        others = [row for row in rows if row.number not in spoilt]
        problems += read(others, measure)[1] if others else []
        return [], sorted(problems, key=lambda problem: problem.row or 0)
    table = Table(FIELDS, None, tuple(_rows(rows, measure)))
    columns = {name: FIELDS.index(name) for name in ("period", "note", *fields_of(measure))}
    if measure.events:
        del columns["size"]
    if not rows:
        return [], [Problem(_("There are no figures to load."))]
    told: dict[str, Any] = {"frequency": measure.frequency, "kind": measure.figures}
    reading = understand(table, columns=columns, said=True, **told)
    # That all the periods are missing is worth telling in a file; a machine may well say so.
    wrong = [one for one in reading.problems if one.row is not None or not reading.rows]
    return [figure_of(row) for row in reading.rows], [_named(one) for one in wrong]


def _rows(rows: Iterable[Sent], measure: Measure) -> Iterable[Row]:
    """The rows as the reader takes them: of rare events one for each, the first with the cases."""
    for sent in rows:
        row = sent.row()
        yield row
        if measure.events:
            without = tuple(
                cell if name in ("period", "note") else None
                for name, cell in zip(FIELDS, row.cells, strict=True)
            )
            for _event in range((sent.said.get("size") or 1) - 1):
                yield Row(row.number, without)


def _wrong(sent: Sent, measure: Measure) -> Iterable[Problem]:
    """What the reader of files need not ask."""
    row = sent.row()
    for name, cell in zip(FIELDS, row.cells, strict=True):
        if holds_cpr(cell):
            yield Problem(MESSAGE, sent.number, name)
        elif isinstance(cell, str) and any(unkept(sign) for sign in cell):
            yield Problem(_("This holds signs that cannot be kept."), sent.number, name)
        elif cell is not None and name in PARTS - MADE_OF[measure.figures]:
            told = _("The figures of this measure are made of {fields}.")
            fields = ", ".join(fields_of(measure))
            yield Problem(format_lazy(told, fields=fields), sent.number, name)
    size = sent.said.get("size")
    if measure.events and size is not None and not 1 <= size <= MOST_A_DAY:
        yield Problem(_("How many there were is a whole number from 1."), sent.number, "size")


def unkept(sign: str) -> bool:
    """What a database does not take: nothing at all, and halves of signs."""
    return sign == "\0" or "\ud800" <= sign <= "\udfff"


def _named(problem: Problem) -> Problem:
    """The column by the name of its field, without the letter that a spreadsheet has."""
    name = problem.column.partition("(")[2].rstrip(")")
    return Problem(problem.message, problem.row, name)


def _cell(said: Any) -> Cell:
    if isinstance(said, str):
        return clean(said)
    return Decimal(said) if isinstance(said, int) else said
