"""Cells as they were written, and what is refused wherever it stands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.text import Truncator, format_lazy
from django.utils.translation import gettext_lazy as _

from kernen.lib.cpr import contains_cpr, is_cpr_without_zero
from kernen.lib.periods import parse

MAX_ROWS = 20_000
#: Three columns for each of the 98 municipalities, and what says when.
MAX_COLUMNS = 300
#: As many periods may stand side by side: five years of weeks and more.
MAX_ACROSS = 600
EMPTY = _("The file is empty. Choose the one that has the figures.")
TOO_MANY_ROWS = _("There are more than 20,000 rows. Load the figures in smaller parts.")

#: A count has no nought in front, and no hospital counts so many.
_PARTED = re.compile(r"0\d{5} \d{4}")

_LONG = 200  # no period is written so

# Text is stripped, and empty text is None. A percentage from a spreadsheet is text: "95,4 %".
Cell = str | Decimal | date | bool | None
# Put into words in the reader's language when it is shown.
Sentence = str | Promise


class Unreadable(ValueError):
    """The whole input cannot be used; `str(error)` is one sentence that says why."""


@dataclass(frozen=True)
class Row:
    """A row with its number in the file, from 1 as a spreadsheet counts."""

    number: int
    cells: tuple[Cell, ...]
    numbers: tuple[int, ...] = ()
    """The row of each cell, where they were gathered from several."""
    columns: tuple[int, ...] = ()
    """The column of each cell, where it is not the same all the way down."""
    sheet: str = ""
    """The name of its sheet, where rows of several stand below each other."""

    @property
    def filled(self) -> int:
        return sum(cell is not None for cell in self.cells)

    def cell(self, index: int) -> Cell:
        return self.cells[index] if index < len(self.cells) else None


@dataclass(frozen=True)
class Sheet:
    """A sheet with the rows that hold something."""

    name: str
    hidden: bool
    rows: tuple[Row, ...]
    commas: bool = False
    """Its cells were parted by commas, which can be decimal signs too."""
    parts: "tuple[Sheet, ...]" = ()
    """The sheets of which it is made, where each is a place."""


@dataclass(frozen=True)
class Book:
    """What a file or a paste holds: the sheets that can be seen, and what is worth telling."""

    sheets: tuple[Sheet, ...]
    remarks: tuple[Sentence, ...] = ()


def clean(text: str) -> str | None:
    """The text without surrounding space, characters that cannot be seen, and the apostrophe that
    tells a spreadsheet that a cell is text, as our own files have it (`lib.sheets`)."""
    seen = re.sub("[\ufeff\u200b-\u200f\u2060\u00ad]", "", text).strip()
    return re.sub(r"^'(?=\w*[\d ]*\d|\s*[=+\-@＝＋－＠])", "", seen) or None


def plain(number: Decimal) -> str:
    """The number with a comma, so that it is read back as the same."""
    text = f"{number:f}".replace(".", ",")
    # Three decimals could be taken for thousands; a fourth makes it plain.
    return f"{text}0" if text[-4:-3] == "," else text


def column_letter(index: int) -> str:
    """0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def shown(cell: Cell) -> str:
    """The cell in the reader's own formats, short enough for a sentence."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return Truncator(" ".join(cell.split())).chars(40)
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, date):
        return date_format(cell, "SHORT_DATE_FORMAT")
    return number_format(cell, use_l10n=True)


def as_heading(cell: Cell) -> str:
    """The same, but for a number as it is without its thousands parted, such as a year."""
    return f"{cell:f}" if isinstance(cell, Decimal) else shown(cell)


def is_formula(cell: Cell) -> bool:
    """Whether it is a formula whose result the file does not hold."""
    return isinstance(cell, str) and cell.startswith("=")


def is_period(cell: Cell, frequency: str) -> bool:
    """Whether the cell says by itself which period of this frequency, or a finer one, it is."""
    if isinstance(cell, str):
        return len(cell) < _LONG and _is_period(cell, frequency)
    return isinstance(cell, date)


@lru_cache(50_000)  # a wide table asks of every cell, and many say the same
def _is_period(text: str, frequency: str) -> bool:
    try:
        return bool(parse(text, frequency))
    except ValueError:
        return False


def is_year(cell: Cell) -> bool:
    """Whether the cell is a year and nothing else."""
    text = f"{cell:f}" if isinstance(cell, Decimal) else cell
    return isinstance(text, str) and bool(re.fullmatch(r"(?:19|20)\d\d", text))


def holds_cpr(cell: Cell) -> bool:
    """Whether a civil registration number stands in the cell, also with its first zero lost."""
    if cell is None or isinstance(cell, bool | date):
        return False
    text = f"{cell:f}" if isinstance(cell, Decimal) else cell
    return len(text) > 8 and (contains_cpr(text) or is_cpr_without_zero(text))


def _day_and_number(cell: Cell, following: Cell) -> bool:
    """Whether a day of birth and its four digits stand in two cells beside each other."""
    parted = isinstance(cell, str) and isinstance(following, str)
    return (
        parted
        and bool(_PARTED.fullmatch(f"{cell} {following}"))
        and holds_cpr(f"{cell}{following}")
    )


def refuse_cpr(rows: Sequence[Row], sheet: str = "", *, hidden: bool = False) -> None:
    """Raises Unreadable that names the place, and never the number."""
    sheet = "…" if contains_cpr(sheet) else sheet
    for row in rows:
        for index, cell in enumerate(row.cells):
            if holds_cpr(cell) or _day_and_number(cell, row.cell(index + 1)):
                sentence = _(
                    "Row {row}, column {column} looks like a civil registration number (CPR)."
                    " Kernen only holds aggregated figures: remove it and try again."
                )
                in_sheet = _(
                    "Sheet “{sheet}”, row {row}, column {column} looks like a civil registration"
                    " number (CPR). Kernen only holds aggregated figures: remove it and try again."
                )
                in_hidden = _(
                    "Sheet “{sheet}” is hidden, and its row {row}, column {column} looks like a"
                    " civil registration number (CPR). Kernen only holds aggregated figures: show"
                    " the sheet, remove the number and try again."
                )
                raise Unreadable(
                    format_lazy(
                        in_hidden if hidden else in_sheet if sheet else sentence,
                        sheet=sheet,
                        row=row.number,
                        column=column_letter(index),
                    )
                )
