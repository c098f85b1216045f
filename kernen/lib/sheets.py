"""Rows as a file that a Danish spreadsheet opens: CSV with semicolons, or XLSX."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from tempfile import TemporaryFile
from typing import Any

from django.http import FileResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, override
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import get_column_letter

DATE = "%d-%m-%Y"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: A spreadsheet that opens a CSV takes what begins like this for a formula.
FORMULA = re.compile(r"^\s*[=+\-@\t\r＝＋－＠]")

#: How wide the two columns are of what is said about figures.
_ABOUT = (28, 100)

Row = Sequence[Any]


def as_csv(rows: Iterable[Row], name: str) -> StreamingHttpResponse:
    """UTF-8 with its mark, days as 22-11-2026, figures with a decimal comma; in the language of
    now, also where the rows are made while the file is sent."""
    writer = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n")
    lines = (writer.writerow([_plain(cell) for cell in row]) for row in rows)
    spoken = _in_language(get_language() or "", _marked(lines))
    response = StreamingHttpResponse(spoken, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{name}.csv") or ""
    return response


def as_xlsx(
    rows: Iterable[Row],
    name: str,
    *,
    title: str,
    widths: Sequence[float],
    freeze: str = "B2",
    about: tuple[str, Iterable[Row]] | None = None,
) -> FileResponse:
    """A sheet called `title`, its columns so many signs wide; and one of `about`, the name of the
    sheet and its rows, which says what the figures are."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = freeze
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    if about:
        beside = book.create_sheet(about[0])
        beside.column_dimensions["A"].width, beside.column_dimensions["B"].width = _ABOUT
        for row in about[1]:
            beside.append([_cell(beside, value) for value in row])
    file = TemporaryFile()  # noqa: SIM115 the response closes it
    book.save(file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=SHEET_TYPE)


def _plain(value: Any) -> str:
    """A cell of a CSV; what a spreadsheet would take for a formula gets an apostrophe before."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.strftime(DATE)
    if isinstance(value, int | float | Decimal):
        return str(value).replace(".", ",")
    text = str(value)
    return f"'{text}" if FORMULA.match(text) else text


def _cell(sheet: Any, value: Any) -> Any:
    """A cell of a sheet: a day as a day, a figure as a figure, anything else as the text it is,
    never a formula."""
    if value is None:
        return None
    if isinstance(value, int | float | Decimal):
        return WriteOnlyCell(sheet, value)
    if isinstance(value, date):
        cell = WriteOnlyCell(sheet, value)
        cell.number_format = "dd-mm-yyyy"
        return cell
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", str(value)))
    cell.data_type = "s"
    return cell


def _in_language(language: str, lines: Iterable[str]) -> Iterator[str]:
    with override(language):
        yield from lines


def _marked(lines: Iterable[str]) -> Iterator[str]:
    yield "\ufeff"
    yield from lines


class _Echo:
    """A file that hands back each line instead of keeping it."""

    def write(self, line: str) -> str:
        return line
