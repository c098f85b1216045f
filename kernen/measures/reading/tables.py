"""From bytes or pasted text to a table: its headings and its rows of cells."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kernen.lib.cpr import contains_cpr
from kernen.measures.reading import workbook
from kernen.measures.reading.cells import (
    MAX_COLUMNS,
    MAX_ROWS,
    TOO_MANY_ROWS,
    Row,
    Unreadable,
    clean,
    column_letter,
    is_period,
    refuse_cpr,
    shown,
)
from kernen.measures.reading.headings import role_of
from kernen.measures.reading.numbers import is_number, parts

MAX_BYTES = 5 * 1024 * 1024
_LEADING = 30  # how many rows of titles may stand above the headings
# A comma is often a decimal sign inside a cell, so it is tried last.
_DELIMITERS = "\t;|,"
_NOT_TABLES = [
    (b"%PDF", _("This is a PDF. Save the figures as a spreadsheet (XLSX) or as CSV.")),
    (
        b"\xd0\xcf\x11\xe0",
        _("This is an old Excel file (XLS) or has a password. Save it as XLSX without password."),
    ),
    (b"<", _("This is a web page or XML. Save the figures as a spreadsheet (XLSX) or as CSV.")),
]
_NOT_TEXT = _("This is not a table of text. Save the figures as a spreadsheet (XLSX) or as CSV.")


@dataclass(frozen=True)
class Table:
    """What was written. Rows without any cell are left out; the numbers are those of the file."""

    headings: tuple[str, ...]
    """One for each column, "" where there is none."""
    header_row: int | None
    """The row number of the headings, None where the first row already holds figures."""
    rows: tuple[Row, ...]
    """What stands below the headings."""
    sheet: str = ""

    def column_name(self, index: int) -> str:
        """ "B (Tæller)", or "B" where the column has no heading."""
        letter = column_letter(index)
        heading = self.headings[index] if index < len(self.headings) else ""
        return f"{letter} ({shown(heading)})" if heading else letter


def read_file(data: bytes, filename: str, *, dates: bool = False) -> Table:
    """The table in a CSV or XLSX file, known by its content. Raises Unreadable.

    `dates`: it is a list of days, which may stand in one column alone."""
    if contains_cpr(filename):
        raise Unreadable(
            _(
                "The file's name looks like a civil registration number (CPR). Kernen only holds"
                " aggregated figures: make sure that this file does, and give it another name."
            )
        )
    if len(data) > MAX_BYTES:
        raise Unreadable(_("The file is larger than 5 MB. Keep only the columns that are needed."))
    if not data.strip():
        raise Unreadable(_("The file is empty."))
    for start, sentence in _NOT_TABLES:
        if data.removeprefix(codecs.BOM_UTF8).lstrip().startswith(start):
            raise Unreadable(sentence)
    if data.startswith(b"PK"):
        return _table_of_sheets(workbook.read_sheets(data), dates)
    return read_pasted(_decoded(data), dates=dates)


def read_pasted(text: str, *, dates: bool = False) -> Table:
    """The table in text with tabs, semicolons or commas between its cells. Raises Unreadable."""
    if len(text) > MAX_BYTES:
        raise Unreadable(_("The text is longer than 5 MB. Keep only the columns that are needed."))
    if any(ord(c) < 32 and c not in "\t\n\r\f\v" for c in text):
        raise Unreadable(_NOT_TEXT)
    text = text.removeprefix("\ufeff")
    skipped = 0
    if text[:4].lower() == "sep=":
        _line, _end, text = text.partition("\n")
        skipped = 1
    delimiter = _delimiter(text)
    rows = [
        Row(number, tuple(clean(cell) for cell in record))
        for number, record in enumerate(_records(text, delimiter), start=1 + skipped)
    ]
    refuse_cpr(rows)
    table = _list_of_days(rows) if dates else _table(rows)
    if delimiter == ",":
        _refuse_stray_commas(table)
    return table


def _decoded(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(_NOT_TEXT)


def _delimiter(text: str) -> str:
    """What parts most lines into cells; "" where nothing parts half of them.

    A comma stands inside cells too, so it has to part the lines into the same number of cells.
    """
    chosen, most = "", 0
    for delimiter in _DELIMITERS:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        try:
            records = [record for record in reader if record]
        except csv.Error:
            continue
        widths = Counter(len(record) for record in records if len(record) > 1)
        parted = max(widths.values(), default=0) if delimiter == "," else widths.total()
        # Half is enough, for titles and notes can stand among the lines.
        if parted > most and 2 * widths.total() >= len(records):
            chosen, most = delimiter, parted
    return chosen


def _records(text: str, delimiter: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter or "\t", strict=True)
    records: list[list[str]] = []
    try:
        records.extend(reader)
    except csv.Error:
        sentence = _(
            "Row {row} cannot be read: a quotation mark is not closed, or a cell is too long."
        )
        raise Unreadable(format_lazy(sentence, row=len(records) + 1)) from None
    return records


def _refuse_stray_commas(table: Table) -> None:
    """A decimal comma in a file with commas between its cells moves the rest of the row."""
    headings = max((i for i, heading in enumerate(table.headings, start=1) if heading), default=0)
    for row in table.rows if headings else ():
        if any(cell is not None for cell in row.cells[headings:]):
            sentence = _(
                "Row {row} has more cells than there are headings. Where figures have a decimal"
                " comma, put semicolons between the cells."
            )
            raise Unreadable(format_lazy(sentence, row=row.number))


def _table_of_sheets(sheets: Sequence[workbook.Sheet], dates: bool) -> Table:
    """The first sheet that can be seen and has two rows of figures, or of days, else one."""
    seen = [sheet for sheet in sheets if not sheet.hidden and sheet.rows]
    if not seen:
        raise Unreadable(_("The file is empty."))
    holds = _holds_day if dates else _holds_figures
    best = max(seen, key=lambda sheet: min(2, sum(map(holds, sheet.rows))))
    return (_list_of_days if dates else _table)(best.rows, best.name)


def _holds_figures(row: Row) -> bool:
    """Whether a number stands beside something else."""
    return row.filled > 1 and any(is_number(c) or parts(c) is not None for c in row.cells)


def _table(rows: Sequence[Row], sheet: str = "") -> Table:
    rows = [row for row in rows if row.filled]
    if not any(row.filled > 1 for row in rows):
        raise Unreadable(
            _("There is only one column. Put the period in one column and the figure in another.")
        )
    header = _header(rows)
    below = rows if header is None else rows[header + 1 :]
    if not any(map(_holds_figures, below)):
        raise Unreadable(_("There are no figures. Put each period in a row with its figure."))
    return _from_header(rows, header, sheet)


def _list_of_days(rows: Sequence[Row], sheet: str = "") -> Table:
    rows = [row for row in rows if row.filled]
    first = next((at for at, row in enumerate(rows) if _holds_day(row)), None)
    if first is None:
        raise Unreadable(_("There are no dates. Put the date of each event in a row of its own."))
    return _from_header(rows, first - 1 if first else None, sheet)


def _holds_day(row: Row) -> bool:
    return any(is_period(cell, "day") for cell in row.cells)


def _from_header(rows: Sequence[Row], header: int | None, sheet: str) -> Table:
    below = rows if header is None else rows[header + 1 :]
    if len(below) > MAX_ROWS:
        raise Unreadable(TOO_MANY_ROWS)
    width = max(i for row in rows for i, cell in enumerate(row.cells, 1) if cell is not None)
    if width > MAX_COLUMNS:
        raise Unreadable(_("There are more than 60 columns. Keep only those that are needed."))
    written = () if header is None else map(shown, rows[header].cells[:width])
    headings = tuple(written)
    return Table(
        headings=headings + ("",) * (width - len(headings)),
        header_row=None if header is None else rows[header].number,
        rows=tuple(Row(row.number, row.cells[:width]) for row in below),
        sheet=sheet,
    )


def _header(rows: Sequence[Row]) -> int | None:
    """Where the headings stand: in the first row with two known words, else above the figures."""
    wordy = [index for index, row in enumerate(rows[:_LEADING]) if _is_wordy(row)]
    known = {index: len(set(map(role_of, rows[index].cells)) - {None}) for index in wordy}
    certain = [index for index in wordy if known[index] > 1]
    if certain:
        return certain[0]
    first = next((index for index, row in enumerate(rows) if _holds_figures(row)), 0)
    above = [index for index in wordy if index < first]
    return max(above, key=lambda index: (known[index], index), default=None)


def _is_wordy(row: Row) -> bool:
    """Whether the row has two cells or more, and only words in them."""
    written = [cell for cell in row.cells if cell is not None]
    return len(written) > 1 and not any(is_number(c) or is_period(c, "year") for c in written)
