"""What a page shows of a series beside its picture: rows, phases and marks, all in words."""

from dataclasses import dataclass

from kernen.measures.charts.sentences import Finding


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
