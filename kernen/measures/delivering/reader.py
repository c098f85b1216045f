"""From the rows of a delivery to figures, as the reader of small files would have them.

Of most rows of a large file it is plain at a glance what they say: a period that was met before and
whole numbers, or a decimal. Those are taken as they stand. Every other row goes to the reader of
small files (`reading.rows`), and so nothing is read, or refused, in another way here."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kernen.lib.periods import label

from ..actions import FIGURE, Figure
from ..models import Measure, Point
from ..preview import figure_of
from ..reading.cells import Cell, Row, Unreadable, as_heading, clean, holds_cpr, refuse_cpr, shown
from ..reading.columns import ROLES_OF, propose
from ..reading.figures import are_finer, lacking
from ..reading.headings import role_of
from ..reading.levels import are_headings
from ..reading.numbers import decimal_signs
from ..reading.places import folded, is_several
from ..reading.results import Problem
from ..reading.rows import RowReader
from ..reading.table import Table
from ..reading.units import refuse_other
from .places import Known
from .rows import Rows, SheetRows
from .spool import Spool, Spooled

#: So many problems are told; whoever has more mends these first.
MOST_TOLD = 200
#: Words for periods that are kept in mind, and rows from which the columns are proposed.
_PERIODS, _SAMPLE = 50_000, 200
#: How often it is told how far the reading is.
_EVERY = 2_000

_SERIES = {"serie", "series", "serienummer", "serie nr", "series number"}
_MEASURE = {"mål", "måling", "målepunkt", "indikator", "measure", "indicator"}
_ORGANISATION = {"organisation", "organization", "institution", "hospitalsenhed", "enhed"}
#: A decimal that can be read in one way only, within what a point keeps.
_DECIMAL = re.compile(
    r"-?(?:\d{1,9}|\d{4,9}[.,]\d{1,6}|\d{1,9}[.,](?:\d{1,2}|\d{4,6})|0[.,]\d{3})",
    re.ASCII,
)

_DAY = re.compile(r"0\d{5}")
_WHOLE = re.compile(r"\d{1,9}", re.ASCII)
_NO_HEADINGS = _(
    "The first row has to say what each column holds: the place, the period and the figures."
)
_NO_PLACE = _("No column says the place. Call it “organisation”, “ward” or “series”.")
_NO_MEASURE = _("No column says the measure. Call it “measure”, or say which one it is.")


class Stopped(Exception):
    """There are more problems than are told."""


@dataclass(frozen=True)
class Surveyed:
    """What the rows say as a whole: the headings and the first rows, how many there are, and by
    column which decimal signs stand there."""

    headings: tuple[str, ...]
    first: int
    sample: tuple[Row, ...]
    rows: int
    signs: tuple[set[str], ...]
    empty: int = 0


def survey(rows: Rows | SheetRows, tell: Callable[[int], None]) -> Surveyed:
    """Go through all rows once; `tell` is told how many there are so far. Raises Unreadable, also
    where a CPR number stands anywhere."""
    records = iter(rows)
    first, record = next(records, (0, []))
    top = _row(first, record)
    if not are_headings(top):
        raise Unreadable(_NO_HEADINGS)
    refuse_cpr([top])
    headings = tuple(map(shown, top.cells))
    signs: tuple[set[str], ...] = tuple(set() for _heading in headings)
    sample: list[Row] = []
    count = 0
    for number, record in records:
        count += 1
        if not count % _EVERY:
            tell(count)
        if len(record) > len(headings) and any(cell != "" for cell in record[len(headings) :]):
            raise Unreadable(_stray(number))
        for at, cell in enumerate(record):
            if not isinstance(cell, str):  # it is judged, and no doubt is what it says
                continue
            if len(cell) > 5 and _may_hold_cpr(cell):
                refuse_cpr([_row(number, record)])
            if len(signs[at]) < 2 and ("," in cell or "." in cell) and len(cell) < 30:
                signs[at].update(decimal_signs([clean(cell)]))
        if count <= _SAMPLE:
            sample.append(_row(number, record))
    return Surveyed(headings, first, tuple(sample), count, signs, rows.empty)


@lru_cache(maxsize=50_000)
def _may_hold_cpr(cell: str) -> bool:
    """By itself, or with what stands beside it."""
    return holds_cpr(cell) or bool(_DAY.fullmatch(clean(cell) or ""))


def _stray(number: int) -> object:
    return format_lazy(
        _(
            "Row {row} has more cells than there are headings. Where figures have a decimal comma, "
            "put semicolons between the cells."
        ),
        row=number,
    )


def _row(number: int, record: Sequence[Any]) -> Row:
    return Row(number, tuple(clean(cell) if isinstance(cell, str) else cell for cell in record))


class Reader:
    """Reads every row of a delivery into a spool, and keeps what is wrong with it, how many rows
    repeat another's figure, how many were `passed` over because they have none, and how many are
    `totals` of several places."""

    def __init__(
        self,
        rows: Iterable[tuple[int, list[Any]]],
        surveyed: Surveyed,
        known: Known,
        today: date | None = None,
    ):
        self.rows, self.surveyed, self.known = rows, surveyed, known
        self.today = today or timezone.localdate()
        self.problems: list[Problem] = []
        self.repeated = self.passed = self.totals = 0
        self.several: set[object] = set()
        self.written: list[str] = []
        self._columns()
        blank = {at for at in (self.series, self.measure, *self.places) if at is not None}
        self.table = Table(
            tuple("" if at in blank else word for at, word in enumerate(surveyed.headings)),
            surveyed.first,
            tuple(
                Row(row.number, tuple(None if at in blank else c for at, c in enumerate(row.cells)))
                for row in surveyed.sample
            ),
        )
        self.readers: dict[int, OfMeasure] = {}

    def _columns(self) -> None:
        words = [folded(heading) for heading in self.surveyed.headings]

        def named(wanted: set[str]) -> list[int]:
            return [at for at, word in enumerate(words) if word in wanted]

        self.series = next(iter(named(_SERIES)), None)
        self.measure = None if self.known.only else next(iter(named(_MEASURE)), None)
        own = [at for at, word in enumerate(words) if role_of(word) == "place"]
        self.places = [] if self.series is not None else sorted({*named(_ORGANISATION), *own})[:2]
        if self.series is None and not self.places:
            raise Unreadable(_NO_PLACE)
        if self.series is None and self.known.only is None and self.measure is None:
            raise Unreadable(_NO_MEASURE)

    def fill(self, spool: Spool, tell: Callable[[int], None]) -> None:
        """All rows, unless there are too many problems; `tell` is told how many are read."""
        try:
            spool.fill(self._figures(tell))
            if not self.problems:
                self._once(spool)
        except Stopped:
            pass

    def _figures(self, tell: Callable[[int], None]) -> Iterator[tuple[object, ...]]:
        found: dict[str | tuple[str, ...], Any] = {}
        width = len(self.surveyed.headings)
        names_in = itemgetter(*self._said())
        known = self.known.series
        records = iter(self.rows)
        next(records)
        for count, (number, record) in enumerate(records, start=1):
            if not count % _EVERY:
                tell(count)
            if len(record) < width:
                record += [""] * (width - len(record))
            names = names_in(record)
            if names not in found:
                series = self._place(number, record, names)
                found[names] = series and (series, self._reader(known[series].measure))
            if (of := found[names]) and (figure := of[1].read(of[0], number, record)):
                yield figure
            self.totals += names in self.several
        tell(self.surveyed.rows)

    def _said(self) -> list[int]:
        """The columns by which a series is found."""
        if self.series is not None:
            return [self.series]
        return [at for at in (self.measure, *self.places) if at is not None]

    def _place(self, number: int, record: Sequence[Any], said: object) -> int | None:
        """The series of the row, in which this is `said` of it; None where it is of several places,
        and where none is found, which is then told once."""
        row = _row(number, record)
        if not any(cell is not None for cell in row.cells):
            return None
        if self.series is not None:
            found = self.known.numbered(as_heading(row.cell(self.series)))
            return self._found(found, row, self.series)
        measure = self.known.only
        if self.measure is not None:
            named = self.known.measure(as_heading(row.cell(self.measure)))
            if not isinstance(named, Measure):
                return self._found(named, row, self.measure)
            measure = named
        assert measure  # noqa: S101
        names = [as_heading(row.cell(at)) for at in self.places]
        at = max(at for at in self.places if row.cell(at) is not None or at == self.places[0])
        found = self.known.place(measure, names)
        if not isinstance(found, int) and any(map(is_several, names)):
            self.several.add(said)
            return None
        return self._found(found, row, at)

    def _found(self, found: object, row: Row, column: int) -> int | None:
        if isinstance(found, int):
            return found
        where = replace(self.table, headings=self.surveyed.headings).place(row, column)
        self.wrong(Problem(found, *where, shown(row.cell(column))))  # type: ignore[arg-type]
        return None

    def _reader(self, measure: Measure) -> "OfMeasure":
        if measure.pk not in self.readers:
            self.readers[measure.pk] = OfMeasure(self, measure)
        return self.readers[measure.pk]

    def wrong(self, problem: Problem) -> None:
        self.problems.append(problem)
        if len(self.problems) >= MOST_TOLD:
            raise Stopped

    def _once(self, spool: Spool) -> None:
        """A period that stands twice must have the same figure, as in a small file."""
        for first, *others in spool.twice():
            measure = self.known.series[first.series].measure
            reader = self.readers[measure.pk]
            for other in others:
                if complaint := self._complaint(first, other, measure):
                    reader.wrong(other, complaint)
            self.repeated += len(others)
            note = next((one.note for one in (first, *others) if one.note), "")
            spool.leave(first, note=note)

    def _complaint(self, first: Spooled, other: Spooled, measure: Measure) -> object:
        period = label(date.fromisoformat(first.period), measure.frequency)
        one, two = self.written[first.words], self.written[other.words]
        if are_finer(one, two, measure.frequency):
            sentence = _(
                "{first} and {second} both fall in {period}, and the measure has one figure for"
                " each. Add them up in your spreadsheet, or define a measure that is counted as"
                " often as your file."
            )
            return format_lazy(sentence, first=one, second=two, period=period)
        if replace(first.figure, note="") == replace(other.figure, note=""):
            return None
        sentence = _("The period {period} is also in {row}, with another figure. Keep one of them.")
        return format_lazy(sentence, period=period, row=self.table.row_name(first.row))


class OfMeasure:
    """Reads the rows of one measure: its kind of figures and its periods."""

    def __init__(self, reader: Reader, measure: Measure):
        self.of, self.measure = reader, measure
        kind, frequency = measure.figures, measure.frequency
        used = ("period", "year", "note", *ROLES_OF[kind])
        wanted = [*filter(None, (measure.unit, measure.name))]
        proposed = propose(reader.table, frequency, kind, wanted).items()
        columns = {role: at for role, at in proposed if role in used}
        if said := lacking(reader.table, columns, frequency, kind):
            raise Unreadable(said)
        if other := refuse_other(reader.table, columns, measure.unit):
            raise Unreadable(other.message)
        place = reader.places[0] if reader.places else reader.series
        assert place is not None  # noqa: S101
        columns["place"] = place
        self.slow = RowReader(reader.table, frequency, columns, reader.today, kind)
        if self.slow.observed:
            raise Unreadable(_("Give the mean of each period, and how many stand behind it."))
        signs = reader.surveyed.signs
        self.slow.signs = {role: signs[self.slow.columns[role]] for role in self.slow.roles}
        self.starts: dict[tuple[Any, Any], tuple[str, int]] = {}
        self.period, self.years = columns["period"], columns.get("year")
        self.year: Any = ""
        self.note = columns.get("note")
        self.parts = (columns.get("numerator", 0), columns.get("denominator", 0))
        self.apart = self.parts[0] != self.parts[1]
        self.value, self.plain = columns.get("value", 0), kind == "values"

    def read(self, series: int, number: int, record: list[Any]) -> tuple[object, ...] | None:
        """What is `Spooled` of the row; None where there is no figure, or something is wrong."""
        if self.years is not None:
            self.year = record[self.years] or self.year
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
        row = _row(number, record)
        year = as_heading(self.year).strip()
        self.slow.periods.years = {number: year} if year else {}
        read = self.slow.read(row)
        figure = figure_of(read) if read else None
        if figure and self._fits(row, figure):
            period, words = self._start(row, record[self.period], figure.period)
            return series, period, number, words, *_parts(figure)
        self.of.passed += read is None and not self.slow.problems
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
