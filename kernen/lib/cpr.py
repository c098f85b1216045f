"""Finding civil registration numbers (CPR): no text or file that holds one is taken in.

A CPR number is ddmmyy-xxxx. Since 2007 its check digit no longer holds for everyone, so ten
digits that begin with a day that exists count as one. Source: CPR-kontoret, "Personnummeret i
CPR-systemet" and "Personnumre uden kontrolciffer (modulus 11 kontrol)".
"""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_DAY = r"(?:0[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0[1-9]|1[0-2])"
# Not inside a longer number, nor after a decimal sign: 0,0909090909 is a figure.
_CPR = re.compile(
    rf"(?<!\d)(?<!\d[.,])(?:"
    rf"(?P<day>{_DAY})(?P<month>{_MONTH})(?P<year>\d\d) ?[-./]? ?\d{{4}}"
    rf"|(?P<day2>{_DAY})(?P<gap>[-./ ])(?P<month2>{_MONTH})(?P=gap)(?P<year2>\d\d) ?- ?\d{{4}}"
    rf")(?!\d)"
)
_LONGEST_MONTHS = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}
_WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)

MESSAGE = _(
    "This looks like a civil registration number (CPR)."
    " Kernen only holds aggregated figures: remove it and try again."
)


def contains_cpr(text: str) -> bool:
    """Whether a CPR number stands anywhere in the text, also with odd digits, dashes or spaces."""
    return any(_day_exists(*_date_of(found)) for found in _CPR.finditer(_plain(text)))


def is_cpr_without_its_zero(text: str) -> bool:
    """Whether the text is nine digits that a spreadsheet may have made of a CPR number.

    Ordinary figures have nine digits too, so here the check digit has to hold.
    """
    digits = "0" + _plain(text).strip()
    if not re.fullmatch(r"\d{10}", digits) or not contains_cpr(digits):
        return False
    return sum(w * int(d) for w, d in zip(_WEIGHTS, digits, strict=True)) % 11 == 0


def refuse_cpr(value: object) -> None:
    """A validator for text fields; its message never repeats the number."""
    if contains_cpr(str(value)):
        raise ValidationError(MESSAGE, code="cpr")


def _plain(text: str) -> str:
    """ASCII digits, one kind of dash, single spaces; what cannot be seen is left out."""
    return re.sub(r"[^\S\n\t]+", " ", "".join(map(_plain_character, _composed(text))))


def _composed(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _plain_character(character: str) -> str:
    if character.isascii():
        return character
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    category = unicodedata.category(character)
    if category == "Cf":
        return ""
    return "-" if category == "Pd" or character == "\N{MINUS SIGN}" else character


def _date_of(found: re.Match[str]) -> tuple[int, int, int]:
    parts = found.groupdict()
    return tuple(int(parts[name] or parts[f"{name}2"]) for name in ("day", "month", "year"))


def _day_exists(day: int, month: int, year: int) -> bool:
    """29 February needs a leap year; of the century only the serial number tells, so 00 passes."""
    if (day, month) == (29, 2):
        return year % 4 == 0
    return day <= _LONGEST_MONTHS.get(month, 31)
