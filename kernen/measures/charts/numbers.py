"""Numbers as people read them, in the active language and to a precision that suits the series."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.formats import get_format

NO_BREAK = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Numbers:
    """How the numbers of one chart are written; `unit` as the measure has it, such as "dage"."""

    unit: str
    decimals: int
    decimal_mark: str
    thousands_mark: str

    @classmethod
    def fitting(cls, values: Iterable[float], unit: str) -> "Numbers":
        """Decimals enough to tell the values apart, and no more."""
        known = list(values) or [0.0]
        spread = max(known) - min(known) or max(map(abs, known)) or 1.0
        decimals = 0 if spread >= 5000 else max(1, 1 - math.floor(math.log10(spread)))
        marks = (get_format("DECIMAL_SEPARATOR"), get_format("THOUSAND_SEPARATOR"))
        return cls(unit, min(decimals, 12), *marks)

    def number(self, value: float, decimals: int | None = None) -> str:
        """Without unit: "27,5", "1.234"; decimals that are nought are left out."""
        plain = f"{value:,.{self.decimals if decimals is None else decimals}f}"
        if "." in plain:
            plain = plain.rstrip("0").rstrip(".")
        marks = {",": self.thousands_mark, ".": self.decimal_mark, "-": "−"}
        plain = "".join(marks.get(sign, sign) for sign in plain)
        return "0" if plain == "−0" else plain

    def quantity(self, value: float) -> str:
        """With unit, held together: "27,5 dage", "95,4 %"."""
        number = self.number(value)
        return f"{number}{NO_BREAK}{self.unit}" if self.unit else number

    def same(self, one: float, other: float) -> bool:
        """Whether a reader sees the same number; what is shown is what is judged."""
        return self.number(one) == self.number(other)

    @property
    def axis_unit(self) -> str:
        """The unit to write at every number of an axis; longer ones stand once, as its title."""
        return self.unit if self.unit in ("%", "‰") else ""

    def on_axis(self, value: float, decimals: int | None = None) -> str:
        number = self.number(value, decimals)
        return f"{number}{NO_BREAK}{self.axis_unit}" if self.axis_unit else number
