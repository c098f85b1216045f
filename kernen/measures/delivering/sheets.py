"""The rows of a large Excel file, one at a time: no sheet is ever unpacked as a whole.

What makes rows of it, and judges what hides beside them, is what small files are read with; here it
is given each sheet in pieces of whole rows."""

import codecs
import io
import re
from collections.abc import Iterator
from itertools import islice, pairwise
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from openpyxl.worksheet._reader import WorkSheetParser

from kernen.lib.cpr import contains_cpr

from ..reading import packed, workbook
from ..reading.cells import EMPTY, MAX_ACROSS, Row, Sentence, Unreadable, refuse_cpr
from ..reading.levels import are_headings, holds_figures
from ..reading.titles import LEADING

#: A million rows of five columns, and more.
MAX_UNPACKED = 500 * 2**20
#: So much is unpacked at once; and as long may a row be, with what stands behind the last one.
_PIECE, _LONGEST = 1 << 17, 1 << 23
#: Rows that say whether figures stand in a sheet.
_FIRST = 100
_ROW, _TAG = re.compile(r"<(?:\w{1,40}:)?row[\s/>]"), 50
_ROOT = re.compile(r"<((?:\w+:)?)worksheet\b[^>]*>")
_END = re.compile(r"</(?:\w+:)?sheetData\s*>")
_NO_SHEET = "<worksheet/>"
_TOO_LARGE = _("The file is too large once it is unpacked. Save the sheet with figures as CSV.")
_NO_EXCEL = _("Save a file with so many rows as XLSX or CSV: no other is read row by row.")
_SEVERAL = _(
    "Figures stand in several sheets: {sheets}. Choose one of them, or leave one in the file, and"
    " load the others after it."
)


class SheetRows:
    """The rows of the one sheet that has headings and rows below them, or else looks most like it.
    The first time that they are gone through, all that the file holds is judged."""

    def __init__(self, path: Path):
        """Raises Unreadable."""
        self.archive = packed.opened(path, MAX_UNPACKED, _TOO_LARGE)
        if not packed.is_excel(self.archive):
            raise Unreadable(_NO_EXCEL)
        names = [n for n in self.archive.namelist() if n.endswith((*packed.WRITTEN, ".rels"))]
        begins, ends = workbook.SHEETS, packed.WRITTEN
        sheets = {n: _NO_SHEET for n in names if n.startswith(begins) and n.endswith(ends)}
        others = [name for name in names if name not in sheets]
        if sum(self.archive.getinfo(name).file_size for name in others) > packed.MAX_UNPACKED:
            raise Unreadable(_TOO_LARGE)
        self.others = [name for name in others if name.endswith(ends)]
        self.judged = self.hides = False
        self.unsure: Sentence | None = None
        """Why another sheet may be meant."""
        with packed.readable():
            packed.refuse_unsafe(self._texts())
            self.book = workbook.book_of(self.archive, sheets)
            self._chosen = self._likeliest()

    @property
    def sheet(self) -> str:
        """The one that is read; of `sheets`, which hold something and can be seen."""
        return self._chosen.title

    @sheet.setter
    def sheet(self, said: str) -> None:
        self._chosen, self.unsure = self.book[said], None

    @property
    def remarks(self) -> list[Sentence]:
        """What is worth telling of the file, once all of it is judged."""
        sheets = (one for one in self.book.worksheets if one.sheet_state != "visible")
        hidden = [one.title for one in sheets if any(self._rows(one))]
        with packed.readable():
            book = packed.text_of(self.archive, "xl/workbook.xml")
        found = packed.about_book(self.archive.namelist(), book, hidden)
        return [*found, packed.PARTS_HIDDEN] if self.hides else found

    def __iter__(self) -> Iterator[tuple[int, list[Any]]]:
        """Each row that holds something, with its number in the sheet; a cell that holds nothing
        is an empty text. Raises Unreadable."""
        for row in self._rows(self._chosen):
            yield row.number, ["" if cell is None else cell for cell in row.cells]
        if not self.judged:
            for sheet in self.book.worksheets:
                for _row in self._rows(sheet) if sheet is not self._chosen else ():
                    pass
            with packed.readable():
                packed.refuse_cpr_beside(self._texts())
            self.judged = True

    def _texts(self) -> dict[str, str]:
        return {name: packed.text_of(self.archive, name) for name in self.others}

    def _likeliest(self) -> Any:
        first = {one: [*islice(self._rows(one), _FIRST)] for one in self.book.worksheets}
        filled = [one for one, rows in first.items() if rows]
        seen = [one for one in filled if one.sheet_state == "visible"]
        if not seen:
            raise Unreadable(packed.ALL_HIDDEN if filled else EMPTY)
        self.sheets = tuple(one.title for one in seen)
        whole = [one for one in seen if any(map(are_headings, first[one][:-1][:LEADING]))]
        if len(whole) > 1:
            names = ("…" if contains_cpr(one.title) else one.title for one in whole)
            self.unsure = format_lazy(_SEVERAL, sheets=", ".join(names))
        return max(whole or seen, key=lambda one: min(2, sum(map(holds_figures, first[one]))))

    def _rows(self, sheet: Any) -> Iterator[Row]:
        parser = WorkSheetParser(
            None,
            sheet._shared_strings,
            data_only=True,
            epoch=self.book.epoch,
            date_formats=self.book._date_formats,
            timedelta_formats=self.book._timedelta_formats,
        )
        head = ""
        with packed.readable():
            for piece in _pieces(self.archive, sheet._worksheet_path):
                rows = _parsed(parser, _whole(head, piece), sheet) if head else []
                head = head or piece
                if not self.judged:
                    packed.refuse_unsafe({"": piece})
                    refuse_cpr(rows, sheet.title, hidden=sheet.sheet_state != "visible")
                    packed.refuse_cpr_beside({"": piece})
                    self.hides = self.hides or packed.hides(piece)
                yield from rows


