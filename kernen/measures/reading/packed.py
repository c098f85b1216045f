"""Spreadsheets that are ZIP files inside: which kind it is, and what may hide beside the cells.

The size is judged before anything is unpacked: zipfile never gives more than it declares."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from html import unescape
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kernen.lib.cpr import contains_cpr
from kernen.measures.reading import opendocument, workbook
from kernen.measures.reading.cells import (
    EMPTY,
    Book,
    Sentence,
    Sheet,
    Unreadable,
    column_letter,
    is_formula,
)

MAX_UNPACKED = 50 * 1024 * 1024
#: The parts that hold text.
WRITTEN = (".xml", ".vml")
_MAX_CELLS = 400_000
ALL_HIDDEN = _("All sheets are hidden. Show the one with the figures, and save.")
DAMAGED = _("The spreadsheet cannot be opened. Save it again as XLSX, or as CSV.")
_TOO_LARGE = _(
    "The file unpacks to more than 50 MB. Copy the cells with the figures into a new file, and"
    " choose that."
)
_PASSWORD = _("The file has a password. Save a copy without the password, and choose that.")
#: What else is packed like this, by what is found inside.
_OTHERS = [
    (r"encrypted-package", _PASSWORD),  # as LibreOffice does with all of a file
    (
        r"xl/workbook\.bin",
        _("This is a binary Excel file (XLSB). Open it, save it as XLSX and try again."),
    ),
    (
        r".*\.iwa|Index\.zip",
        _("This is a file from Numbers. Export it there as Excel (XLSX), and choose that."),
    ),
    (
        r".*\.(?:csv|tsv|xlsx|xls|ods)",
        _("This file is packed. Unpack it, and choose the spreadsheet inside."),
    ),
    (r".*", _("This is not an Excel file (XLSX). Save the figures as XLSX or as CSV.")),
]
_UNCOMPUTED = _(
    "Sheet “{sheet}” has formulas without a result, the first in cell {cell}. Where their figures"
    " are needed, open the file in a spreadsheet, save it there and try again."
)
PARTS_HIDDEN = _("Some rows or columns are hidden in the spreadsheet. They are read too.")
_HIDDEN = re.compile(
    r'<(?:row|col)\b[^>]*\bhidden="(?:1|true)"|table:visibility="(?:collapse|filter)"'
)
UNSAFE = _(
    "The file is built as no spreadsheet program builds it, and is not opened. Copy the figures"
    " into a new file."
)

# The text of a cell or a comment can be cut into runs of different looks.
_BETWEEN_RUNS = re.compile(
    r"</(?:\w+:)?t>\s*</(?:\w+:)?r>\s*<(?:\w+:)?r\b.*?<(?:\w+:)?t\b[^>]*>|</?text:(?:span|s)\b[^>]*>",
    re.DOTALL,
)


# What is written in marks and not between them: formulas, and what shows where one points.
_SAID = re.compile(
    r'\b(?:table:formula|tooltip|display|prompt|promptTitle|error|errorTitle|descr|title)="([^"]*)"'
)
# One with something in it: programs write down empty ones by the million.
_CELL = re.compile(r"<(?:\w+:)?(?:c|table-cell)(?:\s[^>]*)?(?<!/)>")


def opened(file: BinaryIO | Path, most: int, too_large: Sentence) -> zipfile.ZipFile:
    """The parts of a spreadsheet that unpacks to no more than that. Raises Unreadable."""
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise Unreadable(DAMAGED) from None
    names = archive.namelist()
    if not is_excel(archive) and not {"content.xml", "mimetype"} <= {*names}:
        raise Unreadable(_about(names))
    if sum(part.file_size for part in archive.infolist()) > most:
        raise Unreadable(too_large)
    if any(part.flag_bits & 1 for part in archive.infolist()):
        raise Unreadable(_PASSWORD)
    return archive


def is_excel(archive: zipfile.ZipFile) -> bool:
    return "xl/workbook.xml" in archive.namelist()


@contextmanager
def readable() -> Iterator[None]:
    """A damaged file can fail anywhere in the libraries."""
    try:
        yield
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable(DAMAGED) from error


def read_packed(data: bytes) -> Book:
    """The sheets that can be seen. Raises Unreadable."""
    archive = opened(io.BytesIO(data), MAX_UNPACKED, _TOO_LARGE)
    excel, names = is_excel(archive), archive.namelist()
    with readable():
        texts = {name: text_of(archive, name) for name in names if name.endswith(WRITTEN)}
        refuse_unsafe(texts)
        _refuse_many_cells(texts)
        read = workbook.sheets_of(archive, texts) if excel else opendocument.sheets_of(archive)
        refuse_cpr_beside(texts)
    seen = tuple(sheet for sheet in read if not sheet.hidden and sheet.rows)
    if not seen and any(sheet.rows for sheet in read):
        raise Unreadable(ALL_HIDDEN)
    if not seen:
        raise Unreadable(EMPTY)
    hidden = [sheet.name for sheet in read if sheet.hidden and sheet.rows]
    remarks = about_book(names, texts.get("xl/workbook.xml", ""), hidden)
    sheets = (text for name, text in texts.items() if "sheets/" in name or name == "content.xml")
    parts = [PARTS_HIDDEN] if any(map(hides, sheets)) else []
    return Book(seen, (*remarks, *_about_formulas(seen), *parts))


def about_book(names: Sequence[str], workbook: str, hidden: Sequence[str]) -> list[Sentence]:
    """What is worth telling of a file with these parts and `hidden` sheets."""
    sentence = _("The sheet “{sheet}” is hidden, so it is not read.")
    remarks: list[Sentence] = [
        format_lazy(sentence, sheet="…" if contains_cpr(sheet) else sheet) for sheet in hidden
    ]
    if any(name.endswith("vbaProject.bin") or name.startswith("Basic/") for name in names):
        remarks.append(_("The file has macros. They are neither run nor kept."))
    if re.search(r'date1904="(?:1|true)"', workbook):
        remarks.append(_("The file counts days from 1904. See that the periods are right."))
    return remarks


def hides(text: str) -> bool:
    """Whether a row or a column of the sheet is hidden: a person did so, and it counts all the
    same."""
    return bool(_HIDDEN.search(text))


def _about(names: list[str]) -> Sentence:
    return next(sentence for shape, sentence in _OTHERS if any(map(re.compile(shape).match, names)))


def text_of(archive: zipfile.ZipFile, name: str) -> str:
    part = archive.read(name)
    text = part.decode(encoding_of(part))
    return workbook.without_empties(text) if name.startswith(workbook.SHEETS) else text


def encoding_of(part: bytes) -> str:
    return "utf-16" if part[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"


def refuse_unsafe(texts: Mapping[str, str]) -> None:
    """What would take long, or make much of little."""
    for name, text in texts.items():
        if "<!DOCTYPE" in text or "<!ENTITY" in text:
            raise Unreadable(UNSAFE)
        if name == "META-INF/manifest.xml" and "encryption-data" in text:
            raise Unreadable(_PASSWORD)


def _refuse_many_cells(texts: Mapping[str, str]) -> None:
    found = (cell for text in texts.values() for cell in _CELL.finditer(text))
    if any(islice(found, _MAX_CELLS, None)):
        sentence = _("The file has more than 400,000 cells. Keep only the columns that are needed.")
        raise Unreadable(sentence)


def refuse_cpr_beside(texts: Mapping[str, str]) -> None:
    """CPR numbers in comments, text boxes, formulas, names of sheets or the file's properties."""
    for text in texts.values():
        names = re.findall(r'<(?:sheet|table:table)\b[^>]*?\bname="([^"]*)"', text)
        words = re.sub(r"<[^>]*>", "\n", _BETWEEN_RUNS.sub("", text))
        said = _SAID.findall(text)
        if contains_cpr(unescape("\n".join([*names, *said, words]))):
            raise Unreadable(
                _(
                    "Something in the file beside its cells looks like a civil registration number"
                    " (CPR), such as a comment, a text box or the name of a sheet. Kernen only"
                    " holds aggregated figures: remove it and try again."
                )
            )


def _about_formulas(sheets: Iterable[Sheet]) -> list[Sentence]:
    """A formula that was never computed matters only where its figure is needed."""
    for sheet in sheets:
        for row in sheet.rows:
            for at, cell in enumerate(row.cells):
                if is_formula(cell):
                    name = f"{column_letter(at)}{row.number}"
                    return [format_lazy(_UNCOMPUTED, sheet=sheet.name, cell=name)]
    return []
