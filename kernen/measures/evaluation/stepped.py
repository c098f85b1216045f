"""A stepped wedge: one measure at places that start at different times.

Two-way fixed effects (each place has its level, each period its own, the change its effect), with
standard errors that hold where the figures of a place are alike: CR2 with Satterthwaite's degrees
of freedom, made for few places.

Sources: Hussey & Hughes 2007, doi:10.1016/j.cct.2006.05.007 (the design); Bell & McCaffrey 2002,
Pustejovsky & Tipton 2018, doi:10.1080/07350015.2016.1247004 (CR2 and its degrees of freedom).
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kernen.measures.evaluation.permutation import DRAWS, Ints, chance_of
from kernen.measures.evaluation.results import Estimate, NoAnswer, Reason, estimate
from kernen.measures.evaluation.segmented import ENOUGH, FLAT, Floats

FEWEST = 3  # places with figures
NEVER = -1  # the start of a place that has not started
NOUGHT = 1e-9  # an eigenvalue, or share of a figure, below this is rounding
TRUSTED = 4  # degrees of freedom, below which the interval is no better than a guess

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Stepped:
    """What the change did at all places together, in the measure's unit.

    `p` is the share of ways to deal the start dates to the places that give an effect at least as
    large; `p_least` the smallest it could become with so few places. `places` and `points` count
    those with figures. `shaky`: too few degrees of freedom for the interval to be trusted.
    """

    effect: Estimate
    p: float
    p_least: float
    places: int
    points: int

    @property
    def shaky(self) -> bool:
        return self.effect.df < TRUSTED

    @property
    def certain(self) -> bool:
        """Whether the interval and the dealing of start dates agree that there is an effect."""
        return self.effect.certain and self.p <= 0.05 and not self.shaky


def stepped(
    y: npt.ArrayLike,
    starts: npt.ArrayLike,
    *,
    n: npt.ArrayLike | None = None,
    multiply: float = 1.0,
    confidence: float = 0.95,
    draws: int = DRAWS,
    seed: int = 1,
) -> Stepped | NoAnswer:
    """The effect of a change that reaches places at different times.

    `y`: places by periods, NaN where missing. `starts`: for each place the position, from 0, of
    its first period with the change; NEVER, or past the last period, where it has not started.
    `n`: denominators of the same shape as `y`: y / n is judged, and a figure counts by its
    denominator, as though each person were a row. Both times `multiply`. `draws`: how many ways to
    deal the start dates are drawn (from `seed`) where they are too many to try them all.

    ValueError where shapes or options are not right.
    """
    values, weights, first = _checked(y, starts, n, multiply)
    if not 0 < confidence < 1 or draws < 1:
        raise ValueError("The confidence lies between 0 and 1, and draws are at least one")
    some = np.isfinite(values).any(axis=1)
    values, weights, first = values[some], weights[some], first[some]
    known = np.isfinite(values)
    begun = np.arange(values.shape[1]) >= first[:, None]
    if reason := _refusal(known, begun, first):
        return reason
    return _compared(values, weights, first, known, begun, confidence, draws, seed)


def _compared(
    values: Floats,
    weights: Floats,
    first: Ints,
    known: Bools,
    begun: Bools,
    confidence: float,
    draws: int,
    seed: int,
) -> Stepped | NoAnswer:
    place, period = np.nonzero(known)
    root = np.sqrt(weights[known])
    levels = _spanning(_levels(place, period) * root[:, None])
    y, change = root * (values[known] - values[known].mean()), root * begun[known]
    y_free, change_free = (one - levels @ (levels.T @ one) for one in (y, change))
    size = float(change_free @ change_free)
    if size <= NOUGHT * float(change @ change):
        return NoAnswer(Reason.NOT_APART)
    effect = float(change_free @ y_free) / size
    errors = y_free - effect * change_free
    if np.abs(errors).max() <= FLAT * np.abs(root * values[known]).max():
        return NoAnswer(Reason.NO_VARIATION)
    model = np.column_stack([levels, change_free / math.sqrt(size)])
    se, df = _cr2(model, change_free / size, errors, place)
    p, least = chance_of(effect, first, (place, period), root, levels, y_free, draws, seed)
    found = estimate(effect, se, df, confidence)
    return Stepped(found, p, least, len(values), int(known.sum()))


def _checked(
    y: npt.ArrayLike, starts: npt.ArrayLike, n: npt.ArrayLike | None, multiply: float
) -> tuple[Floats, Floats, Ints]:
    values, first = np.asarray(y, dtype=float), np.asarray(starts, dtype=np.intp)
    if values.ndim != 2 or first.shape != values.shape[:1]:
        raise ValueError("Figures are places by periods, with one start for each place")
    weights: Floats = np.ones(values.shape)
    if n is not None:
        weights = np.asarray(n, dtype=float)
        if weights.shape != values.shape:
            raise ValueError("Numerators and denominators have the same shape")
        weights = np.where(np.isfinite(weights) & (weights > 0), weights, np.nan)
        values = values / weights
    values = np.where(np.isfinite(values), values * multiply, np.nan)
    last = values.shape[1]
    return values, weights, np.where((first < 0) | (first > last), last, first)


def _refusal(known: Bools, begun: Bools, first: Ints) -> NoAnswer | None:
    if len(known) < FEWEST:
        return NoAnswer(Reason.FEW_PLACES, len(known), FEWEST)
    if not begun.any():
        return NoAnswer(Reason.NO_STARTS)
    if len(set(first.tolist())) == 1:
        return NoAnswer(Reason.SAME_START)
    for reason, cells in ((Reason.FEW_BEFORE, known & ~begun), (Reason.FEW_AFTER, known & begun)):
        if cells.sum() < ENOUGH:
            return NoAnswer(reason, int(cells.sum()), ENOUGH)
    return None


def _levels(place: Ints, period: Ints) -> Floats:
    """One column for each place and for each period."""
    return np.hstack([np.eye(place.max() + 1)[place], np.eye(period.max() + 1)[period]])


def _spanning(columns: Floats) -> Floats:
    """Columns of length one, upright on each other, that span the same."""
    ways, sizes, _rest = np.linalg.svd(columns, full_matrices=False)
    return ways[:, sizes > NOUGHT * sizes[0]]


def _cr2(model: Floats, reach: Floats, errors: Floats, place: Ints) -> tuple[float, float]:
    """The standard error and its degrees of freedom.

    `model` are columns, upright on each other, that span the whole model; `reach` is how the effect
    depends on each figure.
    """
    variance, spread = 0.0, []
    for one in np.unique(place):
        at = place == one
        own = model[at]
        sizes, ways = np.linalg.eigh(np.eye(len(own)) - own @ own.T)
        kept = sizes > NOUGHT
        adjusted = (ways[:, kept] / np.sqrt(sizes[kept])) @ (ways[:, kept].T @ reach[at])
        variance += float(adjusted @ errors[at]) ** 2
        left = -model @ (own.T @ adjusted)
        left[at] += adjusted
        spread.append(left)
    products = np.array(spread) @ np.array(spread).T
    return math.sqrt(variance), float(np.trace(products) ** 2 / (products**2).sum())
