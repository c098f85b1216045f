"""Kroner and years as people read them."""

from decimal import Decimal
from math import floor
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

MILLION = 1_000_000
MINUS = "\N{MINUS SIGN}"


def kroner(amount: Any) -> str:
    """About so much, with a sign where it is lost: millions with one decimal, less with four
    figures that count, so that what is added up beside each other comes out."""
    value = abs(float(amount))
    sign = MINUS if amount < 0 and value >= 0.5 else ""
    if value >= MILLION - 50:
        return _("DKK %(amount)s m") % {"amount": sign + _millions(value)}
    return exact(sign, _rounded(value, 1 if value < 10_000 else 10 if value < 100_000 else 100))


def _millions(value: float) -> str:
    return plain(Decimal(_rounded(value, MILLION // 10)) / MILLION)


def _rounded(value: float, step: int) -> int:
    """To the nearest step, and a half of it up, as people round."""
    return floor(value / step + 0.5) * step


def between(low: Decimal, likely: Decimal, high: Decimal) -> str:
    """What is likely, and what it lies between: "4,5 mio. kr. (2,5–6,5)"."""
    if low == high:
        return exact("", likely)
    if low >= MILLION / 10 and likely >= MILLION:
        return f"{kroner(likely)} ({_millions(float(low))}–{_millions(float(high))})"
    return f"{exact('', likely)} ({plain(low)}–{plain(high)})"


def exact(sign: str, amount: Decimal | float) -> str:
    """To the krone."""
    said = number_format(_rounded(float(amount), 1), force_grouping=True)
    return _("DKK %(amount)s") % {"amount": sign + said}


def plain(amount: Decimal) -> str:
    """A figure without the noughts that its column pads it with."""
    return number_format(Decimal(f"{amount.normalize():f}"), force_grouping=True)


def span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"
