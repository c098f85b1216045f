"""What came of reading a table."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from kernen.measures.reading.cells import Sentence


@dataclass(frozen=True)
class Problem:
    """What is wrong, and where; `row` is None where it is the whole table."""

    message: Sentence
    row: int | None = None
    column: str = ""
    """Letter and heading, such as "B (Tæller)"."""
    value: str = ""
    """What stands in the cell."""
    sheet: str = ""
    """Where it is one of several that are read."""

    @property
    def sentence(self) -> str:
        """Place and message in one line."""
        if self.row is None:
            return str(self.message)
        if self.sheet:
            return _("Sheet “%(sheet)s”, row %(row)s, column %(column)s: %(message)s") % {
                "sheet": self.sheet,
                "row": self.row,
                "column": self.column,
                "message": self.message,
            }
        return _("Row %(row)s, column %(column)s: %(message)s") % {
            "row": self.row,
            "column": self.column,
            "message": self.message,
        }


@dataclass(frozen=True)
class Figure:
    """One period: a value, or a numerator and a denominator, or none of them if missing.

    Of several observations the value is their mean, with how many they are and how much they
    differ; `observations` are those of one row, before the rows of a period are gathered. Of rare
    events a figure is a day and `size` how many events it had."""

    row: int
    start: date
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    note: str = ""
    size: int | None = None
    spread: Decimal | None = None
    observations: tuple[Decimal, ...] = ()

    @property
    def numbers(self) -> tuple[Decimal | int | None, ...]:
        return self.value, self.numerator, self.denominator, self.size, self.spread

    @property
    def missing(self) -> bool:
        return not any(number is not None for number in self.numbers)


@dataclass(frozen=True)
class Column:
    index: int
    name: str
    """Letter and heading, such as "B (Tæller)"."""


@dataclass
class Reading:
    """What was understood. All or nothing is for the caller to decide: see `ok`."""

    columns: dict[str, Column]
    """By role: period (and year), value or numerator and denominator, note."""
    rows: list[Figure] = field(default_factory=list)
    """In order of time, each period once, without the rows that have a problem."""
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    """What is worth telling, though nothing has to be mended."""
    period_examples: list[tuple[str, str]] = field(default_factory=list)
    """The first and last periods as written, and as understood in the active language."""

    empty: int = 0
    """How many periods were passed over because their figure was left empty."""

    places: list[str] = field(default_factory=list)
    """Those whose figures stand in the table, where they are several."""
    place: str = ""
    """The one of them that is read."""

    @property
    def counts(self) -> bool:
        """Whether the figures are numerators and denominators."""
        return "numerator" in self.columns

    @property
    def ok(self) -> bool:
        return not self.problems and any(not figure.missing for figure in self.rows)
