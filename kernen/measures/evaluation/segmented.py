"""Segmented regression of one series with the date of a change.

Before the change the series follows one straight line, after it another; ordinary least squares,
with standard errors by Newey and West, which hold where neighbouring periods are alike and where
some figures are less certain than others.

Sources: Lopez Bernal, Cummins & Gasparrini 2017, doi:10.1093/ije/dyw098; Newey & West 1987,
doi:10.2307/1913610, and 1994, doi:10.2307/2297912 (the number of lags); Datta & Du 2012,
Federal Reserve IFDP 1060 (missing periods).
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kernen.measures.evaluation.alikeness import Floats, averaged
from kernen.measures.evaluation.results import Estimate, NoAnswer, Reason, estimate

ENOUGH = 8  # figures on each side of the change
FLAT = 1e-12  # of the largest figure: less than this off the lines is rounding


@dataclass(frozen=True, slots=True)
class Segmented:
    """The change in a series; all in its unit (`slope` and `slope_before` per period).

    `level` is the step at the change: between the two lines at the last period before it.
    `slope` is how much steeper the later line is than the earlier. `effect` is how far the later
    line lies from where the earlier one would have gone on, on average over the figures after the
    change. `cautious` is the same effect averaged over how alike neighbours may be: in short series
    Newey and West's interval is too narrow, so an effect is told with this one. `fitted` are the
    two lines and `unchanged` the earlier one going on, one value for each period (for the picture).
    `n_before` and `n_after` count figures, `lags` the periods over which neighbours may be alike;
    `durbin_watson` is near 2 where they are not, lower where they are.
    """

    level: Estimate
    slope: Estimate
    slope_before: Estimate
    effect: Estimate
    cautious: Estimate
    fitted: tuple[float, ...]
    unchanged: tuple[float, ...]
    n_before: int
    n_after: int
    lags: int
    durbin_watson: float

    @property
    def certain(self) -> bool:
        """Whether both ways of reckoning agree that there is an effect."""
        return self.effect.certain and self.cautious.certain


def segmented(
    y: npt.ArrayLike,
    change: int,
    *,
    n: npt.ArrayLike | None = None,
    multiply: float = 1.0,
    lags: int | None = None,
    plain: bool = False,
    confidence: float = 0.95,
) -> Segmented | NoAnswer:
    """The change in level and slope of a series, with intervals.

    `y`: one value for each period, in order, NaN where missing. `n`: denominators of the same
    shape, for shares and rates: y / n is judged, each period alike; a period without a denominator
    above nought is missing. Both times `multiply` (100 for per cent). `change`: position, from 0,
    of the first period after the change. `lags`: by default floor(4 * (periods / 100) ** (2 / 9)).

    `plain`: standard errors as though each period stood alone and all were equally certain, to
    compare with; `cautious` is the plain effect then. A missing period keeps its place in time.

    ValueError where shapes or options are not right.
    """
    values = _values(y, n, multiply)
    lags = math.floor(4 * (len(values) / 100) ** (2 / 9)) if lags is None else lags
    if not 0 < confidence < 1 or lags < 0:
        raise ValueError("The confidence lies between 0 and 1, and lags are not negative")
    known = np.isfinite(values)
    n_before, n_after = (int(known[part].sum()) for part in sides(change, len(values)))
    for reason, found in ((Reason.FEW_BEFORE, n_before), (Reason.FEW_AFTER, n_after)):
        if found < ENOUGH:
            return NoAnswer(reason, found, ENOUGH)
    return _compared(values, change, None if plain else lags, confidence)


def _compared(
    values: Floats, change: int, lags: int | None, confidence: float
) -> Segmented | NoAnswer:
    known = np.isfinite(values)
    design = design_of(len(values), change)
    middle = float(values[known].mean())
    coefficients, errors = _fit(design, values - middle, known)
    if np.abs(errors).max() <= FLAT * np.abs(values[known]).max():
        return NoAnswer(Reason.NO_VARIATION)
    covariance = _covariance(design * known[:, None], errors, lags)
    n_before, n_after = int(known[:change].sum()), int(known[change:].sum())
    mean = np.array([0, 0, 1, design[known][-n_after:, 3].mean()])
    time = np.flatnonzero(known).astype(float)

    def combined(row: npt.ArrayLike) -> Estimate:
        row = np.asarray(row)
        error = math.sqrt(row @ covariance @ row)
        return estimate(float(row @ coefficients), error, n_before + n_after - 4, confidence)

    return Segmented(
        level=combined([0, 0, 1, 0]),
        slope=combined([0, 0, 0, 1]),
        slope_before=combined([0, 1, 0, 0]),
        effect=combined(mean),
        cautious=combined(mean)
        if lags is None
        else averaged(design[known], values[known] - middle, time, mean, confidence),
        fitted=tuple((design @ coefficients + middle).tolist()),
        unchanged=tuple((design[:, :2] @ coefficients[:2] + middle).tolist()),
        n_before=n_before,
        n_after=n_after,
        lags=lags or 0,
        durbin_watson=_durbin_watson(errors, known),
    )


def _values(y: npt.ArrayLike, n: npt.ArrayLike | None, multiply: float) -> Floats:
    values = np.asarray(y, dtype=float)
    if values.ndim != 1:
        raise ValueError("A series is one value for each period")
    if n is not None:
        counted = np.asarray(n, dtype=float)
        if counted.shape != values.shape:
            raise ValueError("Numerators and denominators have the same shape")
        values = values / np.where(counted > 0, counted, np.nan)
    return np.where(np.isfinite(values), values * multiply, np.nan)


def sides(change: int, periods: int) -> tuple[slice, slice]:
    """Before the change, and from it on."""
    if not 0 <= change <= periods:
        raise ValueError("The change lies within the series")
    return slice(0, change), slice(change, periods)


def design_of(periods: int, change: int) -> Floats:
    """Columns: one, periods before (-) or since (+) the last one before the change, step, bend."""
    time = np.arange(periods) - (change - 1.0)
    after = (time > 0).astype(float)
    return np.column_stack([np.ones(periods), time, after, time * after])


def _fit(design: Floats, values: Floats, known: npt.NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Coefficients, and what is left over in each period (nought where missing)."""
    coefficients = np.linalg.lstsq(design[known], values[known], rcond=None)[0]
    return coefficients, np.where(known, values - design @ coefficients, 0.0)


def _covariance(design: Floats, errors: Floats, lags: int | None) -> Floats:
    """Newey and West's, with Bartlett's weights and no small-sample factor; without `lags` that of
    ordinary least squares."""
    q, r = np.linalg.qr(design)
    if lags is None:
        inner = np.eye(4) * (errors @ errors) / (design.any(axis=1).sum() - 4)
    else:
        scores = q * errors[:, None]
        inner = scores.T @ scores
        for lag in range(1, min(lags, len(scores) - 1) + 1):
            across = scores[lag:].T @ scores[:-lag]
            inner += (1 - lag / (lags + 1)) * (across + across.T)
    half = np.linalg.solve(r, inner)
    covariance: Floats = np.linalg.solve(r, half.T)
    return covariance


def _durbin_watson(errors: Floats, known: npt.NDArray[np.bool_]) -> float:
    pairs = known[1:] & known[:-1]
    return float((np.diff(errors)[pairs] ** 2).sum() / (errors**2).sum())
