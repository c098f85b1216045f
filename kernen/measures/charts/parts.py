"""What a page shows of a series beside its picture: rows, phases and marks, all in words."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kernen.lib.periods import label
from kernen.measures.charts.figures import Point
from kernen.measures.charts.numbers import Numbers
from kernen.measures.charts.sentences import Finding


@dataclass(frozen=True, slots=True)
class When:
    """Periods in words, each when it is asked for: of thousands only a few are ever named."""

    starts: Sequence[date]
    frequency: str

    def __getitem__(self, at: int) -> str:
        return label(self.starts[at], self.frequency)


def mean_of(figures: Sequence[Point], numbers: Numbers) -> str:
    """The mean of figures: "105/114", or a value with its unit."""

    def mean(values: Iterable[Decimal | float | None]) -> float:
        return sum(float(value or 0) for value in values) / len(figures)

    if figures[0].denominator is None:
        return numbers.quantity(mean(figure.value for figure in figures))
    over = mean(figure.numerator for figure in figures)
    under = mean(figure.denominator for figure in figures)
    return "/".join(numbers.number(math.floor(part + 0.5)) for part in (over, under))


@dataclass(frozen=True, slots=True)
class Row:
    """One period in the table of figures; numbers are written out, empty where missing."""

    period: str
    numerator: str
    denominator: str
    value: str
    phase: int
    note: str
    left_out: bool
    size: str = ""
    spread: str = ""

    @property
    def told(self) -> str:
        """The period and its figure on one line."""
        counts = f" ({self.numerator}/{self.denominator})" if self.denominator else ""
        return f"{self.period}: {self.value}{counts}"


@dataclass(frozen=True, slots=True)
class PhaseRow:
    """One phase in words: its periods, its line (a median, or a mean), its limits where it has
    any, how many figures count, what the rules say; and if its line is `frozen`, of when it is."""

    span: str
    centre: str
    limits: str
    count: int
    findings: tuple[Finding, ...]
    frozen: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands under the badge in the picture; `sign` is empty for what lies outside it, and
    `behind` leads to the journal where that is known."""

    sign: str
    when: str
    text: str
    behind: str = ""
