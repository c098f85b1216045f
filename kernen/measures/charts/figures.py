"""A period's figure as it comes in, and as the charts reckon with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol, TypedDict


class Point(Protocol):
    """A figure of a period; a Point of the database is one."""

    @property
    def period(self) -> date: ...
    @property
    def value(self) -> Decimal | float | None: ...
    @property
    def numerator(self) -> float | None: ...
    @property
    def denominator(self) -> float | None: ...
    @property
    def size(self) -> int | None: ...
    @property
    def spread(self) -> Decimal | float | None: ...
    @property
    def note(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Figure:
    """A point from plain values: a value, or a numerator over a denominator; None is missing.

    `size` observations with the standard deviation `spread` stand behind a value that is their
    mean; of rare events it says how many there were on the day."""

    period: date
    value: Decimal | float | None = None
    numerator: float | None = None
    denominator: float | None = None
    note: str = ""
    size: int | None = None
    spread: Decimal | float | None = None


class Numeric(TypedDict):
    """A figure as numbers: what is plotted, and what it is made of."""

    value: float | None
    numerator: float | None
    denominator: float | None
    size: float | None
    spread: float | None


def as_numbers(figures: Iterable[Point | None], factor: float) -> list[Numeric]:
    """The figures as the charts reckon with them."""
    return [
        {
            "value": plotted(figure, factor) if figure else None,
            "numerator": _float(figure.numerator if figure else None),
            "denominator": _float(figure.denominator if figure else None),
            "size": _float(figure.size if figure else None),
            "spread": _float(figure.spread if figure else None),
        }
        for figure in figures
    ]


def _float(value: Decimal | float | None) -> float | None:
    return None if value is None else float(value)


def plotted(figure: Point, factor: float) -> float | None:
    """What is plotted; a figure over nothing is no figure."""
    if figure.denominator is not None:
        if figure.numerator is None or not figure.denominator:
            return None
        return float(figure.numerator) / float(figure.denominator) * factor
    return None if figure.value is None else float(figure.value)
