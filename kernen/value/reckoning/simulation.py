"""How sure the net is: each amount drawn many times between its low and its high."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .net import lasting
from .rows import Floats, Row, in_force, years_of

#: Said beside what comes of it, so that anybody can do it again.
DRAWS, SEED = 10_000, 20_191


@dataclass(frozen=True, slots=True)
class Simulation:
    """Net of all parties over all years: the median, and what eight of ten draws lie between.

    `back` is the share of the draws in which what was paid has come back at the end of the year
    number `within`, for good."""

    low: float
    median: float
    high: float
    back: float
    within: int
    draws: int
    seed: int


def simulate(
    rows: Sequence[Row], *, within: int, draws: int = DRAWS, seed: int = SEED
) -> Simulation | None:
    """Each row is drawn by itself from a triangle with its tip at what is likely, and holds in all
    its years; None without rows, or where no amount is uncertain.

    A triangle, since three numbers are all that is known, and it leaves more room at the ends than
    smoother shapes with the same three: people's intervals are seldom too wide."""
    if not any(row.low < row.high for row in rows):
        return None
    years = years_of(rows)
    uniform = np.random.default_rng(seed).random((draws, len(rows)))
    nets = triangular(rows, uniform) @ in_force(rows, years)
    totals = nets.sum(axis=1)
    low, median, high = (float(share) for share in np.quantile(totals, (0.1, 0.5, 0.9)))
    back = lasting(np.cumsum(nets, axis=1)) < min(within, len(years))  # one past the end: never
    return Simulation(low, median, high, float(back.mean()), within, draws, seed)


def triangular(rows: Sequence[Row], uniform: Floats) -> Floats:
    """Amounts at those shares of each row's triangle; a row that is certain is always likely."""
    low, tip, high = np.array([(row.low, row.likely, row.high) for row in rows]).T
    width = high - low
    bend = np.divide(tip - low, width, out=np.zeros_like(width), where=width > 0)
    below = low + np.sqrt(uniform * width * (tip - low))
    above = high - np.sqrt((1 - uniform) * width * (high - tip))
    drawn: Floats = np.where(uniform < bend, below, above)
    return drawn
