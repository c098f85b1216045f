"""Centre lines and limits of every chart, over whole arrays: one phase to a row.

Sources: Montgomery, Introduction to Statistical Quality Control; Nelson 1982 (screened moving
ranges); Laney 2002 (P′, U′); Provost & Murray 2011 (G, T); Taylor 2017 (I′). Where these leave
room, the choice is that of qicharts2 for R, the field's reference.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

PER_RANGE = 1 / 1.128  # standard deviations in a mean moving range of two
UPPER_RANGE = 3.267  # moving ranges from so many times their mean are no common cause
MEDIAN_GAP = 0.693  # of the mean: where half of all gaps between events end
TO_NORMAL = 1 / 3.6  # the power that makes times between events nearly normal
NEAR = 1e-12  # relative; decimals that do not add up make no point lie off its line
ROUNDING = 1e-15  # of the largest value: how far rounding can move a mean from nought


@dataclass(frozen=True, slots=True)
class Rows:
    """What a chart is drawn from; rows are phases, columns points, NaN is missing.

    `y` holds values, or numerators over `n`; `sd` the standard deviations of X̄'s subgroups.
    `there` is False beyond a phase's last point, `base` True for what lines are drawn through.
    `given` is a line known beforehand; `per_range` the standard deviations in a mean moving range.
    """

    y: Floats
    n: Floats | None
    sd: Floats | None
    there: Bools
    base: Bools
    given: Floats | None
    screened: bool
    per_range: float = PER_RANGE

    @property
    def value(self) -> Floats:
        return self.y if self.n is None else self.y / self.n

    @property
    def size(self) -> Floats:
        return np.where(self.there, 1.0, np.nan) if self.n is None else self.n

    def line(self, drawn: Floats) -> Floats:
        """The given line where it has no hole in the phase, else the drawn one."""
        if self.given is None:
            return drawn[:, None]
        whole = ~(np.isnan(self.given) & self.there).any(axis=1, keepdims=True)
        return np.where(whole, self.given, drawn[:, None])


@dataclass(frozen=True, slots=True)
class Lines:
    """Points and lines in units of y; limits lie `width` per sigma from `middle`.

    `slack` is the distance from a line within which a point lies on it. At the sigmas in `zero_at`
    a lower limit that cannot be calculated is nought.
    """

    y: Floats
    cl: Floats
    middle: Floats | None = None
    width: Floats | None = None
    floor: float = -math.inf
    ceiling: float = math.inf
    power: float = 1
    zero_at: tuple[int, ...] = ()
    span: Floats | None = None

    @property
    def slack(self) -> Floats:
        slack = NEAR * np.abs(np.where(np.isfinite(self.cl), self.cl, 0))
        return slack if self.span is None else slack + ROUNDING * self.span

    def limits(self, sigmas: int) -> tuple[Floats, Floats]:
        """Lower and upper limit; NaN where there is none."""
        if self.middle is None or self.width is None:
            none = np.broadcast_to(np.nan, self.y.shape)
            return none, none
        reach = sigmas * self.width
        low, high = self.middle - reach, self.middle + reach
        if self.power != 1:
            low, high = low**self.power, high**self.power
        for limit in (low, high):
            limit[~np.isfinite(limit)] = np.nan
        if self.floor > -math.inf:
            np.maximum(low, self.floor, out=low)
        if self.ceiling < math.inf:
            np.minimum(high, self.ceiling, out=high)
        if sigmas in self.zero_at:
            low[np.isnan(low)] = 0
        shape = self.y.shape
        return np.broadcast_to(low, shape), np.broadcast_to(high, shape)


# --- what charts are made of --------------------------------------------------------------------


def total(values: Floats, counted: Bools | bool = True) -> Floats:
    """The sum of each row over what is counted and not missing."""
    summed: Floats = np.where(np.isnan(values) | ~np.asarray(counted), 0.0, values).sum(axis=1)
    return summed


def mean(values: Floats, counted: Bools | bool = True) -> Floats:
    """The mean of each row over what is counted and not missing; NaN where nothing is."""
    used = ~np.isnan(values) & counted
    average: Floats = np.where(used, values, 0.0).sum(axis=1) / used.sum(axis=1)
    return average


def median(values: Floats, counted: Bools | bool = True) -> Floats:
    """The median of each row, likewise."""
    ordered = values.copy() if counted is True else np.where(counted, values, np.nan)
    ordered.sort(axis=1)  # NaN goes last
    count = values.shape[1] - np.isnan(ordered).sum(axis=1)
    rows = np.arange(len(ordered))
    below, above = ordered[rows, (count - 1) // 2], ordered[rows, count // 2 - (count == 0)]
    middle: Floats = (below + above) / 2
    return middle


def moving_ranges(values: Floats, base: Bools) -> Floats:
    """Distances between neighbours in the base: what is left out is bridged, a gap is not."""
    if base.all():
        return np.abs(np.diff(values))
    latest = np.maximum.accumulate(np.where(base, np.arange(values.shape[1]), -1), axis=1)[:, :-1]
    before = np.take_along_axis(values, np.maximum(latest, 0), axis=1)
    return np.where(base[:, 1:] & (latest >= 0), np.abs(values[:, 1:] - before), np.nan)


def mean_range(ranges: Floats, screened: bool) -> Floats:
    """Mean of moving ranges; screened: once more without those far above it (Nelson 1982)."""
    usual = mean(ranges)
    return mean(ranges, ranges < UPPER_RANGE * usual[:, None]) if screened else usual


def c4(sizes: Floats) -> Floats:
    """Expected standard deviation of so many observations, in sigmas; NaN below two."""
    distinct, back = np.unique(sizes, return_inverse=True)
    factors = [
        math.sqrt(2 / (size - 1)) * math.exp(math.lgamma(size / 2) - math.lgamma((size - 1) / 2))
        if size > 1
        else math.nan
        for size in distinct
    ]
    return np.array(factors)[back].reshape(sizes.shape)


def subgroup_sd(sd: Floats, sizes: Floats, rows: Rows) -> Floats:
    """The standard deviation within subgroups: the mean where all have one size, else pooled."""
    size = np.where(np.isnan(sizes), 0, sizes)
    counted = np.where(rows.there, size, np.nan)
    alike = np.nanmin(counted, axis=1) == np.nanmax(counted, axis=1)
    freedom = np.where(rows.base, size - 1, 0)
    pooled = np.sqrt(total(freedom * sd**2, rows.base) / freedom.sum(axis=1))
    return np.where(alike, mean(sd, rows.base), pooled)


# --- the charts ---------------------------------------------------------------------------------


def run(rows: Rows) -> Lines:
    y = rows.value
    return Lines(y, rows.line(median(y, True if rows.base.all() else rows.base)))


def individuals(rows: Rows, power: float = 1) -> Lines:
    y = rows.value**power
    cl = rows.line(mean(y, rows.base))
    width = mean_range(moving_ranges(y - cl, rows.base), rows.screened) * rows.per_range
    return Lines(y, cl, cl, width[:, None], span=_span(y))


def moving_range(rows: Rows) -> Lines:
    value = rows.value
    y = np.full_like(value, np.nan)
    y[:, 1:] = np.abs(np.diff(value))
    cl = rows.line(mean(y, rows.base))
    return Lines(y, cl, np.zeros_like(cl), UPPER_RANGE / 3 * cl, floor=0, zero_at=(2, 3))


def means(rows: Rows) -> Lines:
    y, sizes = rows.y, rows.size
    cl = rows.line(total(y * sizes, rows.base) / total(sizes, rows.base))
    sd = np.full_like(y, np.nan) if rows.sd is None else rows.sd
    width = subgroup_sd(sd, sizes, rows)[:, None] / (c4(sizes) * np.sqrt(sizes))
    return Lines(y, cl, cl, width, span=_span(y))


def deviations(rows: Rows) -> Lines:
    y, sizes = rows.y, rows.size
    cl = rows.line(subgroup_sd(y, sizes, rows))
    usual = c4(sizes)
    return Lines(y, cl, cl, np.sqrt(1 - usual**2) / usual * cl, floor=0)


def times(rows: Rows) -> Lines:
    if rows.given is not None:
        rows = replace(rows, given=rows.given**TO_NORMAL)
    normal = individuals(rows, TO_NORMAL)
    cl = normal.cl ** (1 / TO_NORMAL)
    middle, width = normal.middle, normal.width
    return Lines(rows.value, cl, middle, width, power=1 / TO_NORMAL, zero_at=(3,))


def shares(rows: Rows, laney: bool = False) -> Lines:
    return _counts(rows, lambda cl: cl * (1 - cl), laney, ceiling=1)


def rates(rows: Rows, laney: bool = False) -> Lines:
    return _counts(rows, lambda cl: cl, laney, ceiling=math.inf)


def counts(rows: Rows) -> Lines:
    cl = rows.line(mean(rows.y, rows.base))
    return Lines(rows.y, cl, cl, np.sqrt(cl), floor=0)


def gaps(rows: Rows) -> Lines:
    y = rows.value
    expected = rows.line(mean(y, rows.base))
    if rows.given is not None:
        rows = replace(rows, given=MEDIAN_GAP * rows.given)
    cl = rows.line(median(y, rows.base))
    return Lines(y, cl, expected, np.sqrt(expected * (expected + 1)), floor=0)


def weighted(rows: Rows) -> Lines:
    y, sizes = rows.value, rows.size
    cl = rows.line(total(y * sizes, rows.base) / total(sizes, rows.base))
    spread = np.sqrt(1 / sizes[:, 1:] + 1 / sizes[:, :-1])
    sigmas = math.sqrt(math.pi / 2) * np.abs(np.diff(y)) / spread
    return Lines(y, cl, cl, mean(sigmas)[:, None] / np.sqrt(sizes), span=_span(y))


def _counts(rows: Rows, variance: Callable[[Floats], Floats], laney: bool, ceiling: float) -> Lines:
    """P, U and, where the spread between periods counts too (Laney), P′ and U′."""
    y, sizes = rows.value, rows.size
    cl = rows.line(total(rows.y, rows.base) / total(sizes, rows.base))
    width = np.sqrt(variance(cl) / sizes)
    if laney:
        ranges = moving_ranges((y - cl) / width, rows.base)
        width = width * mean_range(ranges, rows.screened)[:, None] * PER_RANGE
    return Lines(y, cl, cl, width, floor=0, ceiling=ceiling)


def _span(y: Floats) -> Floats:
    span: Floats = np.where(np.isfinite(y), np.abs(y), 0).max(axis=1, keepdims=True)
    return span


CHARTS: dict[str, Callable[[Rows], Lines]] = {
    "run": run,
    "i": individuals,
    "mr": moving_range,
    "xbar": means,
    "s": deviations,
    "t": times,
    "p": shares,
    "pp": lambda rows: shares(rows, laney=True),
    "u": rates,
    "up": lambda rows: rates(rows, laney=True),
    "c": counts,
    "g": gaps,
    "ip": weighted,
}
SCREENED = frozenset({"i", "t", "pp", "up"})  # where moving ranges are screened unless told not to
