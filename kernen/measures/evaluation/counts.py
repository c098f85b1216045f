"""Segmented regression of events: how many times as many since the change.

Poisson regression of counts with an offset of the logarithm of what they are counted over, such as
days in bed, by iteratively reweighted least squares. Counts vary more than Poisson's law says, so
standard errors grow with the square root of the dispersion (quasi-Poisson), and never shrink.

Each period is taken to stand alone: where neighbours are alike the interval is too narrow, so this
tells the size of an effect as a ratio, and not whether there is one.

Sources: Lopez Bernal, Cummins & Gasparrini 2017, doi:10.1093/ije/dyw098; McCullagh & Nelder 1989,
Generalized Linear Models, 2.5 and 6.2; Bhaskaran et al. 2013, doi:10.1093/ije/dyt092 (the time of
year as pairs of sine and cosine).
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kernen.measures.evaluation.alikeness import Floats
from kernen.measures.evaluation.results import Estimate, NoAnswer, Reason, estimate
from kernen.measures.evaluation.segmented import ENOUGH, design_of, sides

EVENTS = 5  # at least so many on each side of the change
STEPS = 60
STILL = 1e-11  # a step in the logarithms below this is none
FAR = 25.0  # a rate so many powers of e from the mean is nought


@dataclass(frozen=True, slots=True)
class Counted:
    """The change in a rate; estimates are natural logarithms of ratios, see `ratio`.

    `level` is the step at the change, `slope` how much the trend changes for each period (None
    where it was not asked for), `trend` the one before, for each period, `effect` the step and the
    bend together, on average over the periods after. `dispersion` is Pearson's: 1 where counts
    vary as Poisson's law has it. `fitted` are the expected counts, NaN where missing.
    """

    level: Estimate
    slope: Estimate | None
    trend: Estimate
    effect: Estimate
    dispersion: float
    deviance: float
    fitted: tuple[float, ...]


def ratio(found: Estimate) -> tuple[float, float, float]:
    """How many times as many, and the ends of its interval."""
    return math.exp(found.value), math.exp(found.low), math.exp(found.high)


def counted(
    events: npt.ArrayLike,
    change: int,
    *,
    exposure: npt.ArrayLike | None = None,
    slope: bool = True,
    harmonics: int = 0,
    cycle: float = 12,
    scaled: bool = True,
    normal: bool = False,
    confidence: float = 0.95,
) -> Counted | NoAnswer:
    """The change in the rate of events, with intervals.

    `events`: a count for each period, NaN where missing. `exposure`: what they are counted over,
    the same in each period if not given. `change`: position, from 0, of the first period after
    the change. `slope`: whether the trend may change as well. `harmonics`: pairs of sine and cosine
    that take the time of year out, `cycle` periods long. `scaled`: quasi-Poisson. `normal`:
    intervals by the normal distribution, as many publish, instead of Student's t.

    ValueError where shapes or options are not right.
    """
    y, over = _checked(events, exposure)
    if not 0 < confidence < 1 or harmonics < 0 or cycle <= 2 * harmonics:
        raise ValueError("The confidence lies between 0 and 1, and a cycle holds its harmonics")
    if few := _too_few(y, change):
        return few
    steps = design_of(len(y), change)[:, : 4 if slope else 3]
    design = np.column_stack([steps, _seasons(len(y), harmonics, cycle)])
    fit = _fit(design, y, np.log(over))
    if fit is None:
        return NoAnswer(Reason.FEW_EVENTS)
    mean = steps[change:, 2:][np.isfinite(y[change:])].mean(axis=0)
    return _told(design, y, fit, mean, scaled=scaled, normal=normal, confidence=confidence)


Fit = tuple[Floats, Floats, Floats]


def _told(
    design: Floats,
    y: Floats,
    fit: Fit,
    mean: Floats,
    *,
    scaled: bool,
    normal: bool,
    confidence: float,
) -> Counted:
    """What was fitted, as estimates; `mean` are step and bend on average after the change."""
    known = np.isfinite(y)
    coefficients, mu, covariance = fit
    freedom = len(mu) - design.shape[1]
    dispersion = float(((y[known] - mu) ** 2 / mu).sum() / freedom)
    covariance = covariance * (max(dispersion, 1.0) if scaled else 1.0)

    def combined(*row: float) -> Estimate:
        over_all = np.zeros(design.shape[1])
        over_all[: len(row)] = row
        error = math.sqrt(over_all @ covariance @ over_all)
        df = math.inf if normal else freedom
        return estimate(float(over_all @ coefficients), error, df, confidence)

    fitted = np.full(len(y), math.nan)
    fitted[known] = mu
    return Counted(
        level=combined(0, 0, 1),
        slope=combined(0, 0, 0, 1) if len(mean) == 2 else None,
        trend=combined(0, 1),
        effect=combined(0, 0, *mean),
        dispersion=dispersion,
        deviance=_deviance(y[known], mu),
        fitted=tuple(fitted.tolist()),
    )


def _too_few(y: Floats, change: int) -> NoAnswer | None:
    both = [y[part][np.isfinite(y[part])] for part in sides(change, len(y))]
    for side, few in zip(both, (Reason.FEW_BEFORE, Reason.FEW_AFTER), strict=True):
        if len(side) < ENOUGH:
            return NoAnswer(few, len(side), ENOUGH)
    least = int(min(side.sum() for side in both))
    return NoAnswer(Reason.FEW_EVENTS, least, EVENTS) if least < EVENTS else None


def _checked(events: npt.ArrayLike, exposure: npt.ArrayLike | None) -> tuple[Floats, Floats]:
    y = np.asarray(events, dtype=float)
    over = np.ones(y.shape) if exposure is None else np.asarray(exposure, dtype=float)
    if y.ndim != 1 or over.shape != y.shape:
        raise ValueError("A series is one count for each period, and what it is counted over")
    if (y < 0).any():
        raise ValueError("A count is not negative")
    fine = np.isfinite(y) & np.isfinite(over) & (over > 0)
    return np.where(fine, y, np.nan), np.where(fine, over, np.nan)


def _seasons(periods: int, harmonics: int, cycle: float) -> Floats:
    angles = np.arange(periods)[:, None] * (2 * math.pi / cycle) * np.arange(1, harmonics + 1)
    return np.hstack([np.sin(angles), np.cos(angles)])


def _fit(design: Floats, y: Floats, offset: Floats) -> Fit | None:
    """Coefficients, the expected counts of the periods that are known, and the covariance; None
    where some rate goes towards nought."""
    known = np.isfinite(y)
    design, y, offset = design[known], y[known], offset[known]
    usual = math.log(y.sum() / np.exp(offset).sum())
    eta = np.log(y + 0.5) - offset
    for _step in range(STEPS):
        mu = np.exp(eta + offset)
        root = np.sqrt(mu)
        q, r = np.linalg.qr(design * root[:, None])
        coefficients = np.linalg.solve(r, q.T @ (root * (eta + (y - mu) / mu)))
        before, eta = eta, design @ coefficients
        if np.abs(eta - usual).max() > FAR:
            return None
        if np.abs(eta - before).max() < STILL:
            inverse = np.linalg.inv(r)
            return coefficients, np.exp(eta + offset), inverse @ inverse.T
    return None


def _deviance(y: Floats, mu: Floats) -> float:
    some = y > 0
    return float(2 * ((y[some] * np.log(y[some] / mu[some])).sum() - (y - mu).sum()))
