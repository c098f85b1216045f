"""When the figures of a row are: the period that it says, alone or with a year said elsewhere."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kernen.lib.periods import following, normalise, number_of, parse
from kernen.measures.reading.cells import Cell, Row, Sentence, is_period, is_year, shown
from kernen.measures.reading.headings import role_of
from kernen.measures.reading.numbers import is_number
from kernen.measures.reading.table import Table

#: A spreadsheet counts days from here; the numbers are those of 1968 to 2091.
_DAY_NOUGHT = date(1899, 12, 30)
_SERIAL = re.compile(r"(?P<days>[2-6]\d{4})(?:[.,]\d+)?")
_TOTALS = {
    "i alt", "ialt", "total", "totalt", "sum", "samlet", "hele perioden", "gennemsnit", "average",
    "hele året", "år til dato", "årstotal", "grand total", "mean", "hovedtotal", "år i alt",
    "åtd", "ytd", "gns", "snit", "median", "middel", "middelværdi", "subtotal", "mellemsum",
}  # fmt: skip
_PAIR = re.compile(r"(?P<number>\d\d?) ?[-/.] ?(?P<year>\d{4})|(?P<y>\d{4}) ?[-/.]? ?(?P<n>\d\d?)")
#: A week or a month and a year of two figures, which can also be a stretch: "uge 45-46".
_SHORT = re.compile(
    r"(?P<word>(?:uge|week|wk|u|w)(?: ?nr)?\.? ?)?(?P<number>\d\d?)"
    r"(?: ?[-\u2010-\u2015\u2212/., ] ?|(?= ?'))(?P<mark> ?')?(?P<year>\d\d)",
    re.ASCII | re.IGNORECASE,
)
#: A number of a period whose last zero a spreadsheet leaves out: 2025.1 for October or week 10.
_LOST = re.compile(r"(?:19|20)\d\d[.,](\d)")
_PADDED = re.compile(r"(?:19|20)\d\d[.,]0\d")
_LOST_ZERO = _(
    "“{text}” may be number {one} or number {ten} of its year, since a spreadsheet leaves out the"
    " last zero of a number. Write the period as text, with month or week in words."
)
#: Periods that are made up of those before them; weeks lie in two months.
_MADE_UP = ["day", "month", "quarter", "year"]
_OTHER_YEAR = _(
    "“{text}” is of another year than its sheet, “{sheet}”. Mend the period or the sheet’s name, or"
    " choose no column for the year."
)
_JOINED = {
    "week": "uge {number}, {year}",
    "month": "{number}/{year}",
    "quarter": "K{number} {year}",
}


class PeriodReader:
    """Reads the period of a row from one column, or from one with its year in another."""

    def __init__(self, table: Table, frequency: str, columns: Mapping[str, int]):
        self.frequency, self._rows = frequency, table.rows
        self.column = columns["period"]
        self.year_column = columns.get("year")
        self.heading = table.headings[self.column]
        self.of_years = "year" in table.of_sheets and self.year_column is not None
        self._of_sheets = table.of_sheets
        role = role_of(self.heading)
        self.kind = role if role in _JOINED else frequency
        pairs = [_PAIR.fullmatch(self.written(row)) for row in table.rows]
        # "11/2018" is a month, unless the heading or a neighbour such as "47/2018" says week.
        self.quarters = role == "quarter"
        self.weeks = frequency == "week" and (
            role == "week" or any(int(p["number"] or p["n"]) > 12 for p in pairs if p)
        )
        self.padded = any(_PADDED.fullmatch(self.written(row)) for row in table.rows)
        self.short = self._years_are_short(dict.fromkeys(map(self.written, table.rows)))
        self.years = self._years(table.rows) or self._years_between(table.rows)
        self._title = table.year
        self.year = self._year_of_all(table) if table.year and not self.years else ""

    def _years_are_short(self, texts: Iterable[str]) -> bool:
        """Whether "46-18" is week 46 of 2018 (or "02-18" a month) all the way down, and no stretch
        of weeks and no year in front: they follow each other, the same years stand there again and
        again, or a mark or the word for a week says so."""
        pairs = [pair for text in texts if (pair := _SHORT.fullmatch(text))]
        years, numbers = ({int(pair[name]) for pair in pairs} for name in ("year", "number"))
        months = self.kind == self.frequency == "month"
        most = 12 if months else 53 if self.kind == self.frequency == "week" else 0
        if not pairs or min(years) <= 12 or max(years) > 60 or max(numbers) > most:
            return False  # "06-11" can be a day
        worded = any(p["word"] and int(p["year"]) < int(p["number"]) < 52 for p in pairs)
        said = any(p["mark"] for p in pairs) or (worded and len(years) <= 2 + len(pairs) // 20)
        return said or 2 * len(years) <= len(pairs) or self._follow(pairs)

    def _follow(self, pairs: Sequence[re.Match[str]]) -> bool:
        """Whether each is the period after the one before it, or before it all the way down."""
        texts = [_joined(self.kind, pair["number"], f"20{pair['year']}") for pair in pairs]
        if not all(is_period(text, self.frequency) for text in texts):
            return False
        places = [number_of(parse(text, self.frequency), self.frequency) for text in texts]
        return {b - a for a, b in pairwise(places)} in ({1}, {-1})

    def _years(self, rows: Iterable[Row]) -> dict[int, str]:
        """The year of each row by its number: an empty cell has the year above it."""
        years, year = {}, ""
        for row in rows if self.year_column is not None else ():
            year = _text(row.cell(self.year_column or 0)) or year
            years[row.number] = year
        return years

    def _years_between(self, rows: Sequence[Row]) -> dict[int, str]:
        """The same where a year stands in the column of its months, on a line above them."""
        written = {row.number: self.written(row) for row in rows}
        heads = [is_year(text) for text in written.values()]
        named = role_of(self.heading) in _JOINED or sum(map(_has_letter, written.values()))
        few = 2 * sum(heads) <= len(heads)
        if self.frequency == "year" or not heads or not heads[0] or not few or not named:
            return {}
        years, year = {}, ""
        for number, text in written.items():
            year = text if is_year(text) else year
            years[number] = year
        return years

    def is_head(self, row: Row) -> bool:
        """Whether the row is a year above its months."""
        return self.year_column is None and self.years.get(row.number) == self.written(row)

    def _year_of_all(self, table: Table) -> str:
        """The year of the titles, where all periods lack one and come in order."""
        starts = []
        named = role_of(self.heading) in _JOINED
        for row in table.rows:
            text = self.written(row)
            if not text or begins_a_total(text) or row.filled == 1:
                continue
            if not named and not _has_letter(text):
                return ""
            try:
                starts.append(parse(_joined(self.kind, text, table.year), self.frequency))
            except ValueError:
                if not self._is_longer(_joined(self.kind, text, table.year)):
                    return ""
        return table.year if starts and starts == sorted(set(starts)) else ""

    @property
    def remark(self) -> Sentence | None:
        """What was taken for granted."""
        sentence = _("The periods are written without a year. It is taken to be {year}.")
        return format_lazy(sentence, year=self.year) if self.year else None

    def written(self, row: Row) -> str:
        """The period as it stands in its column."""
        return _text(row.cell(self.column))

    def total(self, row: Row) -> str:
        """The role that says that the row is a total, "" where it is none."""
        if self.is_head(row):
            return "period"
        said = {"period": self.written(row), "year": self.years.get(row.number, "")}
        told = next((role for role, text in said.items() if text and begins_a_total(text)), "")
        return told or ("period" if self._sums_up(row) else "")

    def _is_longer(self, text: str) -> bool:
        """Whether it is a longer period, such as a quarter among months."""
        return any(is_period(text, one) for one in self._above)

    def _sums_up(self, row: Row) -> bool:
        """Whether it is a longer period in which others of the table lie, such as a quarter below
        its months."""
        whole = self._whole(row)
        if not self._above or not isinstance(whole, str) or self.can_read(row):
            return False
        for longer in self._above:
            try:
                return (longer, parse(whole, longer)) in self._longer
            except ValueError:
                continue
        return False

    @cached_property
    def _longer(self) -> set[tuple[str, date]]:
        """The longer periods in which those of the table lie."""
        starts = {self.read(row) for row in self._rows if self.can_read(row)}
        return {(one, normalise(start, one)) for one in self._above for start in starts}

    @property
    def _above(self) -> list[str]:
        """The kinds of periods that are made up of those of the table."""
        known = self.frequency in _MADE_UP
        return _MADE_UP[_MADE_UP.index(self.frequency) + 1 :] if known else []

    def shown(self, row: Row) -> str:
        """The period as a person sees it, with its year if that has its own column."""
        period, year = shown(row.cell(self.column)), self.years.get(row.number)
        return f"{period}, {year}" if year and not self._has_year(row) else period

    def read(self, row: Row) -> date:
        """The start of the row's period. Raises ValueError with one translatable sentence."""
        lost = _LOST.fullmatch(self.written(row))
        if lost and not self.padded and isinstance(row.cell(self.column), Decimal):
            one, ten = int(lost[1]), 10 * int(lost[1])
            if ten <= (53 if self.frequency == "week" else 12):
                words = {"text": self.written(row), "one": one, "ten": ten}
                raise ValueError(format_lazy(_LOST_ZERO, **words))
        return parse(self._whole(row), self.frequency)

    def refuse_other_year(self, row: Row, start: date) -> None:
        """Raises ValueError where the row's period is not of the year that its sheet is."""
        last = following(start, self.frequency) - timedelta(days=1)
        if self.of_years and _text(row.cell(self._of_sheets.index("year"))) not in map(
            str, (start.year, last.year)
        ):
            words = {"text": self.shown(row), "sheet": row.sheet}
            raise ValueError(format_lazy(_OTHER_YEAR, **words))

    def _has_year(self, row: Row) -> bool:
        """Whether the period says of which year it is, though its sheet does so too."""
        return self.of_years and is_period(row.cell(self.column), "year")

    def is_week(self, row: Row) -> bool:
        """Whether it is a week, which can lie in two months, and not a day of one."""
        whole = self._whole(row)
        return is_period(whole, "week") and not is_period(whole, "day")

    def _whole(self, row: Row) -> str | date:
        """The period with what is said of it elsewhere."""
        cell = row.cell(self.column)
        if isinstance(cell, date):
            return cell
        text = self.written(row)
        if serial := _SERIAL.fullmatch(text):
            return _DAY_NOUGHT + timedelta(days=int(serial["days"]))
        year = "" if self._has_year(row) else self.years.get(row.number) or self.year
        if text and year:
            return _joined(self.kind, text, year)
        if self.padded and _LOST.fullmatch(text):
            text += "0"
        if self.short and (pair := _SHORT.fullmatch(text)):
            return _joined(self.kind, pair["number"], f"20{pair['year']}")
        if (self.weeks or self.quarters) and (pair := _PAIR.fullmatch(text)):
            kind = "week" if self.weeks else "quarter"
            return _joined(kind, pair["number"] or pair["n"], pair["year"] or pair["y"])
        return text

    def lacks_year(self, row: Row) -> bool:
        """Whether the row's period would be one, had it a year."""
        text = self.written(row)
        if self.years.get(row.number) or self.year:
            return False
        worded = _has_letter(text) or role_of(self.heading) in _JOINED
        return worded and is_period(_joined(self.kind, text, "2018"), self.frequency)

    def with_year(self, row: Row) -> str:
        """The row's period as it would be with a year, "" where it has one or is none."""
        text = self.written(row)
        whole = _joined(self.kind, text, self._title or "2018")
        return whole if text == self._whole(row) and is_period(whole, self.frequency) else ""

    def can_read(self, row: Row) -> bool:
        try:
            self.read(row)
        except ValueError:
            return False
        return True


