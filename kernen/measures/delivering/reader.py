"""From the rows of a delivery to figures, as the reader of small files would have them.

Of most rows of a large file it is plain at a glance what they say: a period that was met before and
whole numbers, or a decimal. Those are taken as they stand. Every other row goes to the reader of
small files (`reading.rows`), and so nothing is read, or refused, in another way here."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import dropwhile
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
from ..reading.cells import Cell, Row, Sentence, Unreadable, as_heading, shown
from ..reading.columns import ROLES_OF, propose
from ..reading.figures import are_finer, lacking
from ..reading.headings import role_of
from ..reading.places import folded, is_several
from ..reading.results import Problem
from ..reading.rows import RowReader
from ..reading.units import refuse_other
from .places import Known
from .spool import Spool, Spooled
from .surveying import EVERY, Surveyed, row_of

#: So many problems are told; whoever has more mends these first.
MOST_TOLD = 200
#: Words for periods that are kept in mind.
_PERIODS = 50_000

#: The columns that say the place: organisation and ward may stand in one each.
PLACES = ("place", "ward")
_SERIES = {"serie", "series", "serienummer", "serie nr", "series number"}
_MEASURE = {"mål", "måling", "målepunkt", "indikator", "measure", "indicator"}
_ORGANISATION = {"organisation", "organization", "institution", "hospitalsenhed", "enhed"}
#: A decimal that can be read in one way only, within what a point keeps.
_DECIMAL = re.compile(
    r"-?(?:\d{1,9}|\d{4,9}[.,]\d{1,6}|\d{1,9}[.,](?:\d{1,2}|\d{4,6})|0[.,]\d{3})",
    re.ASCII,
)

_WHOLE = re.compile(r"\d{1,9}", re.ASCII)
_NO_HEADINGS = _("No row says what each column holds: the place, the period and the figures.")
_NO_PLACE = _("No column says the place. Choose it, or call it “organisation”, “ward” or “series”.")
_NO_PLACE_SAID = _("Choose the column that says the place.")
_NO_MEAN = _("Give the mean of each period, and how many stand behind it.")
_NO_MEASURE = _("No column says the measure. Call it “measure”, or say which one it is.")


class Stopped(Exception):
    """There are more problems than are told."""


class Reader:
    """Reads every row of a delivery into a spool, and keeps what is wrong with it, how many rows
    repeat another's figure, how many were `passed` over because they have none, and what places
    are called that are not `named` as here: the number of the series that was chosen for each, 0
    where it is left out, or None, and then it is a problem, too (`unplaced`). `lacks` says which
    column is not found: nothing can be read then.

    `said`: the index of each role's column, where a person says so."""

    def __init__(
        self,
        rows: Iterable[tuple[int, list[Any]]],
        surveyed: Surveyed,
        known: Known,
        said: Mapping[str, int] | None = None,
        today: date | None = None,
    ):
        self.rows, self.surveyed, self.known, self.said = rows, surveyed, known, said
        self.today = today or timezone.localdate()
        self.problems: list[Problem] = []
        self.unplaced: list[Problem] = []
        self.repeated = self.passed = 0
        self.named: dict[str, int | None] = {}
        self._without: dict[str, set[object]] = {"several": set(), "left out": set()}
        self._rows: Counter[object] = Counter()
        self.written: list[str] = []
        self.series: int | None = None
        self.measure: int | None = None
        self.places: list[int] = []
        self.lacks = self._find_places()
        self.taken = {at for at in (self.series, self.measure, *self.places) if at is not None}
        self.table = surveyed.table.without(self.taken)
        self.readers: dict[int, OfMeasure] = {}
        if known.only:
            of = self._reader(known.only)
            self.lacks = self.lacks or of.lacks

    @property
    def holds(self) -> dict[str, int]:
        """The index of each role's column, as a person can say it, where there is one measure."""
        places = dict(zip(PLACES, self.places, strict=False))
        series = {} if self.series is None else {"series": self.series}
        return (
            series | places | (self.readers[self.known.only.pk].columns if self.known.only else {})
        )

    def _find_places(self) -> Sentence | None:
        """Which columns say the place and the measure, or that none does."""
        if self.said is not None:
            self.series = self.said.get("series")
            self.places = [self.said[role] for role in PLACES if role in self.said]
            return _NO_PLACE_SAID if self.series is None and not self.places else None
        headings = self.surveyed.table.headings
        words = [folded(heading) for heading in headings]

        def named(wanted: set[str]) -> list[int]:
            return [at for at, word in enumerate(words) if word in wanted]

        self.series = next(iter(named(_SERIES)), None)
        self.measure = None if self.known.only else next(iter(named(_MEASURE)), None)
        own = [at for at, word in enumerate(words) if role_of(word) == "place"]
        self.places = [] if self.series is not None else sorted({*named(_ORGANISATION), *own})[:2]
        if self.series is None and not self.places:
            self.places = self._by_names()
        if self.series is None and not self.places:
            return _NO_PLACE if any(headings) else _NO_HEADINGS
        return _NO_MEASURE if (self.series, self.known.only, self.measure) == (None,) * 3 else None

    def _by_names(self) -> list[int]:
        """The column in which at least half of the cells are what places are called, with the one
        of their organisations."""
        only, rows = self.known.only, self.surveyed.table.rows
        columns = range(len(self.surveyed.table.headings))
        if only is None or not rows:
            return []

        def named(*among: int) -> int:
            said = (", ".join(as_heading(row.cell(at)) for at in among) for row in rows)
            return sum(self.known.is_called(only, name) for name in said)

        best = max(columns, key=named)
        if 2 * named(best) < len(rows):
            return []
        pairs = [sorted((best, at)) for at in columns if at != best]
        return next((pair for pair in pairs if named(*pair) >= named(best)), [best])

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
        width = len(self.surveyed.table.headings)
        names_in = itemgetter(*self._said())
        known = self.known.series
        below = dropwhile(lambda row: row[0] <= self.surveyed.first, self.rows)
        for count, (number, record) in enumerate(below, start=1):
            if not count % EVERY:
                tell(count)
            if len(record) < width:
                record += [""] * (width - len(record))
            names = names_in(record)
            if names not in found:
                series = self._place(number, record, names)
                found[names] = series and (series, self._reader(known[series].measure))
            if not (of := found[names]):
                self._rows[names] += 1
            elif figure := of[1].read(of[0], number, record):
                yield figure
        tell(self.surveyed.rows)

    @property
    def totals(self) -> int:
        """How many rows are of several places."""
        return sum(self._rows[said] for said in self._without["several"])

    @property
    def left_out(self) -> int:
        """How many rows are of places that are left out."""
        return sum(self._rows[said] for said in self._without["left out"])

    def _said(self) -> list[int]:
        """The columns by which a series is found."""
        if self.series is not None:
            return [self.series]
        return [at for at in (self.measure, *self.places) if at is not None]

    def _place(self, number: int, record: Sequence[Any], said: object) -> int | None:
        """The series of the row, in which this is `said` of it; None where it is of several places
        or of one that is left out, and where none is found, which is then told once."""
        row = row_of(number, record)
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
        called = ", ".join(filter(None, names))
        chosen, found = self.known.chosen(called), self.known.place(measure, called)
        if chosen is None and not isinstance(found, int) and any(map(is_several, names)):
            self._without["several"].add(said)
            return None
        if chosen != found and not (chosen is None and isinstance(found, int)):
            self.named[called] = chosen
        if chosen == 0:
            self._without["left out"].add(said)
            return None
        series = self._found(chosen or found, row, at)
        self.unplaced += () if series else self.problems[-1:]
        return series

    def _found(self, found: object, row: Row, column: int) -> int | None:
        if isinstance(found, int):
            return found
        where = self.surveyed.table.place(row, column)
        self.wrong(Problem(found, *where, shown(row.cell(column))))  # type: ignore[arg-type]
        return None

    def _reader(self, measure: Measure) -> "OfMeasure":
        if measure.pk not in self.readers:
            self.readers[measure.pk] = found = OfMeasure(self, measure)
            if found.lacks and not self.known.only:
                raise Unreadable(found.lacks)
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
        said = reader.said
        if said is None:
            wanted = [*filter(None, (measure.unit, measure.name))]
            said = propose(reader.table, frequency, kind, wanted)
            said = {role: at for role, at in said.items() if at not in reader.taken}
        self.columns = columns = {role: at for role, at in said.items() if role in used}
        self.lacks: Sentence | None = lacking(reader.table, columns, frequency, kind)
        if self.lacks:
            return
        if other := refuse_other(reader.table, columns, measure.unit):
            self.lacks = other.message
        place = next(iter(reader.places), reader.series)
        among = {} if place is None else {"place": place}
        self.slow = RowReader(reader.table, frequency, columns | among, reader.today, kind)
        if self.slow.observed:
            self.lacks = _NO_MEAN
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
        row = row_of(number, record)
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
