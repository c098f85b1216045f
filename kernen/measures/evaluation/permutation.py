"""Would the effect be as large had the same start dates been dealt to the places otherwise?

Sources: Fisher 1935; for stepped wedges Wang & De Gruttola 2017, doi:10.1002/sim.7329.
"""

import math
from collections import Counter

import numpy as np
import numpy.typing as npt

from kernen.measures.evaluation.segmented import Floats

Ints = npt.NDArray[np.intp]

DRAWS = 9_999
AT_ONCE = 500
AS_LARGE = 1 - 1e-9  # of the effect: equal but for rounding counts as equal


def chance_of(
    effect: float,
    first: Ints,
    cells: tuple[Ints, Ints],
    root: Floats,
    levels: Floats,
    y_free: Floats,
    draws: int,
    seed: int,
) -> tuple[float, float]:
    """The share of dealings with an effect at least as large either way, and the least it can be.

    `cells` are place and period of each figure, `root` the root of its weight, `levels` columns
    upright on each other that span those of places and periods, `y_free` the figures without them.
    """
    counts = Counter(first.tolist()).values()
    ways = math.factorial(len(first)) // math.prod(map(math.factorial, counts))
    place, period = cells
    if ways <= draws + 1:
        dealt, drawn = _every(first), 0
    else:
        chance = np.random.default_rng(seed)
        dealt, drawn = chance.permuted(np.tile(first, (draws, 1)), axis=1), 1
    large = drawn
    for begin in range(0, len(dealt), AT_ONCE):
        change = root * (period >= dealt[begin : begin + AT_ONCE][:, place])
        size = (change**2).sum(axis=1) - ((change @ levels) ** 2).sum(axis=1)
        large += int((np.abs(change @ y_free) >= abs(effect) * AS_LARGE * size).sum())
    return large / (len(dealt) + drawn), 1 / (len(dealt) + drawn)


def _every(first: Ints) -> Ints:
    """Each different order of the starts once, the given one among them."""
    orders: list[list[int]] = [[]]
    left = Counter(first.tolist())
    for _place in first:
        orders = [
            [*order, start]
            for order in orders
            for start, many in left.items()
            if order.count(start) < many
        ]
    return np.array(orders, dtype=np.intp)
