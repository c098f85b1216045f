"""What the calculation knows of a gain or a cost."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Row:
    """Kroner in each of the years from `first` to `last`: a cost where `gain` is False.

    The amount is positive; `low` and `high` are what it lies between."""

    party: str
    gain: bool
    low: float
    likely: float
    high: float
    first: int
    last: int

    @property
    def sign(self) -> int:
        return 1 if self.gain else -1


def years_of(rows: Sequence[Row]) -> tuple[int, ...]:
    """Every year from the first of any row to the last of any."""
    if not rows:
        return ()
    return tuple(range(min(row.first for row in rows), max(row.last for row in rows) + 1))


def in_force(rows: Sequence[Row], years: Sequence[int]) -> Floats:
    """One line a row, one column a year: 1 or -1 where the row is in force, else nought."""
    columns = np.array(years)
    first = np.array([row.first for row in rows])[:, None]
    last = np.array([row.last for row in rows])[:, None]
    sign = np.array([row.sign for row in rows], float)[:, None]
    return np.where((first <= columns) & (columns <= last), sign, 0.0)
