"""Why what stands where a figure is wanted is none, and what to write instead."""

import re
from typing import Any

from django.utils.translation import gettext_lazy as _

TWO_FIGURES = _(
    "“{text}” is a numerator and a denominator, and one figure is wanted here. Write that figure,"
    " or define a measure that has both."
)
A_DATE = _("“{text}” is a date, not a number. A spreadsheet can have changed what was written.")
TOO_LARGE = _("“{text}” is too large a figure.")
FRACTION = re.compile("[¼-¾⅐-⅞]")
_HIDES = _("“{text}” hides the figure. Write the figure itself, or leave the cell empty.")
_HOURS = _(
    "“{text}” is hours and minutes. Write it as one number in the unit of the series, as {example}."
)
NOT_A_NUMBER = _("“{text}” is not a number. Write it as {example}, or leave the cell empty.")
_NUMBER = r"-?\d[\d.,' ]*"
#: By how it is written, in small letters and plain signs; the first that fits counts.
_SHAPES: list[tuple[str, Any]] = [
    (
        r"[-\u2010-\u2015\u2212]+",
        _("“{text}” can mean zero or no figure. Write 0, or leave the cell empty."),
    ),
    (
        r"(?:n ?)?[<>≤≥].*|\(?[*•]+\)?|x{1,3}|fortroligt?|diskretion(?:eret)?"
        r"|(?:under|over|højst|mindst|(?:færre|mindre|mere|flere) end)\b.*"
        r"|(?:fewer|less|more) than\b.*",
        _HIDES,
    ),
    (
        rf"(?:ca\.?|cirka|omkring|about|approx\.?|~|≈|±) ?{_NUMBER}|{_NUMBER} ?(?:ca\.?|cirka)",
        _("“{text}” is only about the figure. Write the figure itself, or leave the cell empty."),
    ),
    (
        rf"{_NUMBER} ?(?:[-\u2010-\u2015\u2212]|\.\.+|til|to) ?\d[\d.,' ]*",
        _("“{text}” goes from one figure to another. Write the one figure, or leave it empty."),
    ),
    (
        r"[=@].*|\+.*[^\d.,].*",
        _(
            "“{text}” is a formula and not what it gives. Write the figure itself, or leave the"
            " cell empty."
        ),
    ),
    (
        r"#.*",
        _(
            "The spreadsheet could not work out this figure (“{text}”). Mend it there, or leave"
            " the cell empty."
        ),
    ),
    (
        r"[+-]?\d+(?:[.,]\d+)?e[+-]?\d+",
        _("“{text}” was shortened by the spreadsheet. Write the whole figure, or leave it empty."),
    ),
    (r"-?[\d.,' ]{40,}", TOO_LARGE),
    (r"\d+:\d\d(?::\d\d)?|\d+ ?(?:t|h|timer)\.? ?\d+ ?(?:m|min)\.?", _HOURS),
    (
        rf"{_NUMBER}\(.*\d.*\)|{_NUMBER} ?(?:;|og|and|:) ?{_NUMBER}",
        _("“{text}” is two figures, and one is wanted here. Write that one alone."),
    ),
    (
        rf"(?=.*[^\d.,' ])(?:kr\.? ?|dkk ?|€ ?)?[(*]*{_NUMBER}[^\d]*",
        _("“{text}” is more than a figure. Write only the figure, as {example}."),
    ),
]
_TOLD = [(re.compile(shape, re.ASCII), sentence) for shape, sentence in _SHAPES]


def about(written: str, text: str) -> Any:
    """The sentence about what is `written`, which is `text` in plain letters."""
    if FRACTION.search(written):
        return _("“{text}” is a fraction. Write it with decimals, as {example}.")
    fits = (sentence for shape, sentence in _TOLD if shape.fullmatch(text[:200]))
    return next(fits, NOT_A_NUMBER)
