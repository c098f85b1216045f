"""Reading one row: its period, its numbers, and what is wrong with them."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import pairwise
from typing import TypeVar

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kernen.lib.periods import FREQUENCIES, label, normalise, number_of, parse
from kernen.measures.reading.cells import Cell, Row, Sentence, shown
from kernen.measures.reading.headings import PERIODS, role_of
from kernen.measures.reading.numbers import decimal_signs, is_open, parts, read_number
from kernen.measures.reading.results import Figure, Problem
from kernen.measures.reading.table import Table
from kernen.measures.reading.units import is_percent
from kernen.measures.reading.when import PeriodReader, begins_a_total

T = TypeVar("T")
_ENDS_IN_A_FIGURE = re.compile(r"[,;|\t]\s*(?!(?:19|20)\d\d\s*$)\d+\s*$")
_FIRST_YEAR = 1950  # before that no ward counted what is counted here
_MADE_OF_DAYS = ("month", "quarter", "year")  # and not of whole weeks
_TOO_SHORT = _(
    "“{text}” is too short a period: the series has one figure per {frequency}. Add the weeks up in"
    " your spreadsheet, or define a measure that is counted by week."
)
_NOT_THE_UNIT = _(
    "“{text}” is a percentage, and the figures of the series are in {unit}. Write it in {unit}."
)
_BOTH = _(
    "“{text}” is both numerator and denominator. Write each in its own column, or both in one"
    " column all the way down."
)
_SHARE = _("“{text}” is a percentage and not a count. Write how many.")
_NO_YEARS = _(
    "{count} periods, from “{first}” to “{last}”, have no year. Write it in each of them, as"
    " “{example}”, or in a column of its own called “year”."
)
_NEGATIVE = _("{number} cannot be: a count is a whole number from 0.")
_NOT_WHOLE = _("{number} cannot be: a count is a whole number.")
_TURNED = _(
    "“{text}” stands beside {period}, and is nearly a year from it. See that each has the year that"
    " it belongs to, or put the rows in order of time."
)
_MONTH_FIRST = re.compile(r"(\d\d?)/(\d\d?)/(\d{4})", re.ASCII)
_AMERICAN = _(
    "“{text}” may have its month before its day: only so are the rows in order of time. Write the"
    " dates as 31-12-2025, or put the rows in order."
)
#: Which of its year's periods the last is.
_LAST = {"week": (52, 53), "month": (12,), "quarter": (4,)}
_FULL_STOP = _(
    "A full stop is read as the decimal sign in {column}, as it is in other columns of the file."
)
_ADDED_UP = re.compile(
    r"\b(?:akk(?:umuleret|umulerede)?|kumul\w+|accumulated|cumulat\w+|år til dato|åtd|ytd|hittil"
    r"|rullende|glidende|rolling)\b",
    re.IGNORECASE,
)
_MAY_BE_ADDED_UP = _(
    "“{heading}” may hold figures of several periods together, and not those of each period. See"
    " that they are right."
)
_MANY = 4  # so many are not told one by one
MAX_NOTE = 300  # as long as a point keeps


class RowReader:
    """Reads row by row and keeps each problem it meets in `problems`, and in `empty` the periods
    whose figure was left empty. With `said` every row is there on purpose, also an empty one, as in
    what a machine sends; else an empty cell says nothing, unless its own note stands beside it."""

    def __init__(
        self,
        table: Table,
        frequency: str,
        columns: Mapping[str, int],
        today: date,
        kind: str | None = None,
        *,
        said: bool = False,
        own_note: bool = True,
        unit: str = "",
    ):
        self.table, self.frequency, self.today, self.kind = table, frequency, today, kind
        self.columns, self.said, self.own_note, self.unit = dict(columns), said, own_note, unit
        self.problems: list[Problem] = []
        self.remarks = [*map(Problem, table.remarks)]
        self.empty: set[date] = set()
        self.yearless: list[Row] = []
        self.periods = PeriodReader(table, frequency, columns)
        self.counts = "numerator" in columns
        self.observed = kind == "samples" and "size" not in columns
        self.roles = tuple(
            role for role in columns if role not in ("period", "year", "place", "note", "last")
        )
        if self.observed:
            first = columns["value"]
            side_by_side = range(first, max(columns.get("last", first), first) + 1)
            self.columns |= {f"value {at}": at for at in side_by_side}
            self.roles = tuple(f"value {at}" for at in side_by_side)
        self.in_one = self.counts and columns["numerator"] == columns["denominator"]
        written = [self._cells(row) for row in table.rows]
        self.signs = {role: self._signs(role, written) for role in self.roles}
        self.percent = {
            role
            for role in (() if self.counts else self.roles)
            if any(_is_percent(cells[role]) for cells in written)
        }
        if remark := self.periods.remark:
            self.remarks.append(Problem(remark))
        for heading in dict.fromkeys(table.headings[self.columns[role]] for role in self.roles):
            if _ADDED_UP.search(heading):
                told = format_lazy(_MAY_BE_ADDED_UP, heading=shown(heading))
                self.remarks.append(Problem(told))

    def _signs(self, role: str, written: Sequence[Mapping[str, Cell]]) -> set[str]:
        """The decimal signs of a role's column; where it leaves that open a full stop is one if it
        is so in other columns, since nobody writes 0.5 and 1.234 for 1234."""
        cells = [cells[role] for cells in written]
        whole = role in ("numerator", "denominator", "size")
        signs = decimal_signs(cells, whole=whole)
        if signs or whole or not any(map(is_open, cells)):
            return signs
        others = {
            at: [row.cell(at) for row in self.table.rows]
            for at, heading in enumerate(self.table.headings)
            if at not in self.columns.values() and role_of(heading) not in ("order", *PERIODS)
        }
        found = [decimal_signs(own) for own in others.values() if len({*own}) > 1]
        if {sign for own in found for sign in own} != {"."}:
            return signs
        column = self.table.column_name(self.columns[role])
        self.remarks.append(Problem(format_lazy(_FULL_STOP, column=column)))
        return {"."}

    def read(self, row: Row) -> Figure | None:
        """The figure of a row; None where there is none, or where something is wrong in it."""
        known = len(self.problems)
        cells = self._cells(row)
        if not any(cell is not None for cell in cells.values()) and self._holds_nothing(row):
            return None
        if role := self.periods.total(row):
            self.remarks.append(self._noted(row, role, _("This is a total. It is left out.")))
            return None
        start = self._tried(row, "period", partial(self._start, row))
        numbers = self._numbers(row, cells)
        if start is None or len(self.problems) > known:
            return None
        note = row.cell(self.columns["note"]) if "note" in self.columns else None
        words = note if isinstance(note, str) else shown(note)
        if len(words) > MAX_NOTE:
            self.wrong(row, "note", _("The note is longer than 300 characters: shorten it."))
            return None
        if self.observed:
            seen = tuple(number for number in numbers.values() if number is not None)
            return Figure(row.number, start, note=words, observations=seen)
        if self.kind == "events":
            return Figure(row.number, start, numbers.get("value"), note=words, size=1)
        size = numbers.get("size")
        return Figure(
            row.number,
            start,
            numbers.get("value"),
            numbers.get("numerator"),
            numbers.get("denominator"),
            note=words,
            size=None if size is None else int(size),
            spread=numbers.get("spread"),
        )

    def _holds_nothing(self, row: Row) -> bool:
        """Of a row without figures: whether it says of no period that its figure is missing."""
        written = self.periods.written(row)
        placed = "place" in self.columns
        if not written or self.periods.is_head(row):
            return True
        if self.kind == "events":  # the day is all there is
            return False
        figures = _ENDS_IN_A_FIGURE.search(written)  # not parted as the others are
        if not placed and (figures or self.periods.lacks_year(row) or begins_a_total(written)):
            return False
        try:
            start = self.periods.read(row)
        except ValueError:
            if placed or self.table.crossed:
                return True
            told = _("This row has no figure, and is no period. It is left out.")
            self.remarks.append(self._noted(row, "period", told))
            return True
        if start > self.today:  # a form with rows for what is to come
            return True
        noted = "note" in self.columns and row.cell(self.columns["note"]) is not None
        if self.said or (noted and self.own_note and not placed):
            return False
        self.empty.add(start)
        return True

    def tell_once(self) -> None:
        """Many periods without a year are one problem."""
        if len(self.yearless) < _MANY:
            return
        first, last = self.yearless[0], self.yearless[-1]
        words = {
            "count": len(self.yearless),
            "first": self.periods.shown(first),
            "last": self.periods.shown(last),
            "example": self.periods.with_year(first),
        }
        at = self.columns["period"]
        each = {(*self.table.place(row, at), row.sheet) for row in self.yearless}
        self.problems = [
            one for one in self.problems if (one.row, one.column, one.sheet) not in each
        ]
        self.wrong(first, "period", format_lazy(_NO_YEARS, **words))

    def refuse_turned(self, read: Sequence[tuple[Row, Figure]]) -> None:
        """The first and the last period of one year beside each other, where the rows are not in
        order of time: at the turn of the year one of them has the year of the other."""
        starts = [figure.start for _row, figure in read]
        once = self.observed or len({*starts}) == len(starts)
        ordered = once and starts in (sorted(starts), sorted(starts, reverse=True))
        if ordered or self.kind == "events":
            return
        days = [_MONTH_FIRST.fullmatch(self.periods.written(row)) for row, _figure in read]
        if all(days) and self._is_in_order([f"{d[3]}-{d[1]}-{d[2]}" for d in days if d]):
            first = read[0][0]
            words = {"text": self.periods.shown(first)}
            self.problems.clear()  # it is why
            self.wrong(first, "period", format_lazy(_AMERICAN, **words))
            return
        for (_before, one), (row, other) in pairwise(read):
            year, number = self._in_its_year(one.start)
            own_year, own = self._in_its_year(other.start)
            ends = min(number, own) == 1 and max(number, own) in _LAST.get(self.frequency, ())
            if year == own_year and ends:
                period = label(one.start, self.frequency)
                words = {"text": self.periods.shown(row), "period": period}
                self.wrong(row, "period", format_lazy(_TURNED, **words))

    def _is_in_order(self, texts: Sequence[str]) -> bool:
        try:
            starts = [parse(text, self.frequency) for text in texts]
        except ValueError:
            return False
        return starts == sorted(set(starts))

    def _in_its_year(self, start: date) -> tuple[int, int]:
        """The year of the period, and which of them it is in it."""
        if self.frequency == "week":
            year, week, _weekday = start.isocalendar()
            return year, week
        first = normalise(start, "year")
        return start.year, number_of(start, self.frequency) - number_of(first, self.frequency) + 1

    def wrong(self, row: Row, role: str, message: Sentence) -> None:
        self.problems.append(self._noted(row, role, message))

    def _noted(self, row: Row, role: str, message: Sentence) -> Problem:
        column = self.columns[role]
        where = self.table.place(row, column)
        return Problem(message, *where, shown(row.cell(column)), sheet=row.sheet)

    def _tried(self, row: Row, role: str, read: Callable[[], T]) -> T | None:
        try:
            return read()
        except ValueError as error:
            self.wrong(row, role, error.args[0])
            return None

    def _start(self, row: Row) -> date:
        text = self.periods.written(row)
        if not text:
            raise ValueError(_("This row has a figure but no period."))
        try:
            start = self.periods.read(row)
        except ValueError:
            self.yearless += [row] if self.periods.with_year(row) else []
            raise
        self.periods.refuse_other_year(row, start)
        if self.frequency in _MADE_OF_DAYS and self.periods.is_week(row):
            words = {"text": shown(text), "frequency": FREQUENCIES[self.frequency]}
            raise ValueError(format_lazy(_TOO_SHORT, **words))
        if start > self.today:
            period = label(start, self.frequency)
            raise ValueError(format_lazy(_("The period {period} is in the future."), period=period))
        if start.year < _FIRST_YEAR:
            period = label(start, self.frequency)
            raise ValueError(format_lazy(_("{period} is too long ago to be right."), period=period))
        return start

    def _cells(self, row: Row) -> dict[str, Cell]:
        """The cell of each number; "128/133" holds two."""
        cells = {role: row.cell(self.columns[role]) for role in self.roles}
        both = parts(cells["numerator"]) if self.in_one else None
        return dict(zip(self.roles, both, strict=True)) if both else cells

    def _numbers(self, row: Row, cells: Mapping[str, Cell]) -> dict[str, Decimal | None]:
        """The number of each role."""
        known = len(self.problems)
        one = self.in_one and not parts(row.cell(self.columns["numerator"]))
        numbers = {
            role: self._tried(row, role, partial(self._number, role, cell))
            for role, cell in cells.items()
            if not one or role == "numerator"  # what is wrong in it is told once
        }
        if len(self.problems) > known:
            return numbers
        if not self.counts:
            if complaint := about_several(numbers):
                self.wrong(row, *complaint)
            return numbers
        if one and numbers["numerator"] is not None:
            self.wrong(row, "numerator", _("Write both numerator and denominator, as 128/133."))
        elif complaint := about_counts(
            numbers["numerator"], numbers.get("denominator"), exposure=self.kind == "rates"
        ):
            self.wrong(row, *complaint)
        return numbers

    def _number(self, role: str, cell: Cell) -> Decimal | None:
        if self.counts and _is_percent(cell):
            raise ValueError(format_lazy(_SHARE, text=shown(cell)))
        if self.counts and not self.in_one and parts(cell):
            raise ValueError(format_lazy(_BOTH, text=shown(cell)))
        if not self.counts and _is_percent(cell) and self.unit and not is_percent(self.unit):
            words = {"text": shown(cell), "unit": self.unit}
            raise ValueError(format_lazy(_NOT_THE_UNIT, **words))
        number = read_number(cell, self.signs[role])
        if role in self.percent and number and abs(number) <= 1 and not _is_percent(cell):
            sentence = _(
                "“{text}” has no per cent sign, and others in the column have. Write it as they are"
                " written."
            )
            raise ValueError(format_lazy(sentence, text=shown(cell)))
        if self.kind == "events" and number is not None and (number < 0 or number % 1):
            raise ValueError(format_lazy(_NOT_WHOLE, number=shown(number)))
        return number


def _is_percent(cell: Cell) -> bool:
    return isinstance(cell, str) and cell.endswith("%")


def about_several(numbers: Mapping[str, Decimal | None]) -> tuple[str, Sentence] | None:
    """The role and the sentence of the first thing wrong with a mean and what stands behind it."""
    size, spread = numbers.get("size"), numbers.get("spread")
    if size is not None and (size < 1 or size % 1):
        return "size", _("How many there were is a whole number from 1.")
    if "size" in numbers and (size is None) != (numbers["value"] is None):
        return "size", _("Write both the mean and how many observations stand behind it.")
    if spread is not None and (spread < 0 or not size or size < 2):
        return "spread", _(
            "A standard deviation is not negative, and it takes two observations to have one."
        )
    return None


def about_counts(
    numerator: Decimal | None, denominator: Decimal | None, *, exposure: bool
) -> tuple[str, Sentence] | None:
    """The role and the sentence of the first thing wrong with a pair of counts."""
    for role, number in (("numerator", numerator), ("denominator", denominator)):
        if number is not None and number < 0:
            return role, format_lazy(_NEGATIVE, number=shown(number))
        if number is not None and number != number.to_integral_value():
            return role, format_lazy(_NOT_WHOLE, number=shown(number))
    if numerator is None and denominator is None:
        return None
    if numerator is None:
        return "numerator", _("The numerator is missing, but there is a denominator.")
    if denominator is None:
        return "denominator", _("The denominator is missing, but there is a numerator.")
    if numerator > denominator and not (exposure and denominator):
        sentence = (
            _("The numerator {numerator} is larger than the denominator {denominator}.")
            if denominator
            else _("The denominator is 0, but the numerator is {numerator}.")
        )
        words = {"numerator": shown(numerator), "denominator": shown(denominator)}
        return "numerator" if denominator else "denominator", format_lazy(sentence, **words)
    return None
