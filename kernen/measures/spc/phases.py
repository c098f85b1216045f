"""Phases as rows: what holds within a phase is then one calculation along each row."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

Bools = npt.NDArray[np.bool_]
T = TypeVar("T", bound=np.generic)
Positions = Collection[int] | Bools


def marks(positions: Positions, shape: tuple[int, int]) -> Bools:
    """Positions, from 1 and the same in every series, as marks; or marks for each series as given.

    Positions outside the series are dropped.
    """
    if isinstance(positions, np.ndarray) and positions.dtype == np.bool_:
        return np.broadcast_to(positions, shape)
    marked = np.zeros(shape, dtype=bool)
    marked[:, [at - 1 for at in positions if 0 < at <= shape[1]]] = True
    return marked


@dataclass(frozen=True, slots=True)
class Phases:
    """Where every phase of every series lies; all arrays have one entry per phase, in order.

    `series` and `number` count from 0; `first` and `last` are positions in the series, from 0.
    """

    shape: tuple[int, int]
    series: npt.NDArray[np.intp]
    number: npt.NDArray[np.intp]
    first: npt.NDArray[np.intp]
    last: npt.NDArray[np.intp]

    @classmethod
    def after(cls, ends: Bools) -> "Phases":
        """A new phase begins after each marked point; a mark on the last point begins none."""
        begins = np.zeros(ends.shape, dtype=bool)
        begins[:, 0] = True
        begins[:, 1:] = ends[:, :-1]
        series, first = np.nonzero(begins)
        last = np.append(first[1:], 0) - 1
        last[last < 0] = ends.shape[1] - 1
        number = np.arange(len(series)) - np.searchsorted(series, series)
        return cls(ends.shape, series, number, first, last)

    @property
    def whole(self) -> bool:
        """Whether every series is one phase."""
        return len(self.series) == self.shape[0]

    @property
    def length(self) -> npt.NDArray[np.intp]:
        return self.last - self.first + 1

    @property
    def of_points(self) -> npt.NDArray[np.intp]:
        """The number of each point's phase."""
        return np.repeat(self.number, self.length).reshape(self.shape)

    @property
    def there(self) -> Bools:
        """Where the rows have points: all but what pads the shorter phases."""
        length = self.length
        there: Bools = np.arange(length.max()) < length[:, None]
        return there

    def rows(self, points: npt.NDArray[T], beyond: Any) -> npt.NDArray[T]:
        """From series × periods to phases × points."""
        if self.whole:
            return points
        there = self.there
        rows = np.full(there.shape, beyond, dtype=points.dtype)
        rows[there] = points.ravel()  # both go through series, phases and points in this order
        return rows

    def points(self, rows: npt.NDArray[T]) -> npt.NDArray[T]:
        """And back."""
        return rows if self.whole else rows[self.there].reshape(self.shape)

    def figures(self, values: npt.NDArray[T], none: Any) -> npt.NDArray[T]:
        """One figure of each phase as series × phases, `none` where a series has fewer."""
        figures = np.full((self.shape[0], self.number.max() + 1), none, dtype=values.dtype)
        figures[self.series, self.number] = values
        return figures
