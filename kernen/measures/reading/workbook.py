"""The sheets of an XLSX file."""

import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from html import unescape
from itertools import islice
from typing import Any

import openpyxl
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kernen.lib.cpr import contains_cpr
from kernen.measures.reading.cells import (
    MAX_COLUMNS,
    MAX_ROWS,
    TOO_MANY_ROWS,
    Cell,
    Row,
    Unreadable,
    clean,
    refuse_cpr,
)

MAX_UNPACKED = 50 * 1024 * 1024
_LAST_ROW = 1_048_576  # the last that Excel has
_DAMAGED = _("The Excel file cannot be opened. Save it again as XLSX, or as CSV.")

# The text of a cell or a comment can be cut into runs of different looks.
_BETWEEN_RUNS = re.compile(
    r"</(?:\w+:)?t>\s*</(?:\w+:)?r>\s*<(?:\w+:)?r\b.*?<(?:\w+:)?t\b[^>]*>", re.DOTALL
)
_UNCOMPUTED = re.compile(
    r'<c\b(?![^>]*\bt="str")[^>]*?\br="(?P<cell>[A-Z]+\d+)"[^>]*>\s*'
    r"<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>"
)


@dataclass(frozen=True)
class Sheet:
    """A sheet with the rows that hold something."""

    name: str
    hidden: bool
    rows: tuple[Row, ...]


def read_sheets(data: bytes) -> list[Sheet]:
    """All sheets, formulas as the values last computed. Raises Unreadable.

    The size is judged before anything is unpacked: zipfile never gives more than it declares.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise Unreadable(_DAMAGED) from None
    if "xl/workbook.xml" not in archive.namelist():
        raise Unreadable(_("This is not an Excel file (XLSX). Save the figures as XLSX or as CSV."))
    if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
        raise Unreadable(_("The file unpacks to more than 50 MB. Keep only what is needed."))
    try:
        sheets = _sheets(data)
        _look_into(archive)
    except Unreadable:
        raise
    except Exception as error:  # a damaged file can fail anywhere in the libraries
        raise Unreadable(_DAMAGED) from error
    return sheets


def _sheets(data: bytes) -> list[Sheet]:
    workbook = openpyxl.load_workbook(
        io.BytesIO(data), read_only=True, data_only=True, keep_links=False
    )
    sheets = []
    for worksheet in workbook.worksheets:
        worksheet.reset_dimensions()  # what the file says of its size can be wrong
        rows: list[Row] = []
        # One column too many, so that it is seen; further ones could fill the memory.
        cells_of_rows = worksheet.iter_rows(max_col=MAX_COLUMNS + 1)
        gap = None
        for number, cells in enumerate(islice(cells_of_rows, _LAST_ROW), start=1):
            if cells is gap:  # rows that the file leaves out are one and the same tuple
                continue
            gap = cells
            row = Row(number, tuple(_cell(cell) for cell in cells))
            if row.filled:
                rows.append(row)
            if len(rows) > MAX_ROWS:
                raise Unreadable(TOO_MANY_ROWS)
        refuse_cpr(rows, "" if contains_cpr(worksheet.title) else worksheet.title)
        sheets.append(Sheet(worksheet.title, worksheet.sheet_state != "visible", tuple(rows)))
    return sheets


def _cell(cell: Any) -> Cell:
    value = cell.value
    match value:
        case None | bool():
            return value
        case int() | float():
            return _number(value, cell.number_format)
        case datetime():
            return value.date()
        case date():
            return value
        case time() | timedelta():
            return str(value)
    return clean(str(value))


def _number(value: int | float, number_format: str) -> Decimal | str:
    """The number as the spreadsheet shows it: with 15 digits, and a share as a percentage."""
    number = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
    shape = re.sub(r'"[^"]*"|\\.', "", number_format)
    if shape.count("0") == len(shape.replace("-", "")) == 10:
        return f"{number:010f}"  # a code with leading zeros
    return number * 100 if "%" in shape else number


def _look_into(archive: zipfile.ZipFile) -> None:
    """Refuses what the cells do not show: formulas never computed, and CPR numbers in comments,
    text boxes, formulas, names of sheets or properties of the file."""
    for name in archive.namelist():
        if not name.endswith((".xml", ".vml")):
            continue
        part = archive.read(name)
        text = part.decode("utf-16" if part[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8")
        names = re.findall(r'<sheet\b[^>]*?\bname="([^"]*)"', text)
        words = re.sub(r"<[^>]*>", "\n", _BETWEEN_RUNS.sub("", text))
        if contains_cpr(unescape("\n".join([*names, words]))):
            raise Unreadable(
                _(
                    "Something in the file beside its cells looks like a civil registration number"
                    " (CPR), such as a comment, a text box or the name of a sheet. Kernen only"
                    " holds aggregated figures: remove it and try again."
                )
            )
        if name.startswith("xl/worksheets/") and (found := _UNCOMPUTED.search(text)):
            sentence = _(
                "Cell {cell} has a formula that has not been computed. Open the file in a"
                " spreadsheet, save it there and try again."
            )
            raise Unreadable(format_lazy(sentence, cell=found["cell"]))
