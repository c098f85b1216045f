"""The one entrance to the calculation: a series in, its lines and its runs analysis out."""

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import compress, pairwise
from operator import and_
from statistics import median

from kernen.measures.spc import runs

Values = Sequence[float | None]

# How each chart draws its centre line through the values of the baseline.
CENTRES: dict[str, Callable[[Sequence[float]], float]] = {"run": median}


@dataclass(frozen=True, slots=True)
class Phase:
    """Runs analysis of one phase; `first` and `last` count points from 1.

    The four figures of the rules are None where no point lies off the line. `centre` is the line
    at the phase's last point, in plotted units; None where nothing in the baseline has a value.
    """

    first: int
    last: int
    centre: float | None
    n_obs: int
    n_useful: int
    longest_run: int | None
    longest_run_max: int | None
    n_crossings: int | None
    n_crossings_min: int | None
    runs_signal: bool


@dataclass(frozen=True, slots=True)
class Result:
    """A series analysed; the tuples have one entry per point.

    `y` and `cl` are what is plotted (after `multiply`; None is missing), `side` is 1 above the
    line, -1 below and 0 on it, missing or excluded, `phase` counts from 1.
    """

    y: tuple[float | None, ...]
    cl: tuple[float | None, ...]
    side: tuple[int, ...]
    phase: tuple[int, ...]
    baseline: tuple[bool, ...]
    included: tuple[bool, ...]
    phases: tuple[Phase, ...]


def analyse(
    y: Values,
    n: Values | None = None,
    *,
    chart: str = "run",
    freeze: int | None = None,
    part: Collection[int] = (),
    exclude: Collection[int] = (),
    cl: float | Values | None = None,
    multiply: float = 1,
    method: str = "anhoej",
) -> Result:
    """Analyse a series of values, or of numerators `y` over denominators `n`; None is missing.

    Positions count from 1. `freeze`: last point of the baseline (ignored with `part`); `part`: last
    point before each new phase (those outside the series are dropped); `exclude`: points drawn but
    not counted; `cl`: a given centre line, one or per point, in units before `multiply`. 0/0 is
    missing and k/0 infinite: whoever takes in figures refuses the latter.
    Raises ValueError for an empty series, unequal lengths, an unknown chart or method.
    """
    if chart not in CENTRES:
        raise ValueError(f'Chart "{chart}" is not supported; supported: {", ".join(CENTRES)}.')
    if method not in runs.METHODS:
        raise ValueError(f'Method "{method}" is unknown; known: {", ".join(runs.METHODS)}.')
    values = _values(y, n)
    size = len(values)
    left_out = set(exclude)
    included = [position not in left_out for position in range(1, size + 1)]
    baseline_end = size if freeze is None or part else freeze
    baseline = [position < baseline_end for position in range(size)]
    bounds = [0, *sorted({at for at in part if 0 < at < size}), size]

    lines = _given_line(cl, size)
    sides: list[int] = []
    phases, phase_of = [], []
    for number, (start, end) in enumerate(pairwise(bounds), start=1):
        here = slice(start, end)
        if None in lines[here]:
            counts = map(and_, included[here], baseline[here])
            base = [value for value in compress(values[here], counts) if value is not None]
            lines[here] = [_number(CENTRES[chart](base)) if base else None] * (end - start)
        sides += [
            runs.side(value, line) if counts else 0
            for value, line, counts in zip(values[here], lines[here], included[here], strict=True)
        ]
        centre = _times(lines[end - 1], multiply)
        phases.append(_phase(start, centre, included[here], sides[here], method))
        phase_of += [number] * (end - start)
    return Result(
        y=tuple(_times(value, multiply) for value in values),
        cl=tuple(_times(line, multiply) for line in lines),
        side=tuple(sides),
        phase=tuple(phase_of),
        baseline=tuple(baseline),
        included=tuple(included),
        phases=tuple(phases),
    )


def _number(value: float) -> float | None:
    return None if math.isnan(value) else value


def _times(value: float | None, factor: float) -> float | None:
    return None if value is None else _number(value * factor)


def _ratio(numerator: float | None, denominator: float | None) -> float | None:
    if numerator is None or denominator is None:
        return None
    if denominator == 0:
        return None if numerator == 0 else math.copysign(math.inf, numerator)
    return numerator / denominator


def _values(y: Values, n: Values | None) -> list[float | None]:
    if not y:
        raise ValueError("The series is empty.")
    if n is None:
        return list(y)
    if len(n) != len(y):
        raise ValueError(f"There are {len(y)} numerators but {len(n)} denominators.")
    return [_ratio(numerator, denominator) for numerator, denominator in zip(y, n, strict=True)]


def _given_line(cl: float | Values | None, size: int) -> list[float | None]:
    if cl is None or isinstance(cl, int | float):
        return [cl] * size
    if len(cl) != size:
        raise ValueError(f"The centre line has {len(cl)} values for {size} points.")
    return list(cl)


def _phase(
    start: int, centre: float | None, included: list[bool], sides: list[int], method: str
) -> Phase:
    lengths = [len(run) for run in runs.runs_of(sides)]
    n_useful, longest, crossings = sum(lengths), max(lengths, default=None), len(lengths) - 1
    any_useful = longest is not None
    return Phase(
        first=start + 1,
        last=start + len(sides),
        centre=centre,
        n_obs=sum(included),
        n_useful=n_useful,
        longest_run=longest,
        longest_run_max=runs.longest_run_max(n_useful) if any_useful else None,
        n_crossings=crossings if any_useful else None,
        n_crossings_min=runs.n_crossings_min(n_useful) if any_useful else None,
        runs_signal=longest is not None and runs.is_signal(n_useful, longest, crossings, method),
    )