def _pieces(archive: ZipFile, name: str) -> Iterator[str]:
    """The text of a sheet: what stands before its rows; then rows, and with the last of them what
    stands behind."""
    text, begun = "", False
    with archive.open(name) as part:
        chunk = part.read(_PIECE)
        decoder = codecs.getincrementaldecoder(packed.encoding_of(chunk))()
        while chunk:
            new = max(len(text) - _TAG, int(begun))
            text += decoder.decode(chunk)
            if len(text) > _LONGEST:
                raise Unreadable(packed.UNSAFE)
            starts = [found.start() for found in _ROW.finditer(text, new)]
            cuts = [0, *starts[: not begun], *starts[-1:]]  # the last row may not be all there yet
            for start, end in pairwise(cuts):
                if start < end:
                    yield text[start:end]
            text, begun = text[cuts[-1] :], begun or bool(starts)
            chunk = part.read(_PIECE)
    yield text + decoder.decode(b"", final=True)


def _whole(head: str, piece: str) -> bytes:
    """These rows as all that there is in the sheet."""
    root = _ROOT.search(head)
    if root is None:
        raise Unreadable(packed.DAMAGED)
    space, rows = root[1], _END.split(piece)[0]
    rows = workbook.as_written(workbook.without_empties(rows))
    data = f"{root[0]}<{space}sheetData>{rows}</{space}sheetData></{space}worksheet>"
    return workbook.loose(data.encode())


def _parsed(parser: WorkSheetParser, sheet: bytes, of: Any) -> list[Row]:
    parser.source = io.BytesIO(sheet)
    rows = []
    for number, cells in parser.parse():
        if cells and number <= workbook.LAST_ROW:
            # One column too many, so that it is seen; further ones could fill the memory.
            width = min(cells[-1]["column"], MAX_ACROSS + 1)
            rows.append(Row(number, workbook.written(of._get_row(cells, 1, width))))
    parser.row_dimensions.clear()
    return [row for row in rows if row.filled]
