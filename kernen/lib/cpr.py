"""Finding civil registration numbers (CPR): no text or file that holds one is taken in.

A CPR number is ddmmyy-xxxx. Since 2007 its check digit no longer holds for everyone, so ten
digits that begin with a day that exists count as one. Source: CPR-kontoret, "Personnummeret i
CPR-systemet" and "Personnumre uden kontrolciffer (modulus 11 kontrol)".
"""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_DAY, _MONTH, _YEAR = r"(0[1-9]|[12]\d|3[01])", r"(0[1-9]|1[0-2])", r"(\d\d)"
# Not inside a longer number, nor after a decimal sign: 0,0909090909 is a figure.
_BEFORE, _AFTER = r"(?<!\d)(?<!\d[.,])", r"(?!\d)"
_SHAPES = [
    re.compile(rf"{_BEFORE}{_DAY}{_MONTH}{_YEAR} ?[-./]? ?\d{{4}}{_AFTER}"),
    # Parted like a date; then the dash must be there, since a date is often followed by a time.
    re.compile(rf"{_BEFORE}{_DAY}[-./ ]{_MONTH}[-./ ]{_YEAR} ?- ?\d{{4}}{_AFTER}"),
]
_DAYS_IN_MONTH = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}
_WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)

MESSAGE = _(
    "This looks like a civil registration number (CPR)."
    " Kernen only holds aggregated figures: remove it and try again."
)


def contains_cpr(text: str) -> bool:
    """Whether a CPR number stands anywhere in the text, also with odd digits, dashes or spaces."""
    plain = _plain(text)
    return any(_day_exists(*found.groups()) for shape in _SHAPES for found in shape.finditer(plain))


def is_cpr_without_zero(text: str) -> bool:
    """Whether the text is nine digits that a spreadsheet may have made of a CPR number.

    Ordinary figures can have nine digits too, so here the check digit has to hold.
    """
    digits = "0" + _plain(text).strip()
    if not re.fullmatch(r"[0-9]{10}", digits) or not contains_cpr(digits):
        return False
    return sum(weight * int(d) for weight, d in zip(_WEIGHTS, digits, strict=True)) % 11 == 0


def refuse_cpr(value: object) -> None:
    """A validator for text fields; its message never repeats the number."""
    if contains_cpr(str(value)):
        raise ValidationError(MESSAGE, code="cpr")


def _plain(text: str) -> str:
    """The text in ASCII digits, one kind of dash and single spaces, without what is unseen."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        text = text.translate({ord(c): _plain_character(c) for c in set(text) if not c.isascii()})
    return re.sub(r"[^\S\n\t]+", " ", text)


def _plain_character(character: str) -> str:
    if (digit := unicodedata.digit(character, None)) is not None:
        return str(digit)
    category = unicodedata.category(character)
    if category == "Cf":
        return ""
    return "-" if category == "Pd" or character == "\N{MINUS SIGN}" else character


def _day_exists(day: str, month: str, year: str) -> bool:
    """29 February needs a leap year; only the serial number tells the century, so 00 passes."""
    if (day, month) == ("29", "02"):
        return int(year) % 4 == 0
    return int(day) <= _DAYS_IN_MONTH.get(int(month), 31)
