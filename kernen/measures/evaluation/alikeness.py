"""How sure a figure is when nobody knows how alike neighbouring periods are.

In a short series the likeness of neighbours cannot be told from the figures, and whoever takes the
best guess for the truth is too sure. So each likeness from none to 0.95 is tried, and the answers
are averaged by how well each fits the figures (the restricted likelihood, no likeness preferred
beforehand).

Sources: Zellner & Tiao 1964, J Am Stat Assoc 59:763-778; that restricted likelihood is what holds
best in short series: Turner et al. 2021, BMC Med Res Methodol 21:181.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from kernen.measures.evaluation.results import Estimate
from kernen.measures.evaluation.student import quantile, two_sided

Floats = npt.NDArray[np.floating[Any]]

LIKENESSES = tuple(step / 20 for step in range(20))  # correlation of neighbours
STEPS, CLOSE = 60, 1e-13


@dataclass(frozen=True, slots=True)
class _Answer:
    """At one likeness: the figure, its standard error, and how well the likeness fits."""

    value: float
    se: float
    fit: float


def averaged(design: Floats, values: Floats, time: Floats, row: Floats, level: float) -> Estimate:
    """`row @ coefficients` of a regression of `values` (at `time`, none missing) on `design`."""
    answers = [_answer(design, values, time, row, one) for one in LIKENESSES]
    best = max(one.fit for one in answers)
    shares = [math.exp(one.fit - best) for one in answers]
    shares = [share / sum(shares) for share in shares]
    df = len(values) - design.shape[1]

    def below(point: float) -> float:
        tails = ((point - one.value) / one.se for one in answers)
        return sum(s * _lower_tail(t, df) for s, t in zip(shares, tails, strict=True))

    value = sum(s * one.value for s, one in zip(shares, answers, strict=True))
    square = sum(
        s * (one.se**2 + (one.value - value) ** 2) for s, one in zip(shares, answers, strict=True)
    )
    reach = quantile(level, df)  # the average's limits lie between those of the answers
    lows = [one.value - reach * one.se for one in answers]
    highs = [one.value + reach * one.se for one in answers]
    rest = (1 - level) / 2
    low = _found(below, rest, min(lows), max(lows))
    high = _found(below, 1 - rest, min(highs), max(highs))
    under = below(0.0)
    return Estimate(value, math.sqrt(square), df, low, high, 2 * min(under, 1 - under))


def _answer(design: Floats, values: Floats, time: Floats, row: Floats, likeness: float) -> _Answer:
    alike = likeness ** np.abs(np.subtract.outer(time, time))
    root = np.linalg.cholesky(alike)
    x, y = np.linalg.solve(root, design), np.linalg.solve(root, values)
    q, r = np.linalg.qr(x)
    coefficients = np.linalg.solve(r, q.T @ y)
    df = len(values) - design.shape[1]
    square = float(((y - x @ coefficients) ** 2).sum())
    logs = np.log(np.diag(root)).sum() + np.log(np.abs(np.diag(r))).sum()
    reach = np.linalg.solve(r.T, row)
    se = math.sqrt(square / df * float(reach @ reach))
    return _Answer(float(row @ coefficients), se, float(-logs - df / 2 * math.log(square)))


def _lower_tail(t: float, df: float) -> float:
    outside = two_sided(t, df) / 2
    return outside if t < 0 else 1 - outside


def _found(below: Callable[[float], float], share: float, low: float, high: float) -> float:
    """Where `below` comes to `share`, from `low` to `high`: by false position, as in Illinois
    (Dowell & Jarratt 1971, BIT 11:168-174)."""
    under, over, before = below(low) - share, below(high) - share, 0.0
    for _step in range(STEPS):
        if over - under <= CLOSE:
            break
        middle = (low * over - high * under) / (over - under)
        off = below(middle) - share
        if abs(off) <= CLOSE:
            return middle
        if off < 0:
            low, under, over = middle, off, over / (2 if before < 0 else 1)
        else:
            high, over, under = middle, off, under / (2 if before > 0 else 1)
        before = off
    return low
