"""Reads the rows of one measure in a delivery: its kind of figures and its periods."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from ..actions import FIGURE, Figure
from ..models import Measure, Point
from ..preview import figure_of
from ..reading.cells import Cell, Row, Sentence, as_heading, shown
from ..reading.columns import ROLES_OF, propose
from ..reading.figures import lacking, twins_of
from ..reading.results import Problem
from ..reading.rows import RowReader
from ..reading.shares import about_shares
from ..reading.units import about_unit, refuse_other
from ..reading.unread import telling
from ..reading.when import PeriodReader
from .spool import Spooled
from .surveying import row_of, without_units

if TYPE_CHECKING:
    from .reader import Reader

#: Words for periods that are kept in mind.
_PERIODS = 50_000
#: A decimal that can be read in one way only, within what a point keeps.
_DECIMAL = re.compile(
    r"-?(?:\d{1,9}|\d{4,9}[.,]\d{1,6}|\d{1,9}[.,](?:\d{1,2}|\d{4,6})|0[.,]\d{3})",
    re.ASCII,
)
_WHOLE = re.compile(r"\d{1,9}", re.ASCII)
#: So many words of a column that is not read are told.
_FEW = 4
_UNIT = {"enhed", "måleenhed", "unit"}
ONCE = _("An empty cell of {column} is read as the one above it.")
_BESIDE = _("{column} is not read, and says: {words}. See that all rows belong to the measure.")
_NO_MEAN = _("Give the mean of each period, and how many stand behind it.")


class OfMeasure:
    """`lacks` says which of its columns is not found: nothing can be read then."""

    def __init__(self, reader: "Reader", measure: Measure):
        self.of, self.measure = reader, measure
        kind, frequency = measure.figures, measure.frequency
        used = ("period", "year", "note", *ROLES_OF[kind])
        said = reader.said
        if said is None:
            wanted = [*filter(None, (measure.unit, measure.name))]
            said = propose(reader.table, frequency, kind, wanted)
            said = {role: at for role, at in said.items() if at not in reader.taken}
        self.columns = columns = {role: at for role, at in said.items() if role in used}
        self.lacks: Sentence | None = lacking(reader.table, columns, frequency, kind)
        if self.lacks:
            return
        if reader.said is None and (twin := twins_of(reader.table, columns)):
            self.lacks = twin.message
        if other := refuse_other(reader.table, columns, measure.unit):
            self.lacks = other.message
        self.slow = self._row_reader()
        self._remarked = len(self.slow.remarks)
        if self.slow.observed:
            self.lacks = _NO_MEAN
        signs = reader.surveyed.signs
        self.slow.signs = {role: signs[self.slow.columns[role]] for role in self.slow.roles}
        self.starts: dict[tuple[Any, Any], tuple[str, int]] = {}
        self.period, self.years = columns["period"], columns.get("year")
        self.year: Any = ""
        self.last: Any = ""
        self.is_once = reader.is_once(self.period)
        self.note = columns.get("note")
        self.parts = (columns.get("numerator", 0), columns.get("denominator", 0))
        self.apart = self.parts[0] != self.parts[1]
        self.value, self.plain = columns.get("value", 0), kind == "values"

    @property
    def remarks(self) -> list[Problem]:
        """What is worth telling of the first rows as it is of those of a small file."""
        if self.lacks:
            return []
        slow, table, unit = self._row_reader(), self.of.table, self.measure.unit
        read = [(row, figure) for row in table.rows if (figure := slow.read(row))]
        told = [one for one in slow.remarks if one.row is None]
        if unit and not slow.counts:
            figures = [figure for _row, figure in read]
            units = [*table.units, *self._units_beside()]
            told += about_unit(unit, units, figures, percent=bool(slow.percent))
        if slow.counts and not self.measure.rate:
            told += about_shares(table, slow.columns, read)
        whole = self.of.surveyed.table
        read_of = self.columns | {str(at): at for at in self.of.taken}
        for at in telling(whole, read_of):
            words = [*dict.fromkeys(as_heading(row.cell(at)) for row in whole.rows)]
            if 0 < len(words) <= _FEW and any(words):
                words_said = ", ".join(shown(word) for word in words if word)
                beside = format_lazy(_BESIDE, column=whole.column_name(at), words=words_said)
                told.append(Problem(beside))
        if self.is_once:
            told.append(Problem(format_lazy(ONCE, column=whole.column_name(self.period))))
        return [*dict.fromkeys(told)]

    def _row_reader(self) -> RowReader:
        """As of a small file; months whose year stands in a title come in order at each place."""
        of, measure = self.of, self.measure
        place = next(iter(of.places), of.series)
        columns = self.columns | ({} if place is None else {"place": place})
        how: dict[str, Any] = {"unit": measure.unit}
        reader = RowReader(of.table, measure.frequency, columns, of.today, measure.figures, **how)
        if of.table.year and not reader.periods.year and place is not None:
            rows = of.surveyed.table.rows
            own = {row.number for row in rows if row.cell(place) == rows[0].cell(place)}
            table = replace(of.table, rows=tuple(r for r in of.table.rows if r.number in own))
            reader.periods.year = PeriodReader(table, measure.frequency, columns).year
            if remark := reader.periods.remark:
                reader.remarks.append(Problem(remark))
        return reader

    def _units_beside(self) -> list[str]:
        """What a column that is called so says the figures are in."""
        table = self.of.surveyed.table
        named = [at for at, word in enumerate(table.headings) if word.casefold() in _UNIT]
        return [as_heading(cell) for at in named for cell in {row.cell(at) for row in table.rows}]

    def read(self, series: int, number: int, record: list[Any]) -> tuple[object, ...] | None:
        """What is `Spooled` of the row; None where there is no figure, or something is wrong."""
        if self.years is not None:
            self.year = record[self.years] or self.year
        if self.is_once:
            self.last = record[self.period] = record[self.period] or self.last
        start = self.starts.get((record[self.period], self.year))
        if start and (self.note is None or record[self.note] == ""):
            period, words = start
            if self.apart:
                part, whole = _whole(record[self.parts[0]]), _whole(record[self.parts[1]])
                if part is not None and whole and part <= whole:
                    return series, period, number, words, "", part, whole, "", "", ""
            elif self.plain and (value := _decimal(record[self.value])):
                return series, period, number, words, value, "", "", "", "", ""
        return self._slowly(series, number, record)

    def _slowly(self, series: int, number: int, record: list[Any]) -> tuple[object, ...] | None:
        row = without_units(row_of(number, record), self.of.surveyed.units)
        year = as_heading(self.year).strip()
        self.slow.periods.years = {number: year} if year else {}
        read = self.slow.read(row)
        figure = figure_of(read) if read else None
        sums = len(self.slow.remarks) - self._remarked
        del self.slow.remarks[self._remarked :]
        if figure and self._fits(row, figure):
            period, words = self._start(row, record[self.period], figure.period)
            return series, period, number, words, *_parts(figure)
        self.of.sums += sums
        self.of.passed += read is None and not sums and not self.slow.problems
        for problem in self.slow.problems:
            self.of.wrong(problem)
        del self.slow.problems[:]
        return None

    def _start(self, row: Row, text: Any, start: date) -> tuple[str, int]:
        """The period as it is kept, in mind for the next row that writes it so."""
        if len(self.starts) > _PERIODS:
            self.starts = {}
        words = (text, self.year)
        if words not in self.starts:
            self.of.written.append(self.slow.periods.written(row))
            self.starts[words] = (start.isoformat(), len(self.of.written) - 1)
        return self.starts[words]

    def _fits(self, row: Row, figure: Figure) -> bool:
        """Whether a point can hold the figure, as a small one would be told."""
        point = Point(period=figure.period, exposure=self.measure.rate)
        for name in FIGURE:
            setattr(point, name, getattr(figure, name))
        try:
            point.clean_fields(exclude={"series"})
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                role = name if name in self.slow.columns else "period"
                self.slow.wrong(row, role, " ".join(messages))
            return False
        return True

    def wrong(self, figure: Spooled, message: object) -> None:
        row = Row(figure.row, (None,) * self.period + (self.of.written[figure.words],))
        self.slow.wrong(row, "period", message)  # type: ignore[arg-type]
        self.of.wrong(self.slow.problems.pop())


@lru_cache(maxsize=50_000)  # few numbers stand in many rows
def _whole(cell: Cell) -> int | None:
    text = f"{cell:f}" if isinstance(cell, Decimal) else cell
    return int(text) if isinstance(text, str) and _WHOLE.fullmatch(text) else None


@lru_cache(maxsize=50_000)
def _decimal(cell: Cell) -> str | None:
    if not isinstance(cell, str):
        return None
    return str(Decimal(cell.replace(",", "."))) if _DECIMAL.fullmatch(cell) else None


def _parts(figure: Figure) -> tuple[object, ...]:
    """As a spool keeps them: decimals in words."""
    value, spread = (
        None if number is None else str(number) for number in (figure.value, figure.spread)
    )
    return value, figure.numerator, figure.denominator, figure.size, spread, figure.note
