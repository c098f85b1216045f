"""The rules of NHS England's "Making Data Count" for charts of single values (XmR).

Four rules, the first that holds names the point: outside the limits; a trend, seven points each
higher (or each lower) than the last; two of three beyond two thirds of the limit with all three on
one side; seven in a row on one side. Limits lie 2.66 mean moving ranges from the mean. Source: NHS
England, Making Data Count; checked against NHSRplotthedots 0.2.2.

These are other limits and other rules than Anhøj's; a chart follows one set, never both.
"""

from enum import IntEnum, StrEnum

import numpy as np
import numpy.typing as npt

from kernen.measures.spc.lines import Floats

PER_RANGE = 2.66 / 3  # so that three times it is 2.66
ENOUGH = 7

Sides = npt.NDArray[np.int8]
Bools = npt.NDArray[np.bool_]


class Cause(IntEnum):
    """What stands behind a point; the sign tells the way: -2 is a falling trend."""

    COMMON = 0
    OUTSIDE = 1
    TREND = 2
    TWO_OF_THREE = 3
    SEVEN = 4


class Variation(StrEnum):
    """What the latest point says, seen from the way that is better."""

    COMMON = "common_cause"
    IMPROVEMENT = "special_cause_improvement"
    CONCERN = "special_cause_concern"
    HIGH = "special_cause_neutral_high"
    LOW = "special_cause_neutral_low"


class Assurance(StrEnum):
    """Whether the latest limits lie on one side of the goal."""

    PASS = "consistent_pass"  # noqa: S105
    FAIL = "consistent_fail"
    NEITHER = "inconsistent"


def causes(y: Floats, side: Sides, outside: Sides, near: Sides) -> Sides:
    """Cause and way of every point; rows are phases, NaN breaks a sequence.

    `side` is where the point lies of the mean; `outside` and `near` (beyond two thirds of the
    limit) are -1, 0 or 1 alike.
    """
    steps = np.sign(np.diff(y, prepend=np.nan))
    steps = np.where(np.isnan(steps), 0, steps).astype(np.int8)
    trend = _trend(steps)
    close = (near != 0) & (outside == 0)
    pairs: Bools = _same(side, 3) & (_sum(close, 3) >= 2)
    two = _spread(pairs, 3) & close
    seven = _spread(_same(side, ENOUGH), ENOUGH)
    rules = (
        (outside != 0, Cause.OUTSIDE, outside),
        (trend != 0, Cause.TREND, trend),
        (two, Cause.TWO_OF_THREE, side),
        (seven, Cause.SEVEN, side),
    )
    found = [holds for holds, _cause, _way in rules]
    named: Sides = np.select(found, [np.int8(cause) * way for _holds, cause, way in rules], 0)
    return named.astype(np.int8)


def variation(way: int, better: int) -> Variation:
    """`way` is the sign of the cause; `better` is 1 for high, -1 for low, 0 for neither."""
    if not way:
        return Variation.COMMON
    if not better:
        return Variation.HIGH if way > 0 else Variation.LOW
    return Variation.IMPROVEMENT if way == better else Variation.CONCERN


def assurance(
    low: float | None, high: float | None, goal: float | None, better: int
) -> Assurance | None:
    """None without a goal, without limits, or where neither way is better."""
    if goal is None or low is None or high is None or not better:
        return None
    if low <= goal <= high:
        return Assurance.NEITHER
    return Assurance.PASS if (goal < low) == (better > 0) else Assurance.FAIL


def _windows(values: npt.NDArray[np.int8] | Bools, width: int) -> npt.NDArray[np.int8]:
    """Each point's window of so many points, ending with it; empty places hold 0."""
    padded = np.pad(values.astype(np.int8), ((0, 0), (width - 1, 0)))
    windows: npt.NDArray[np.int8] = np.lib.stride_tricks.sliding_window_view(padded, width, axis=1)
    return windows


def _same(values: Sides, width: int) -> Bools:
    """Whether the last so many are alike and none is 0."""
    same: Bools = np.abs(_sum(values, width)) == width
    return same


def _sum(values: npt.NDArray[np.int8] | Bools, width: int) -> npt.NDArray[np.int64]:
    total: npt.NDArray[np.int64] = _windows(values, width).sum(axis=2)
    return total


def _spread(ends: Bools, width: int) -> Bools:
    """From the last point of each sequence to all its points."""
    backwards: Bools = np.asarray(_windows(ends[:, ::-1], width).any(axis=2))
    return backwards[:, ::-1]


def _trend(steps: Sides) -> Sides:
    """The way of the trend that a point belongs to; where two meet, that of the later."""
    along = _sum(steps, ENOUGH - 1)
    up, down = (_spread(along == way * (ENOUGH - 1), ENOUGH) for way in (1, -1))
    after = np.pad(steps[:, 1:], ((0, 0), (0, 1)))
    return np.where(up & down, after, up.astype(np.int8) - down.astype(np.int8))
