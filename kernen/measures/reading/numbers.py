"""Numbers as people and spreadsheets write them."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache

from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kernen.lib.letters import flat
from kernen.measures.reading.cells import Cell, Sentence, is_formula, is_period, shown
from kernen.measures.reading.complaints import (
    A_DATE,
    FRACTION,
    NOT_A_NUMBER,
    TOO_LARGE,
    TWO_FIGURES,
    about,
)

_TOO_LONG = 60
LARGEST = Decimal(10) ** 12
# What people write where there is no figure. A lone dash is not here: in statistics it is zero.
_NO_FIGURE = {
    "i.a.", "i.a", "ia", "i/a", "n/a", "n.a.", "na", ".", "..", "...", "#n/a", "#i/t",
    "i.d.", "i.d", "null", "(null)", "nan", "(tom)", "(blank)", "ingen data", "no data",
    "mangler", "missing", "uoplyst", "ikke opgjort", "ej opgjort", "ikke oplyst", "ej oplyst",
    "ikke registreret", "ej registreret",
}  # fmt: skip
_PLAIN = re.compile(r"[+-]?\d+(?:[.,]\d+)?", re.ASCII)
_GROUPED = re.compile(
    r"[+-]?\d{1,3}(?P<group>[., '])\d{3}(?:(?P=group)\d{3})*(?:(?!(?P=group))[.,]\d+)?",
    re.ASCII,
)
_AMBIGUOUS = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
_WITH_UNIT = re.compile(r"[+-]?\d[\d.,' ]*? ?(?P<unit>(?!af\b|of\b)[^\W\d_]+\.?(?:/[^\W\d_]+)?)")
#: "20 (n=40)" and "50 % (20/40)".
_OF_SO_MANY = [
    re.compile(r"(?P<numerator>[^()a-z]+?) ?\(n ?= ?(?P<denominator>[^()a-z]+)\)"),
    re.compile(r"[^()a-z]+% ?\((?P<numerator>[^()/a-z]+)/(?P<denominator>[^()/a-z]+)\)"),
]
_OF = re.compile(
    r"(?P<numerator>[^/a-z]+?) ?(?:[/\u2044]|(?:ud )?af|(?:out )?of) ?(?P<denominator>[^/a-z]+?)"
    r"(?: ?\([^()]*%\))?"
)
_example = lazy(lambda: shown(Decimal("27.5")), str)


def simplified(text: str) -> str:
    """Plain digits, minus and single spaces, without a percent sign."""
    return _simplified(text) if len(text) < _TOO_LONG else _simplified.__wrapped__(text)


@lru_cache(50_000)  # cells say the same in row after row, and are asked again and again
def _simplified(text: str) -> str:
    text = flat(text).lower().replace("’", "'")
    text = re.sub(r"^[\u2010-\u2015\u2212](?=.)", "-", text)
    text = " ".join(text.split())
    text = re.sub(r"^n ?= ?(?=\d)", "", text)
    text = re.sub(r"(?:%|(?<=[\d ])(?:pct\.?|procent))$", "", text)
    return re.sub(r"^([+-]) ", r"\1", text.strip())


def is_number(cell: Cell) -> bool:
    """Whether the cell is written as a number, whatever its decimal sign, or is to give one."""
    if is_formula(cell):
        return True
    if isinstance(cell, str):
        if cell.isdecimal() and cell.isascii():
            return len(cell) < _TOO_LONG
        text = simplified(cell) if len(cell) < _TOO_LONG else ""
        return bool(_PLAIN.fullmatch(text) or _GROUPED.fullmatch(text))
    return isinstance(cell, Decimal)


def parts(cell: Cell) -> tuple[str, str] | None:
    """Numerator and denominator of "128/133", "128 af 133" or "128 of 133 (96 %)"."""
    whole = isinstance(cell, str) and not FRACTION.search(cell)
    text = simplified(cell).replace("\u2044", "/") if whole else ""  # type: ignore[arg-type]
    shapes = [*(_OF_SO_MANY if "(" in text else []), _OF]
    found = next(filter(None, (shape.fullmatch(text) for shape in shapes)), None)
    if not found or not is_number(found["numerator"]) or not is_number(found["denominator"]):
        return None
    return found["numerator"], found["denominator"]


def says_none(cell: Cell) -> bool:
    """Whether it is empty, or says that there is no figure."""
    return cell is None or (isinstance(cell, str) and cell.lower() in _NO_FIGURE)


def unit_of(cells: Iterable[Cell]) -> str:
    """The unit that stands behind at least half of a column's figures, such as "dage"."""
    texts = [
        simplified(cell) if isinstance(cell, str) else "" for cell in cells if cell is not None
    ]
    found = [match["unit"] for text in texts if (match := _WITH_UNIT.fullmatch(text[:_TOO_LONG]))]
    units = set(found)
    return found[0] if len(units) == 1 and 2 * len(found) >= len(texts) else ""