def _joined(kind: str, text: str, year: str) -> str:
    number = text.rstrip(".")
    shape = _JOINED.get(kind) if number.isdigit() else None
    return (shape or "{number} {year}").format(number=number, year=year)


def _has_letter(text: str) -> bool:
    return re.search(r"[^\W\d_]", text) is not None


def is_when(cell: Cell) -> bool:
    """Whether it is a period, also one that lacks its year."""
    if is_period(cell, "year"):
        return True
    return isinstance(cell, str) and not is_number(cell) and is_period(f"{cell} 2018", "year")


def is_total(text: str) -> bool:
    return text.lower().rstrip(":. ") in _TOTALS


def begins_a_total(text: str) -> bool:
    """Whether it is a total of some time, as "I alt 2018", "2018 Total" and "Gns. jan-mar" are."""
    words = text.lower()
    behind = re.search(r"\w (?:i alt|ialt|total|sum|subtotal|hovedtotal)[.:]?$", words)
    before = any(re.match(rf"{word}[.:]? ", words) for word in _TOTALS)
    return is_total(text) or before or behind is not None


def _text(cell: Cell) -> str:
    """The cell as written; a whole number, such as a year, without decimals."""
    if isinstance(cell, Decimal):
        return f"{cell.normalize():f}"
    return "" if cell is None else str(cell)
