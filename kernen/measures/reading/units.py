"""Whether figures are in the unit of their series."""

from collections.abc import Collection, Iterable

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kernen.measures.reading.cells import shown
from kernen.measures.reading.results import Figure, Problem

_OTHER = _(
    "The file has figures in “{found}”, and the series is in {unit}. See that they are right."
)
_SHARES = _(
    "All figures lie between 0 and 1, and the series is in {unit}. Where they are shares, write"
    " them as percentages."
)

_A_SHARE = _(
    "{number} may be a share, and the other figures are percentages. See that it is right."
)


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
    larger = [value for value in values if value > 1]
    for value in values if is_percent(unit) and larger else ():
        if 0 < value < 1 and value * 10 < min(larger) <= 100 * value <= max(larger) * 2:
            told.append(Problem(format_lazy(_A_SHARE, number=shown(value))))
    return told


def _same(one: str, other: str) -> bool:
    """Also where one is short for the other: "min" and "minutter"."""
    short, long = sorted((one.casefold().rstrip("."), other.casefold().rstrip(".")), key=len)
    return long.startswith(short)
