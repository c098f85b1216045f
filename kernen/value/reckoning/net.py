"""Net per party and year, and when what was paid has come back."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .rows import Row, in_force, years_of

#: What stands instead of a year of payback.
NEVER_OUT, NOT_WITHIN = "never_out", "not_within"


@dataclass(frozen=True)
class Net:
    """Kroner per party, in the order in which the parties first appear, and year."""

    years: tuple[int, ...]
    costs: dict[str, tuple[float, ...]]
    gains: dict[str, tuple[float, ...]]

    @property
    def parties(self) -> list[str]:
        return list(self.costs)

    def of(self, party: str) -> tuple[float, ...]:
        """Gains less costs in each year."""
        pairs = zip(self.gains[party], self.costs[party], strict=True)
        return tuple(gain - cost for gain, cost in pairs)

    @property
    def overall(self) -> tuple[float, ...]:
        """All parties together in each year."""
        each = [self.of(party) for party in self.parties]
        return tuple(sum(year) for year in zip(*each, strict=True))

    @property
    def totals(self) -> dict[str, float]:
        """All years together, by party."""
        return {party: sum(self.of(party)) for party in self.parties}

    def a_year(self, amounts: Sequence[float]) -> float:
        """The mean over all years."""
        return sum(amounts) / len(self.years) if self.years else 0.0


@dataclass(frozen=True, slots=True)
class Payback:
    """The year in which what was paid has come back, or why there is none."""

    year: int | None
    why: str = ""


def reckon(rows: Sequence[Row]) -> Net:
    years = years_of(rows)
    parties = list(dict.fromkeys(row.party for row in rows))
    if not rows:
        return Net((), {}, {})
    amounts = in_force(rows, years) * np.array([row.likely for row in rows])[:, None]
    of = np.array([row.party for row in rows])
    costs = {party: _summed(-np.minimum(amounts[of == party], 0)) for party in parties}
    gains = {party: _summed(np.maximum(amounts[of == party], 0)) for party in parties}
    return Net(years, costs, gains)


def _summed(amounts: np.ndarray) -> tuple[float, ...]:
    return tuple(float(amount) for amount in amounts.sum(axis=0))


def payback(years: Sequence[int], net: Sequence[float]) -> Payback:
    """The first year from whose end on the sum so far is never below nought again.

    Who was never below nought has nothing to get back."""
    so_far = np.round(np.cumsum(net), 2)  # øre: adding up leaves less over
    if not (so_far < 0).any():
        return Payback(None, NEVER_OUT)
    back = lasting(so_far[None, :])[0]
    return Payback(years[int(back)]) if back < len(years) else Payback(None, NOT_WITHIN)


def lasting(so_far: np.ndarray) -> np.ndarray:
    """For each line of sums so far, the first position from which none is below nought; one past
    the end where the last one is."""
    ahead = np.minimum.accumulate(so_far[:, ::-1], axis=1)[:, ::-1]
    there: np.ndarray = np.where(ahead[:, -1] >= 0, (ahead >= 0).argmax(axis=1), so_far.shape[1])
    return there
