"""From bytes to text, and from text to rows of cells."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kernen.measures.reading.cells import MAX_ROWS, TOO_MANY_ROWS, Row, Unreadable, clean
from kernen.measures.reading.headings import role_of

# A comma is often a decimal sign inside a cell, so it is tried last.
_DELIMITERS = "\t;|,"
_SAMPLE = 2_000  # lines that show what stands between the cells
NOT_TEXT = _("This is not a table of text. Save the figures as a spreadsheet (XLSX) or as CSV.")
NOT_CLOSED = _(
    "Row {row} cannot be read: a quotation mark is not closed or stands inside a cell, or a cell is"
    " too long. Take it out, or save the figures as XLSX."
)
#: What stands in quotation marks or in brackets, as deep as anybody writes.
_IN_FORMULA = r'"[^"\r\n]*"'
for _depth in range(5):
    _IN_FORMULA = rf'"[^"\r\n]*"|\((?:[^"()\r\n]|{_IN_FORMULA})*\)'
_MIXED = _(
    "Row {row} has letters that cannot be read: two kinds of text are mixed in the file. Open it"
    " in your spreadsheet, save it as “CSV UTF-8” and try again."
)


def decoded(data: bytes) -> str:
    """The text, whichever program wrote it. Raises Unreadable."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _as(data, "utf-16")
    if guessed := _utf_16_without_mark(data):
        return _as(data, guessed)
    try:
        return _twice_encoded(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        _refuse_mixed(data)
    text = data.decode(eight_bits(data), "replace")
    if "\ufffd" in text:
        raise Unreadable(NOT_TEXT)
    return text


def eight_bits(data: bytes) -> str:
    """The older encoding in which most headings are words."""
    names = ("cp1252", "mac_roman", "cp850")
    return max(names, key=lambda name: _danish_words(data.decode(name, "replace")))


def _danish_words(text: str) -> int:
    """How many headings with æ, ø and å the text has; its letters alone could be anything."""
    return sum(
        not word.isascii() and role_of(word) is not None
        for word in {*re.split(r"[\W_]+", text[:5_000])}
    )


def _as(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise Unreadable(NOT_TEXT) from None


def _utf_16_without_mark(data: bytes) -> str:
    """Every other byte of Danish text in UTF-16 is nought."""
    sample = data[:2_000]
    half = len(sample) // 2
    for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        noughts, others = sample[start::2].count(0), sample[1 - start :: 2].count(0)
        if half > 3 and noughts > 0.8 * half and not others:
            return encoding
    return ""


def _twice_encoded(text: str) -> str:
    """UTF-8 that was taken for something else and written as UTF-8 again: "TÃ¦ller"."""
    if "Ã" not in text:
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text


def _refuse_mixed(data: bytes) -> None:
    """Bytes that are Danish letters in UTF-8 beside some that are not UTF-8 at all."""
    text = data.decode("utf-8", "replace")
    if any(letter in text for letter in "æøåÆØÅ"):
        row = text.count("\n", 0, text.index("\ufffd")) + 1
        raise Unreadable(format_lazy(_MIXED, row=row))


def rows_of(text: str) -> tuple[list[Row], str]:
    """The rows that hold something, and what parts their cells. Raises Unreadable."""
    if any(ord(c) < 32 and c not in "\t\n\r\f\v" for c in text):
        raise Unreadable(NOT_TEXT)
    text = text.removeprefix("\ufeff")
    skipped = 0
    if text[:4].lower() == "sep=":
        _line, _end, text = text.partition("\n")
        skipped = 1
    delimiter = delimiter_of(text)
    rows = []
    quoted = _with_quotes_kept(text, delimiter or "\t")
    for number, record in enumerate(_records(quoted, delimiter), start=1 + skipped):
        row = Row(number, tuple(map(clean, record))) if record else None
        if row and row.filled:
            rows.append(row)
        # Headings and titles stand above them: a table looks more closely.
        if len(rows) > 2 * MAX_ROWS:
            raise Unreadable(TOO_MANY_ROWS)
    return rows, delimiter


def delimiter_of(text: str) -> str:
    """What parts most lines into cells; "" where nothing parts half of them.

    A comma stands inside cells too, so it has to part the lines into the same number of cells.
    """
    chosen, most = "", 0
    for delimiter in _DELIMITERS:
        widths, lines = _widths(text, delimiter)
        parted = max(widths.values(), default=0) if delimiter == "," else widths.total()
        # Half is enough, for titles and notes can stand among the lines.
        if parted > most and 2 * widths.total() >= lines:
            chosen, most = delimiter, parted
    return chosen


def _widths(text: str, delimiter: str) -> tuple[Counter[int], int]:
    """How many lines are parted into how many cells, and how many there are; a quotation mark that
    is not closed takes in all lines below it."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    widths, lines, last = Counter[int](), 0, 0
    try:
        for record in islice(filter(None, reader), _SAMPLE):
            spanned, last = (
                max(reader.line_num - last, 1) if len(record) > 1 else 1,
                reader.line_num,
            )
            lines += spanned
            if len(record) > 1:
                widths[len(record)] += spanned
    except csv.Error:
        return Counter(), 0
    return widths, lines


def _with_quotes_kept(text: str, delimiter: str) -> str:
    """The text with those cells in quotation marks that hold some without being so: a formula, in
    which there can also be what parts the cells, and a word quoted inside a quoted cell."""
    if '"' not in text and "=" not in text:
        return text
    part = re.escape(delimiter)
    start, end = rf"(?m)(?:^|(?<={part}))", rf"(?={part}|\r?$)"
    formula = re.compile(rf'{start}=(?:[^"()\r\n{part}]|{_IN_FORMULA})*{end}')
    parts, last, quotes = [], 0, 0
    for found in formula.finditer(text):
        before = text[last : found.start()]
        line = before.rpartition("\n")
        quotes = line[2].count('"') + (0 if line[1] else quotes)
        telling = not quotes % 2 and ('"' in found[0] or delimiter in found[0])
        parts += [before, _quoted(found[0]) if telling else found[0]]
        last, quotes = found.end(), quotes + found[0].count('"')
    text = "".join([*parts, text[last:]])
    if _can_be_parted(text, delimiter):
        return text
    word = re.compile(rf'{start}"([^\r\n{part}]+)"{end}')
    return word.sub(lambda cell: _quoted(re.sub('"+', '"', cell[1])), text)


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


def _can_be_parted(text: str, delimiter: str) -> bool:
    try:
        for _record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            pass
    except csv.Error:
        return False
    return True


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter or "\t", strict=True)
    read = 0
    try:
        for record in reader:
            read += 1
            yield record
    except csv.Error:
        raise Unreadable(format_lazy(NOT_CLOSED, row=read + 1)) from None
