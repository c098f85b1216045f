"""Several rows of one subgroup become one point."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

Values = Sequence[float | None]


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values)


def _sd(values: Sequence[float]) -> float | None:
    """Sample standard deviation; one value has none."""
    if len(values) < 2:
        return None
    mean = _mean(values)
    return math.sqrt(math.fsum((value - mean) ** 2 for value in values) / (len(values) - 1))


AGGREGATES: dict[str, Callable[[Sequence[float]], float | None]] = {
    "mean": _mean,
    "median": median,
    "sum": math.fsum,
    "sd": _sd,
}


@dataclass(frozen=True, slots=True)
class Subgroups:
    """One entry per subgroup, in order of `x`; `y` and `n` are ready for `analyse`.

    `size` counts the rows that have a value (and a denominator, where there are any); `cl` is the
    given line at the subgroup's first row.
    """

    x: tuple[float, ...]
    y: tuple[float | None, ...]
    n: tuple[float, ...] | None
    size: tuple[int, ...]
    cl: tuple[float | None, ...] | None


def subgroups(
    x: Values,
    y: Values,
    n: Values | None = None,
    *,
    cl: Values | None = None,
    agg_fun: str = "mean",
) -> Subgroups:
    """Gather rows with equal `x`, sorted by it; rows without `x` are dropped.

    With denominators a subgroup is the sum of its numerators over the sum of its denominators, else
    `agg_fun` of its values. A subgroup with no value at all stays missing.
    Raises ValueError for unequal lengths, an unknown `agg_fun` or when no row is left.
    """
    if agg_fun not in AGGREGATES:
        known = ", ".join(AGGREGATES)
        raise ValueError(f'Aggregate function "{agg_fun}" is unknown; known: {known}.')
    for name, column in (("x", x), ("n", n), ("cl", cl)):
        if column is not None and len(column) != len(y):
            raise ValueError(f"{name} has {len(column)} rows and y has {len(y)}.")
    rows_of: dict[float, list[int]] = {}
    for row, key in enumerate(x):
        if key is not None:
            rows_of.setdefault(key, []).append(row)
    if not rows_of:
        raise ValueError("The series is empty: no row has an x.")

    keys = sorted(rows_of)
    groups = [rows_of[key] for key in keys]
    whole = [
        [row for row in rows if y[row] is not None and (n is None or n[row] is not None)]
        for rows in groups
    ]
    aggregate = AGGREGATES["sum" if n is not None else agg_fun]
    return Subgroups(
        x=tuple(keys),
        y=tuple(aggregate(_at(y, rows)) if rows else None for rows in whole),
        n=None if n is None else tuple(math.fsum(_at(n, rows)) for rows in whole),
        size=tuple(len(rows) for rows in whole),
        cl=None if cl is None else tuple(cl[rows[0]] for rows in groups),
    )


def _at(column: Values, rows: Sequence[int]) -> list[float]:
    return [value for row in rows if (value := column[row]) is not None]
