"""Runs analysis: do the points lie on the two sides of the line as chance would have it?

Sources: Anhøj & Olesen 2014, doi:10.1371/journal.pone.0113825; Anhøj 2015,
doi:10.1371/journal.pone.0121349. A point on the line neither breaks nor lengthens a run.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

import numpy as np
import numpy.typing as npt

from kernen.measures.spc.boxes import BOXES

RULES = ("anhoej", "bestbox", "cutbox")
NONE = -1  # stands for a figure that no useful point gives
NO_LIMIT = 2**31 - 1

Ints = npt.NDArray[np.integer[Any]]


def runs_of(sides: Sequence[int]) -> list[list[int]]:
    """Positions (from 0) of the points of each run, in order; points with side 0 are skipped."""
    useful = [position for position, at in enumerate(sides) if at]
    return [list(run) for _side, run in groupby(useful, key=sides.__getitem__)]


def longest_run_max(n_useful: int) -> int:
    """The longest run that chance explains among so many useful points (at least 1)."""
    return round(math.log2(n_useful)) + 3


@cache
def n_crossings_min(n_useful: int) -> int:
    """The fewest crossings that chance explains among so many useful points (at least 1).

    The smallest k with P(X <= k) >= 0.05, X ~ Bin(n - 1, ½); in whole numbers all the way, so that
    no rounding can move the limit.
    """
    trials = n_useful - 1
    enough = -(-(2**trials) // 20)
    crossings, ways, cumulated = 0, 1, 1
    while cumulated < enough:
        ways = ways * (trials - crossings) // (crossings + 1)
        cumulated += ways
        crossings += 1
    return crossings


def limits(n_useful: int, rules: str = "anhoej") -> tuple[int, int, int, int]:
    """Fewest crossings and longest run allowed; then the two limits that cut the corner.

    These are the fewest crossings beside the longest run and the longest run beside the fewest
    crossings. Boxes exist for 10-100 useful points only; beyond them Anhøj's rules hold.
    """
    if rules == "anhoej" or n_useful not in BOXES:
        return n_crossings_min(n_useful), longest_run_max(n_useful), 0, NO_LIMIT
    fewest, longest, fewest_at_longest, longest_at_fewest = BOXES[n_useful]
    if rules == "bestbox" or fewest_at_longest is None or longest_at_fewest is None:
        return fewest, longest, 0, NO_LIMIT
    return fewest, longest, fewest_at_longest, longest_at_fewest


def is_signal(n_useful: int, longest_run: int, n_crossings: int, rules: str = "anhoej") -> bool:
    """Whether chance is a poor explanation."""
    return bool(_breaks(limits(n_useful, rules), longest_run, n_crossings))


def _breaks(allowed: Any, longest_run: Any, n_crossings: Any) -> Any:
    fewest, longest, fewest_at_longest, longest_at_fewest = allowed
    return (
        (longest_run > longest)
        | (n_crossings < fewest)
        | ((longest_run == longest) & (n_crossings < fewest_at_longest))
        | ((n_crossings == fewest) & (longest_run > longest_at_fewest))
    )


@dataclass(frozen=True, slots=True)
class Runs:
    """The runs of each row of sides; NONE (-1) and False where no point lies off the line."""

    n_useful: Ints
    longest_run: Ints
    longest_run_max: Ints
    n_crossings: Ints
    n_crossings_min: Ints
    signal: npt.NDArray[np.bool_]


def count_runs(sides: npt.NDArray[np.int8], rules: str = "anhoej") -> Runs:
    """Count the runs of every row at once: 1 is above the line, -1 below, 0 not to be counted.

    What counts is laid end to end; a run begins where the side or the row changes. Then all runs'
    lengths are differences of where they begin.
    """
    useful = np.flatnonzero(sides)
    n_useful = np.count_nonzero(sides, axis=1)
    side = sides.ravel()[useful]
    begins = np.empty(len(useful), dtype=bool)
    begins[:1] = True
    np.not_equal(side[1:], side[:-1], out=begins[1:])
    row_begins = (np.cumsum(n_useful) - n_useful)[n_useful > 0]
    begins[row_begins] = True
    at = np.flatnonzero(begins)
    lengths = np.diff(at, append=len(useful))
    first_run = np.searchsorted(at, row_begins)
    longest, crossings = np.full(len(sides), NONE), np.full(len(sides), NONE)
    if len(row_begins):
        longest[n_useful > 0] = np.maximum.reduceat(lengths, first_run)
        crossings[n_useful > 0] = np.diff(first_run, append=len(at)) - 1
    distinct, back = np.unique(n_useful, return_inverse=True)
    none = (NONE, NONE, NONE, NO_LIMIT)
    allowed = np.array([limits(n, rules) if n else none for n in distinct.tolist()]).T[:, back]
    usual = [(n_crossings_min(n), longest_run_max(n)) if n else none[:2] for n in distinct.tolist()]
    fewest, most = np.array(usual).T[:, back]
    signal = (n_useful > 0) & _breaks(allowed, longest, crossings)
    return Runs(n_useful, longest, most, crossings, fewest, signal)
