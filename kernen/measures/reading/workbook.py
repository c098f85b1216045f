"""The sheets of an XLSX file."""

import io
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any
from zipfile import ZipFile

import openpyxl

from kernen.measures.reading.cells import (
    MAX_ACROSS,
    MAX_ROWS,
    TOO_MANY_ROWS,
    Cell,
    Row,
    Sheet,
    Unreadable,
    clean,
    plain,
    refuse_cpr,
)

#: Where the parts with sheets are.
SHEETS = "xl/worksheets/"
LAST_ROW = 1_048_576  # the last that Excel has
_EMPTY_CELL = re.compile(r"<(?:\w+:)?c\b[^>]*/>")
_EMPTY_ROW = re.compile(r"<(\w+:)?row\b[^>]*(?:/>|>\s*</\1?row>)")
_USUAL = b"http://schemas.openxmlformats.org"
_NAMES = [
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", _USUAL + b"/spreadsheetml/2006/main"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        _USUAL + b"/officeDocument/2006/relationships",
    ),
]
_UNCOMPUTED = re.compile(
    r'<c\b(?![^>]*\bt="str")[^>]*?\br="(?P<cell>[A-Z]+\d+)"[^>]*>\s*'
    r"<f\b(?:[^>]*/>|[^>]*>(?P<formula>[^<]*)</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>"
)


def sheets_of(archive: ZipFile, texts: Mapping[str, str]) -> list[Sheet]:
    """All sheets, formulas as the values last computed. Raises Unreadable."""
    sheets = []
    for worksheet in book_of(archive, texts).worksheets:
        worksheet.reset_dimensions()  # what the file says of its size can be wrong
        rows: list[Row] = []
        # One column too many, so that it is seen; further ones could fill the memory.
        cells_of_rows = worksheet.iter_rows(max_col=MAX_ACROSS + 1)
        gap = None
        for number, cells in enumerate(islice(cells_of_rows, LAST_ROW), start=1):
            if cells is gap:  # rows that the file leaves out are one and the same tuple
                continue
            gap = cells
            row = Row(number, written(cells))
            if row.filled:
                rows.append(row)
            if len(rows) > 2 * MAX_ROWS:
                raise Unreadable(TOO_MANY_ROWS)
        hidden = worksheet.sheet_state != "visible"
        refuse_cpr(rows, worksheet.title, hidden=hidden)
        sheets.append(Sheet(worksheet.title, hidden, tuple(rows)))
    return sheets


def book_of(archive: ZipFile, texts: Mapping[str, str]) -> Any:
    """As the library has it, with these texts of its sheets."""
    light = _rebuilt(archive, texts)
    return openpyxl.load_workbook(light, read_only=True, data_only=True, keep_links=False)


def without_empties(text: str) -> str:
    """A sheet without the rows and cells that hold nothing but a format, of which there can be a
    million; the library takes a minute for them."""
    return _EMPTY_ROW.sub("", _EMPTY_CELL.sub("", text))


def _rebuilt(archive: ZipFile, texts: Mapping[str, str]) -> io.BytesIO:
    """The file with its texts as they are given."""
    file = io.BytesIO()
    with ZipFile(file, "w") as light:
        for name in archive.namelist():
            if name.startswith(SHEETS) and name in texts:
                light.writestr(name, loose(as_written(texts[name]).encode()))
            elif name.endswith((".xml", ".rels")):
                light.writestr(name, loose(archive.read(name)))
    file.seek(0)
    return file


def loose(part: bytes) -> bytes:
    """A part of a "strict" workbook by the names that the library knows."""
    for strict, usual in _NAMES:
        part = part.replace(strict, usual)
    return part


def written(cells: Sequence[Any]) -> tuple[Cell, ...]:
    """The cells of a row up to the last with something in it: the library fills up the rest."""
    last = next((at for at in range(len(cells), 0, -1) if cells[at - 1].value is not None), 0)
    return tuple(map(_cell, cells[:last]))


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
        case time():
            return str(value)
        case timedelta():
            minutes = round(value.total_seconds() / 60)
            return f"{minutes // 60}:{minutes % 60:02}"
    return clean(str(value))


def _number(value: int | float, number_format: str) -> Decimal | str:
    """The number as the spreadsheet shows it: with 15 digits, and a share as a percentage."""
    number = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
    shape = re.sub(r'"[^"]*"|\\.', "", number_format)
    if shape.count("0") == len(shape.replace("-", "")) == 10:
        return f"{number:010f}"  # a code with leading zeros
    return f"{plain((number * 100).normalize())} %" if "%" in shape else number


def as_written(text: str) -> str:
    """A sheet with each formula that was never computed as text: it is no empty cell."""
    return _UNCOMPUTED.sub(_formula, text)


def _formula(found: re.Match[str]) -> str:
    written = f"={found['formula'] or '…'}"
    return f'<c r="{found["cell"]}" t="inlineStr"><is><t>{written}</t></is></c>'
