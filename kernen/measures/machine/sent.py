"""From the rows that a machine sends to figures, by the same reader as files."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kernen.lib.cpr import MESSAGE
from kernen.lib.periods import normalise

from ..actions import Figure
from ..models import Measure
from ..preview import figure_of
from ..reading.cells import Cell, Row, Sentence, clean, holds_cpr
from ..reading.figures import understand
from ..reading.numbers import LARGEST
from ..reading.results import Problem
from ..reading.table import Table
from ..rules import MADE_OF, PARTS

FIELDS = ("period", "value", "numerator", "denominator", "size", "spread", "note")
#: More events than that on one day are not rare.
MOST_A_DAY = 1000
#: The first so many problems are told; who sends a thousand wrong rows mends the first ones first.
MOST_TOLD = 100
NOT_KEPT = _("This holds signs that cannot be kept.")
#: What is right in every row.
_BEFORE = date(2000, 1, 1)
_RIGHT = {"value": 1, "numerator": 0, "denominator": int(LARGEST) - 1, "size": 2}


@dataclass(frozen=True)
class Amiss:
    """A row that is not as the description of the API says: what was said, and what of it is wrong
    as the library tells it."""

    said: Mapping[str, Any]
    errors: Sequence[Any]


@dataclass(frozen=True)
class Sent:
    """One row with its number from 1 and what was said in it, by field; and what of it is `wrong`
    already, by field: that is not read."""

    number: int
    said: Mapping[str, Any]
    wrong: Mapping[str, Sentence] = field(default_factory=dict)

    def row(self) -> Row:
        return Row(self.number, tuple(_cell(self.said.get(name)) for name in FIELDS))


def fields_of(measure: Measure) -> list[str]:
    """What a point of the measure is made of, in the order of `FIELDS`."""
    used = MADE_OF[measure.figures]
    return [name for name in FIELDS if name in used]


def read(rows: Sequence[Sent], measure: Measure) -> tuple[dict[int, Figure], list[Problem]]:
    """The figures of one series by the number of their row, and all that is wrong in the rows: then
    no figure counts."""
    spoilt = {row.number: found for row in rows if (found := _wrong(row, measure))}
    problems = [problem for found in spoilt.values() for problem in found]
    figures: dict[int, Figure] = {}
    if plain := [row for row in rows if row.number not in spoilt]:
        figures, wrong = _read(plain, measure)
        problems += wrong
    elif not rows:
        problems.append(Problem(_("There are no figures to load.")))
    for row in rows:
        if row.number in spoilt and len(problems) < MOST_TOLD:
            rest = Sent(row.number, _mended(row, spoilt[row.number], measure))
            problems += [one for one in _read([rest], measure)[1] if one.row is not None]
    return figures, sorted(problems, key=lambda problem: problem.row or 0)


def _mended(row: Sent, wrong: Iterable[Problem], measure: Measure) -> dict[str, Any]:
    """The row with something that is right in the place of what is not: so all else that is wrong
    in it is found, and nothing that only follows."""
    spoilt = {problem.column for problem in wrong}
    start = normalise(_BEFORE, measure.frequency).isoformat()
    used = {"period", *MADE_OF[measure.figures]}
    right = {name: said for name, said in ({"period": start} | _RIGHT).items() if name in used}
    said = {name: one for name, one in row.said.items() if name not in spoilt}
    return said | {name: one for name, one in right.items() if name in spoilt}


def _read(rows: Sequence[Sent], measure: Measure) -> tuple[dict[int, Figure], list[Problem]]:
    table = Table(FIELDS, None, tuple(_rows(rows, measure)))
    columns = {name: FIELDS.index(name) for name in ("period", "note", *fields_of(measure))}
    if measure.events:
        del columns["size"]
    told: dict[str, Any] = {"frequency": measure.frequency, "kind": measure.figures}
    reading = understand(table, columns=columns, said=True, **told)
    # That all the periods are missing is worth telling in a file; a machine may well say so.
    wrong = [one for one in reading.problems if one.row is not None or not reading.rows]
    figures = {row.row: figure_of(row) for row in reading.rows}
    return figures, [_named(one) for one in wrong]


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


def _wrong(sent: Sent, measure: Measure) -> list[Problem]:
    """What the reader of files need not ask."""
    found = [Problem(told, sent.number, name) for name, told in sent.wrong.items()]
    for name in FIELDS:
        if name not in sent.wrong and (told := _unfit(name, sent, measure)):
            found.append(Problem(told, sent.number, name))
    return found


def _unfit(name: str, sent: Sent, measure: Measure) -> Sentence | None:
    said = sent.said.get(name)
    cell = _cell(said)
    if holds_cpr(cell):
        return MESSAGE
    if isinstance(cell, str) and any(map(unkept, cell)):
        return NOT_KEPT
    if cell is not None and name in PARTS - MADE_OF[measure.figures]:
        told = _("The figures of this measure are made of {fields}.")
        return format_lazy(told, fields=", ".join(fields_of(measure)))
    if measure.events and name == "size" and said is not None and not 1 <= said <= MOST_A_DAY:
        return _("How many there were is a whole number from 1.")
    return None


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
