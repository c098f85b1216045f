"""From the rows of a delivery to figures, as the reader of small files would have them.

Of most rows of a large file it is plain at a glance what they say: a period that was met before and
whole numbers, or a decimal. Those are taken as they stand. Every other row goes to the reader of
small files (`reading.rows`), and so nothing is read, or refused, in another way here."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import dropwhile, islice, takewhile
from operator import itemgetter
from typing import Any

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kernen.lib.periods import label

from ..models import Measure
from ..reading.between import ALONE, ANOTHER_TABLE, is_said_of_all
from ..reading.cells import Row, Sentence, Unreadable, as_heading, shown
from ..reading.figures import TWICE, TWICE_APART, are_finer
from ..reading.headings import role_of
from ..reading.levels import are_headings
from ..reading.places import folded, is_several
from ..reading.results import Problem
from ..reading.unread import telling
from .of_measure import ONCE, OfMeasure
from .places import Known
from .spool import Spool, Spooled
from .surveying import EVERY, Surveyed, row_of

#: So many problems are told; whoever has more mends these first.
MOST_TOLD = 200
#: So many figures that stand twice are compared by all that their rows say.
_COMPARED = 10_000

#: One cell of so many is empty at least where a place or a period stands once for rows below it.
_OFTEN = 4
#: The columns that say the place: organisation and ward may stand in one each.
PLACES = ("place", "ward")
_SERIES = {"serie", "series", "serienummer", "serie nr", "series number"}
_MEASURE = {"mål", "måling", "målepunkt", "indikator", "measure", "indicator"}
_ORGANISATION = {"organisation", "organization", "institution", "hospitalsenhed", "enhed"}
_NO_HEADINGS = _("No row says what each column holds: the place, the period and the figures.")
_NO_PLACE = _("No column says the place. Choose it, or call it “organisation”, “ward” or “series”.")
_NOWHERE = _("The row says no place. Write the place in every row.")
_NO_PLACE_SAID = _("Choose the column that says the place.")
_NO_MEASURE = _("No column says the measure. Call it “measure”, or say which one it is.")


class Stopped(Exception):
    """There are more problems than are told."""


class Reader:
    """Reads every row of a delivery into a spool, and keeps what is wrong with it, how many rows
    repeat another's figure, how many were `passed` over because they have none or are `sums` of
    several periods, and what places are called that are not `named` as here: the number of the
    series that was chosen for each, 0 where it is left out, or None, and then it is a problem, too
    (`unplaced`). `lacks` says which column is not found: nothing can be read then.

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
        self.repeated = self.passed = self.sums = 0
        self.named: dict[str, int | None] = {}
        self._without: dict[str, set[object]] = {"several": set(), "left out": set()}
        self._rows: Counter[object] = Counter()
        self.written: list[str] = []
        self.series: int | None = None
        self.measure: int | None = None
        self.places: list[int] = []
        self.lacks = self._find_places()
        self.once = [at for at in self._said() if self.is_once(at)]
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
        if len(self.places) > 1 and self.known.only:
            # The second may be a unit, or of another table.
            ways = [self.places, *([at] for at in self.places)]
            self.places = max(ways, key=self._called)
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
        best = max(columns, key=lambda at: self._called([at]))
        if 2 * self._called([best]) < len(rows):
            return []
        filled = {at for at in columns if any(row.cell(at) is not None for row in rows)}
        pairs = [sorted((best, at)) for at in filled - {best}]
        return next((pair for pair in pairs if self._called(pair) >= self._called([best])), [best])

    def _called(self, among: Sequence[int]) -> int:
        """How many of the first rows say in these columns what a place is called."""
        only = self.known.only
        if only is None:
            return 0
        rows = self.surveyed.table.rows
        said = (", ".join(filter(None, (as_heading(row.cell(at)) for at in among))) for row in rows)
        return sum(self.known.is_called(only, name) for name in said)

    def is_once(self, at: int) -> bool:
        """Whether cells of the column hold for empty ones below them, of which there are many."""
        cells = [row.cell(at) for row in self.surveyed.table.rows]
        return len(cells) <= _OFTEN * cells.count(None)

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
        said = self._said()
        names_in, alone = itemgetter(*said), len(said) == 1
        known = self.known.series
        below = dropwhile(lambda row: row[0] <= self.surveyed.last, self.rows)
        before: Any = None
        for count, (number, record) in enumerate(below, start=1):
            if not count % EVERY:
                tell(count)
            if len(record) < width:
                record += [""] * (width - len(record))
            names = names_in(record)
            if not (names if alone else names[0]):  # as it stands once for all rows below it
                names = names_in(_carried(record, self.once, before))
            before = record
            if names not in found:
                series = self._place(number, record, names)
                found[names] = series and (series, self._reader(known[series].measure))
            if not (of := found[names]):
                self._rows[names] += 1
            elif figure := of[1].read(of[0], number, record):
                yield figure
        tell(self.surveyed.rows)

    @property
    def remarks(self) -> list[Problem]:
        """What is worth telling of the first rows."""
        once = [self.surveyed.table.column_name(at) for at in self.once]
        told = [Problem(format_lazy(ONCE, column=column)) for column in once]
        return [*told, *(told for of in self.readers.values() for told in of.remarks)]

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
        if are_headings(row):
            self.wrong(Problem(ANOTHER_TABLE, *self.table.place(row, 0), shown(row.cell(0))))
            return None
        if not any(row.cell(at) is not None for at in self._said()):
            self.wrong(Problem(_NOWHERE, *self.surveyed.table.place(row, self._said()[0])))
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
        if chosen is None and not isinstance(found, int):
            if any(map(is_several, names)):
                self._without["several"].add(said)
                return None
            if row.filled == 1 and not self.once:
                if not is_said_of_all(called):
                    self._found(format_lazy(ALONE, text=called), row, at)
                return None
        if not isinstance(found, int) or chosen not in (None, found):
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
        told = self._told_apart(spool)
        for first, *others in spool.twice():
            measure = self.known.series[first.series].measure
            reader = self.readers[measure.pk]
            for other in others:
                if complaint := self._complaint(first, other, measure, told):
                    reader.wrong(other, complaint)
            self.repeated += len(others)
            note = next((one.note for one in (first, *others) if one.note), "")
            spool.leave(first, note=note)

    def _told_apart(self, spool: Spool) -> dict[int, dict[str, Any]]:
        """By row, of those that stand twice, what columns say that are not read and tell rows
        apart."""
        read = self.taken.union(*(of.columns.values() for of in self.readers.values()))
        table = self.surveyed.table
        columns = [*telling(table, {str(at): at for at in read}), *self._said()]
        pairs = islice(spool.twice(), _COMPARED)
        numbers = {figure.row for figures in pairs for figure in figures}
        return {
            number: {table.column_name(at): folded(as_heading(record[at])) for at in columns}
            for number, record in (self.rows if numbers else ())
            if number in numbers and len(record) > max(columns)
        }

    def _complaint(
        self, first: Spooled, other: Spooled, measure: Measure, told: Mapping[int, Any]
    ) -> object:
        period = label(date.fromisoformat(first.period), measure.frequency)
        one, two = self.written[first.words], self.written[other.words]
        if are_finer(one, two, measure.frequency):
            sentence = _(
                "{first} and {second} both fall in {period}, and the measure has one figure for"
                " each. Add them up in your spreadsheet, or define a measure that is counted as"
                " often as your file."
            )
            return format_lazy(sentence, first=one, second=two, period=period)
        words: dict[str, Any] = {"period": period, "row": self.table.row_name(first.row)}
        said, others = (told.get(row, {}) for row in (first.row, other.row))
        for column, word in said.items():
            if word and others.get(column) not in ("", None, word):
                return format_lazy(TWICE_APART, column=column, **words)
        if replace(first.figure, note="") == replace(other.figure, note=""):
            return None
        return format_lazy(TWICE, **words)


def _carried(record: list[Any], columns: Sequence[int], above: list[Any] | None) -> list[Any]:
    """The row with what stands in the row above, in the first of these columns that are empty."""
    for at in takewhile(lambda at: record[at] == "", columns if above else ()):
        record[at] = above[at]  # type: ignore[index]
    return record
