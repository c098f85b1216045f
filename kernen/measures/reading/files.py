"""From a file or a paste to its sheets of cells, known by its content and never by its name."""

import codecs
from collections.abc import Iterator, Sequence
from itertools import islice

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kernen.lib.cpr import contains_cpr
from kernen.measures.reading.cells import (
    EMPTY,
    Book,
    Row,
    Sentence,
    Sheet,
    Unreadable,
    column_letter,
    is_formula,
    refuse_cpr,
)
from kernen.measures.reading.packed import read_packed
from kernen.measures.reading.text import decoded, rows_of

_FORMULA = _(
    "Cell {cell} holds a formula and not what it gives: it is read as text. Where its figure is"
    " needed, write the figure itself."
)
MAX_BYTES = 5 * 1024 * 1024
_NOT_TABLES = [
    (b"%PDF", _("This is a PDF. Save the figures as a spreadsheet (XLSX) or as CSV.")),
    (b"<", _("This is a web page or XML. Save the figures as a spreadsheet (XLSX) or as CSV.")),
    (
        b"MIME-Version",
        _("This is a web page or XML. Save the figures as a spreadsheet (XLSX) or as CSV."),
    ),
    (
        b"ID;PWXL",
        _("This is an old kind of spreadsheet (SYLK). Open it, save it as XLSX and try again."),
    ),
    (
        b"{\\rtf",
        _("This is a text document. Copy the table into a spreadsheet and save it as XLSX."),
    ),
    (b"{", _("This is JSON, not a table. Save the figures as a spreadsheet (XLSX) or as CSV.")),
    (b"[{", _("This is JSON, not a table. Save the figures as a spreadsheet (XLSX) or as CSV.")),
    (b"\x1f\x8b", _("This file is packed. Unpack it, and choose the spreadsheet inside.")),
    (b"7z\xbc\xaf", _("This file is packed. Unpack it, and choose the spreadsheet inside.")),
    (b"Rar!", _("This file is packed. Unpack it, and choose the spreadsheet inside.")),
]
OLD = b"\xd0\xcf\x11\xe0"
#: What an old Office file says inside of what it is.
_OLD_KINDS = [
    (
        "EncryptedPackage",
        _("The file has a password. Save a copy without the password, and choose that."),
    ),
    ("Workbook", _("This is an old Excel file (XLS). Open it, save it as XLSX and try again.")),
    ("WordDocument", _("This is a Word document. Copy the table into a spreadsheet.")),
]


def open_file(data: bytes, filename: str) -> Book:
    """The sheets in a CSV, TSV, XLSX or ODS file. Raises Unreadable."""
    if contains_cpr(filename):
        raise Unreadable(
            _(
                "The file's name looks like a civil registration number (CPR). Kernen only holds"
                " aggregated figures: make sure that this file does, and give it another name."
            )
        )
    if len(data) > MAX_BYTES:
        raise Unreadable(_("The file is larger than 5 MB. Keep only the columns that are needed."))
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise Unreadable(EMPTY)
    if data.startswith(b"PK"):
        return read_packed(data)
    refuse_no_table(data)
    return open_text(decoded(data))


def refuse_no_table(data: bytes) -> None:
    """Raises Unreadable that says what it is instead."""
    if data.startswith(OLD):
        raise Unreadable(_about_old(data))
    for start, sentence in _NOT_TABLES:
        if data.removeprefix(codecs.BOM_UTF8).lstrip().startswith(start):
            raise Unreadable(sentence)


def open_text(text: str) -> Book:
    """The one sheet in text with tabs, semicolons or commas between cells. Raises Unreadable."""
    if len(text) > MAX_BYTES:
        raise Unreadable(_("The text is longer than 5 MB. Keep only the columns that are needed."))
    rows, delimiter = rows_of(text)
    refuse_cpr(rows)
    sheet = Sheet("", False, tuple(rows), commas=delimiter == ",")
    return Book((sheet,), tuple(_about_formulas(rows)))


def _about_formulas(rows: Sequence[Row]) -> Iterator[Sentence]:
    """Where the first stands: a file of text never holds what they give."""
    written = (
        f"{column_letter(at)}{row.number}"
        for row in rows
        for at, cell in enumerate(row.cells)
        if is_formula(cell)
    )
    yield from (format_lazy(_FORMULA, cell=cell) for cell in islice(written, 1))


def _about_old(data: bytes) -> Sentence:
    for name, sentence in _OLD_KINDS:
        if name.encode("utf-16-le") in data:
            return sentence
    return _("This is an old Excel file (XLS) or has a password. Save it as XLSX without password.")
