"""Runs analysis: do the points lie on the two sides of the line as chance would have it?

Sources: Anhøj & Olesen 2014, doi:10.1371/journal.pone.0113825; Anhøj 2015,
doi:10.1371/journal.pone.0121349. A point on the line neither breaks nor lengthens a run.
"""

import math
from collections.abc import Sequence
from functools import cache
from itertools import groupby

from kernen.measures.spc.boxes import BOXES

METHODS = ("anhoej", "bestbox", "cutbox")


def side(value: float | None, line: float | None) -> int:
    """1 above the line, -1 below, 0 on it or where either is missing.

    "On" allows a relative 1e-12, so that a line of 0.1 + 0.2 passes through a point at 0.3.
    """
    if value is None or line is None or math.isclose(value, line, rel_tol=1e-12):
        return 0
    return 1 if value > line else -1


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


def is_signal(n_useful: int, longest_run: int, n_crossings: int, method: str = "anhoej") -> bool:
    """Whether chance is a poor explanation. Boxes exist for 10-100 useful points only."""
    if method == "anhoej" or n_useful not in BOXES:
        fewest, longest = n_crossings_min(n_useful), longest_run_max(n_useful)
        return longest_run > longest or n_crossings < fewest
    fewest, longest, fewest_at_longest, longest_at_fewest = BOXES[n_useful]
    if longest_run > longest or n_crossings < fewest:
        return True
    if method == "bestbox" or fewest_at_longest is None or longest_at_fewest is None:
        return False
    return (longest_run == longest and n_crossings < fewest_at_longest) or (
        n_crossings == fewest and longest_run > longest_at_fewest
    )
