"""The rows of a large file, one at a time: nothing of it is kept in memory."""

import codecs
import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from ..reading.cells import EMPTY, Unreadable
from ..reading.files import OLD, refuse_no_table
from ..reading.text import NOT_CLOSED, NOT_TEXT, delimiter_of, eight_bits
from .sheets import SheetRows

_CHUNK = 1 << 20
#: What shows how the file is written.
_HEAD = 1 << 17
_UNSEEN = re.compile("[\0-\x08\x0e-\x1f]")


@dataclass
class Rows:
    path: Path
    encoding: str
    delimiter: str
    skipped: int = 0
    """Lines that say what parts the cells, and hold none."""
    sheets: tuple[str, ...] = ()
    sheet: str = ""
    unsure: None = None
    remarks: tuple[()] = ()

    def __iter__(self) -> Iterator[tuple[int, list[Any]]]:
        """Each row that holds something, with its number in the file. Raises Unreadable."""
        number = 0
        with self.path.open(encoding=self.encoding, newline="") as file:
            reader = csv.reader(file, delimiter=self.delimiter, strict=True)
            try:
                for number, record in enumerate(reader, start=1):
                    if number > self.skipped and any(map(str.strip, record)):
                        yield number, record
            except csv.Error:
                raise Unreadable(format_lazy(NOT_CLOSED, row=number + 1)) from None


def rows_in(path: Path) -> Rows | SheetRows:
    """How the file is written. Raises Unreadable."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise Unreadable(EMPTY)
    if head.startswith(b"PK"):
        return SheetRows(path)
    refuse_no_table(head if not head.startswith(OLD) else path.read_bytes())
    encoding = _encoding(path, head)
    text = head.decode(encoding, "ignore").removeprefix("\ufeff")
    skipped = 1 if text[:4].lower() == "sep=" else 0
    whole, _end, _cut = text.rpartition("\n")
    delimiter = delimiter_of((whole or text).partition("\n")[2] if skipped else whole or text)
    if not delimiter:
        raise Unreadable(
            _("There is only one column. Put the period in one column and the figure in another.")
        )
    return Rows(path, encoding, delimiter, skipped)


def _encoding(path: Path, head: bytes) -> str:
    marked = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ["utf-16"] if marked else ["utf-8-sig", eight_bits(head)]:
        try:
            _decode(path, encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    raise Unreadable(NOT_TEXT)


def _decode(path: Path, encoding: str) -> None:
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            if _UNSEEN.search(decoder.decode(chunk)):
                raise Unreadable(NOT_TEXT)
    decoder.decode(b"", final=True)
