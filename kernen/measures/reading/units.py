"""Whether figures are in the unit of their series."""

import re
from collections.abc import Collection, Iterable, Mapping

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kernen.measures.reading.cells import shown
from kernen.measures.reading.results import Figure, Problem
from kernen.measures.reading.table import Table

_OTHER = _(
    "The file has figures in “{found}”, and the series is in {unit}. See that they are right."
)
_SHARES = _(
    "All figures lie between 0 and 1, and the series is in {unit}. Where they are shares, write"
    " them as percentages."
)

_TENFOLD = 1_000  # per cent
_MUCH = _(
    "{number} is more than ten times all of it. A spreadsheet can have taken a percentage a hundred"
    " times: see that it is right."
)
_ANOTHER = _(
    "“{heading}” is in {found}, and the series is in {unit}. Write the figures in {unit}, and let"
    " the heading say so."
)
_A_SHARE = _(
    "{number} may be a share, and the other figures are percentages. See that it is right."
)

#: Units of one kind and how each is written; the singular in a heading says how often: "pr. uge".
_KINDS = [
    {
        "s": r"sek\.?|sekunder|seconds|secs?",
        "min": r"min\.?|minutter|minutes|mins",
        "h": r"timer|hours|hrs|hr",
        "d": r"dage|døgn|days",
        "wk": r"uger|weeks",
        "mo": r"måneder|mdr\.?|mdn\.?|months",
        "a": r"years",
    },
    {
        "mio": r"mio\.? ?kr\.?|mill?\.? ?kr\.?|mkr\.?",
        "tkr": r"t\.? ?kr\.?|1\.?000 kr\.?|tusinde? kr\.?",
        "kr": r"kr\.?|kroner|dkk",
    },
    {"mg": r"mg|milligram", "g": r"g|gram|grams", "kg": r"kg|kilo|kilogram|kilograms"},
    {
        "ml": r"ml|milliliter",
        "cl": r"cl|centiliter",
        "dl": r"dl|deciliter",
        "l": r"l|liter|liters|litres",
    },
]
_UNITS = [
    (kind, unit, re.compile(rf"(?<![\w.])(?:{shapes})(?!\w)"))
    for kind, units in enumerate(_KINDS)
    for unit, shapes in units.items()
]
#: Not what the figures are in: "inden 30 dage", "pr. 100 timer".
_WITHIN = re.compile(r"(?<!1\.000 )\b\d+(?:[.,]\d+)? ?(?!kr)[^\W\d_]+|\b(?:pr\.?|per) \w+")
#: Not where it is of what is counted: "EVF over 40 %".
_HUNDREDTHS = re.compile(r"(?<!\d)(?<!\d )%|\b(?:pct|procent\w*|percent\w*|100)\b", re.I)
_PLURALS = ("", "e", "r", "er", "ter", "s")


def is_percent(unit: str) -> bool:
    return unit.casefold().strip(" .") in ("%", "pct", "procent", "percent", "per cent")


def about_unit(
    unit: str, written: Collection[str], rows: Iterable[Figure], *, percent: bool
) -> list[Problem]:
    """What is worth telling of values: `written` are the units behind them in the file, `percent`
    whether some have a per cent sign."""
    told = []
    others = [one for one in written if not _same(one, unit)]
    if others and len(others) == len(written):
        told.append(Problem(format_lazy(_OTHER, found=others[0], unit=unit)))
    values = [figure.value for figure in rows if figure.value is not None]
    shares = all(0 <= value <= 1 for value in values) and any(value % 1 for value in values)
    if is_percent(unit) and shares and not percent:
        told.append(Problem(format_lazy(_SHARES, unit=unit)))
    if is_percent(unit) and any(value >= _TENFOLD for value in values):
        told.append(Problem(format_lazy(_MUCH, number=shown(max(values)))))
    larger = [value for value in values if value > 1]
    for value in values if is_percent(unit) and larger else ():
        if 0 < value < 1 and value * 10 < min(larger) <= 100 * value <= max(larger) * 2:
            told.append(Problem(format_lazy(_A_SHARE, number=shown(value))))
    return told


def says(heading: str, word: str) -> bool:
    """Whether a heading holds the name of a unit or a measure, however it is shortened."""
    if _words(word) and f" {_words(word)} " in f" {_words(heading)} ":
        return True
    own = _unit(word)
    return own is not None and own in _said(heading)


def refuse_other(table: Table, columns: Mapping[str, int], unit: str) -> Problem | None:
    """What is wrong where the heading of the values says another unit of the same kind than the
    series is in."""
    heading = table.headings[columns["value"]] if "value" in columns else ""
    own, said = _unit(unit), _said(heading)
    found = [word for (kind, _one), word in said.items() if own and kind == own[0]]
    if unit and not _HUNDREDTHS.search(unit) and _HUNDREDTHS.search(heading):
        found.append("%")
    if not found or own in said:
        return None
    return Problem(format_lazy(_ANOTHER, heading=shown(heading), found=found[0], unit=unit))


def same_unit(one: str, other: str) -> bool:
    """Whether the two say the same unit, each in its own way, or in a code: "d", "dage"."""
    if is_percent(one) or is_percent(other):
        return is_percent(one) and is_percent(other)
    return _same(one, other) or (_unit(one) is not None and _unit(one) == _unit(other))


def _unit(unit: str) -> tuple[int, str] | None:
    """Which kind of unit it is, and which of that kind."""
    text = unit.strip().casefold()
    coded = next((one[:2] for one in _UNITS if one[1] == text), None)
    return coded or next((key for end in _PLURALS for key in _said(text + end)), None)


def _said(heading: str) -> dict[tuple[int, str], str]:
    """The units that a heading names, with the word for each; one letter stands alone, or in
    brackets."""
    text = _WITHIN.sub(" ", heading.casefold())
    found = {}
    for kind, unit, shape in _UNITS:
        for match in shape.finditer(text):
            alone = text.strip() == match[0] or f"({match[0]})" in text or f"[{match[0]}]" in text
            if len(match[0]) > 1 or alone:
                found[kind, unit] = match[0]
                text = text.replace(match[0], " ", 1)
                break
    return found


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+|%", text.casefold()))


def _same(one: str, other: str) -> bool:
    """Also where one is short for the other: "min" and "minutter"."""
    short, long = sorted((one.casefold().rstrip("."), other.casefold().rstrip(".")), key=len)
    return long.startswith(short)