def without(cell: Cell, unit: str) -> Cell:
    """The cell without the unit of its column."""
    if not unit or not isinstance(cell, str):
        return cell
    text = simplified(cell)
    return text.removesuffix(unit).strip() if text.endswith(unit) else cell


def decimal_signs(cells: Iterable[Cell], *, whole: bool = False) -> set[str]:
    """The signs that some cell of the column can only mean as a decimal sign; both where it cannot
    be told. Where all are counts, which have no decimals, a comma can part thousands."""
    signs: set[str] = set()
    open_to, others = [], 0
    for cell in cells:
        plain = isinstance(cell, str) and is_number(cell) and not is_formula(cell)
        text = simplified(cell) if plain else ""  # type: ignore[arg-type]
        if _AMBIGUOUS.fullmatch(text):
            open_to.append(text)
            continue
        others += cell is not None
        found = re.findall(r"[.,]", text)
        if found:
            signs.add(_own_sign(text) or {".": ",", ",": "."}[found[0]])
    doubtful = {sign for text in open_to for sign in re.findall(r"[.,]", text)}
    if signs or len(doubtful) > 1:
        return signs or doubtful
    if whole and doubtful == {","}:
        if not all(text.endswith(",000") for text in open_to):
            return {"."}
        return {",", "."} if others else set()
    return set()


def is_open(cell: Cell) -> bool:
    """Whether it can have thousands or three decimals: "1.234"."""
    return isinstance(cell, str) and bool(_AMBIGUOUS.fullmatch(simplified(cell)))


def _own_sign(text: str) -> str:
    """The decimal sign of a number that can be read in one way only; "" where it has none."""
    found = re.findall(r"[.,]", text)
    parts_thousands = len(found) > 1 and len(set(found)) == 1  # 1.234.567
    return found[-1] if found and not parts_thousands else ""


def read_number(cell: Cell, signs: set[str]) -> Decimal | None:
    """The number in a cell, None where there is no figure.

    `signs` are those of the whole column: without any, "1.234" is Danish and has a thousand.
    Raises ValueError with one translatable sentence.
    """
    if says_none(cell):
        return None
    if not is_number(cell) or is_formula(cell):
        raise ValueError(_complaint(cell))
    number = _from_text(cell, signs) if isinstance(cell, str) else cell
    assert isinstance(number, Decimal)  # noqa: S101
    if not number.is_finite() or abs(number) >= LARGEST:
        raise ValueError(format_lazy(TOO_LARGE, text=shown(cell)))
    return number


def _from_text(cell: str, signs: set[str]) -> Decimal:
    text = simplified(cell)
    if _AMBIGUOUS.fullmatch(text) and len(signs) > 1:
        sentence = _(
            "“{text}” can be read in two ways, with thousands or with decimals. Write nothing"
            " between thousands, and the same decimal sign in the whole column."
        )
        raise ValueError(format_lazy(sentence, text=shown(cell)))
    sign = next(iter(signs), ",") if _AMBIGUOUS.fullmatch(text) else _own_sign(text)
    return Decimal("".join("." if c == sign else c for c in text if c in f"+-0123456789{sign}"))


def why_none(cell: str) -> Sentence | None:
    """What it is instead of a number, None where nothing is known of it."""
    known = about(cell, simplified(cell)) is not NOT_A_NUMBER or parts(cell)
    return _complaint(cell) if known else None


def _complaint(cell: Cell) -> Sentence:
    written = cell if isinstance(cell, str) else ""
    sentence = about(written, simplified(written))
    if isinstance(cell, date) or is_period(cell, "day"):
        sentence = A_DATE
    elif parts(cell):
        sentence = TWO_FIGURES
    return format_lazy(sentence, text=shown(cell), example=_example())
