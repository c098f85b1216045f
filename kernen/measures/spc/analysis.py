"""The two entrances to the calculation: one series, or as many as there are."""

from collections.abc import Sequence
from dataclasses import fields
from decimal import Decimal
from typing import Any, TypedDict, Unpack

import numpy as np
import numpy.typing as npt

from kernen.measures.spc import nhs
from kernen.measures.spc.lines import (
    CHARTS,
    NEAR,
    PER_RANGE,
    SCREENED,
    Bools,
    Floats,
    Lines,
    Rows,
)
from kernen.measures.spc.nhs import Sides
from kernen.measures.spc.phases import Phases, Positions, marks
from kernen.measures.spc.results import Many, Phase, Result
from kernen.measures.spc.runs import NONE, RULES, Ints, count_runs

Values = Sequence[float | Decimal | None]
Line = float | Decimal | Values | Floats

Arrays = dict[str, npt.NDArray[Any]]

RULE_SETS = (*RULES, "nhs")
SHARES, OVER = frozenset({"p", "pp"}), frozenset({"p", "pp", "u", "up"})
SUBGROUPS = frozenset({"xbar", "s"})
LIMITS = ("lcl", "ucl", "lcl95", "ucl95")
_POINTS = ("y", "cl", *LIMITS, "side", "outside", "cause", "phase", "baseline", "included")
_OF_PHASE = tuple(field.name for field in fields(Phase))
_MAYBE = frozenset({"longest_run", "longest_run_max", "n_crossings", "n_crossings_min"})


class Choices(TypedDict, total=False):
    """What `analyse` and `analyse_many` take by name; they say what it means."""

    chart: str
    sd: Line | None
    freeze: int | Positions | None
    part: Positions
    exclude: Positions
    cl: Line | None
    multiply: float
    rules: str
    screened_mr: bool
    y_neg: bool


def analyse(y: Values, n: Values | None = None, **choices: Unpack[Choices]) -> Result:
    """Analyse one series: values, or numerators `y` over denominators `n`; None is missing.

    `chart`: run, i, mr, xbar, s, t, p, pp (P'), u, up (U'), c, g or ip (I'). For xbar `y` are
    subgroups' means, `sd` their standard deviations and `n` their sizes; for s `y` are the standard
    deviations; for ip `n` are weights. See `subgroups`.

    Positions count from 1. `part`: last point before each new phase. `freeze`: last point of the
    baseline, ignored with `part`; or several, each of which freezes the phase it lies in.
    `exclude`: points drawn and tested against the limits, but counted in no line and no run.
    Positions outside the series are dropped. `cl`: a given line, one or per point, in units before
    `multiply`. `screened_mr`: leave moving ranges far above the others out of the limits of i, t,
    pp and up. `y_neg`: False cuts lower limits at 0 where no value is negative.
    `rules`: anhoej, bestbox or cutbox; or nhs, on an i chart only, which then has other limits too.

    0/0 is missing and k/0 infinite: whoever takes in figures refuses the latter. Raises ValueError
    with a sentence for an empty series, unequal lengths, unknown names, missing or negative
    denominators, a share above one, and no time between events.
    """
    if not len(y):
        raise ValueError("The series is empty.")
    if n is not None and len(n) != len(y):
        raise ValueError(f"There are {len(y)} numerators but {len(n)} denominators.")
    return _result(analyse_many(np.array([y], dtype=float), n, **choices))


@np.errstate(all="ignore")
def analyse_many(
    y: Floats,
    n: Values | Floats | None = None,
    *,
    chart: str = "run",
    sd: Line | None = None,
    freeze: int | Positions | None = None,
    part: Positions = (),
    exclude: Positions = (),
    cl: Line | None = None,
    multiply: float = 1,
    rules: str = "anhoej",
    screened_mr: bool = True,
    y_neg: bool = True,
) -> Many:
    """Analyse many series at once: arrays of series × periods, NaN where missing.

    All is as in `analyse`. `n` may be one row for all series; so may `cl`, or one number.
    Positions hold for every series; where series differ, give `part`, `freeze` and `exclude` as
    truths of series × periods that mark the same points.
    """
    _check_names(chart, rules)
    y, n = _inputs(y, n, sd, chart)
    phases = Phases.after(marks(part, y.shape))
    included = ~marks(exclude, y.shape)
    baseline = _baseline(freeze, part, phases)
    rows = Rows(
        y=phases.rows(y, np.nan),
        n=None if n is None else phases.rows(n, np.nan),
        sd=None if sd is None else phases.rows(_line(sd, y.shape), np.nan),
        there=phases.there,
        base=phases.rows(included & baseline, False),
        given=None if cl is None else phases.rows(_line(cl, y.shape), np.nan),
        screened=screened_mr,
        per_range=nhs.PER_RANGE if rules == "nhs" else PER_RANGE,
    )
    points, figures = _calculated(rows, phases, included, chart, rules)
    figures["centre"] = _scale(points, figures["centre"], multiply, y_neg)
    points |= {"phase": phases.of_points + 1, "baseline": baseline, "included": included}
    screened = screened_mr if chart in SCREENED else None
    return Many(chart, rules, screened, **points, **figures)


# --- in -----------------------------------------------------------------------------------------


def _check_names(chart: str, rules: str) -> None:
    if chart not in CHARTS:
        raise ValueError(f'Chart "{chart}" is unknown; known: {", ".join(CHARTS)}.')
    if rules not in RULE_SETS:
        raise ValueError(f'Rules "{rules}" are unknown; known: {", ".join(RULE_SETS)}.')
    if rules == "nhs" and chart != "i":
        raise ValueError('The rules of the NHS are for charts of single values ("i") only.')


def _inputs(
    y: Floats, n: Values | Floats | None, sd: Line | None, chart: str
) -> tuple[Floats, Floats | None]:
    """Numerators and denominators as decimals, checked; a pair with a half missing is missing."""
    y = np.asarray(y, dtype=float)
    if y.ndim != 2 or not y.shape[1]:
        raise ValueError("y must hold series × periods, and at least one period.")
    if chart == "t" and (y <= 0).any():
        raise ValueError("Time between events must be greater than zero")
    if chart == "xbar" and sd is None:
        raise ValueError('Chart "xbar" needs sd: the standard deviation within each subgroup.')
    if n is None:
        if chart in OVER | SUBGROUPS:
            raise ValueError(f'Chart "{chart}" needs n: a denominator or size for every value.')
        return y, None
    sizes = _line(n, y.shape)
    if (sizes < 0).any():
        raise ValueError("n must not be negative.")
    if chart in SHARES and (y > sizes).any():
        raise ValueError("A share cannot be above one: y is larger than n.")
    if chart in SUBGROUPS:
        return y, sizes
    gap = np.isnan(y) | np.isnan(sizes)
    if gap.any():
        y, sizes = np.where(gap, np.nan, y), np.where(gap, np.nan, sizes)
    return y, None if chart == "c" else sizes


def _line(values: Line, shape: tuple[int, int]) -> Floats:
    """One value for all, one for each period, or one for each point."""
    line = np.asarray(values, dtype=float)
    if line.ndim and line.shape[-1] != shape[1]:
        raise ValueError(f"There are {shape[1]} values of y but {line.shape[-1]} beside them.")
    return np.broadcast_to(line, shape)


def _baseline(freeze: int | Positions | None, part: Positions, phases: Phases) -> Bools:
    """What comes before a freeze: in the whole series, or in each phase that has one."""
    split = part.any() if isinstance(part, np.ndarray) else bool(part)
    if freeze is None or (isinstance(freeze, int) and split):
        return np.ones(phases.shape, dtype=bool)
    if isinstance(freeze, int):
        return np.broadcast_to(np.arange(phases.shape[1]) < freeze, phases.shape)
    frozen = marks(freeze, phases.shape)
    before: Ints = np.cumsum(frozen, axis=1) - frozen
    at_start: Ints = before[phases.series, phases.first]
    baseline: Bools = before == np.repeat(at_start, phases.length).reshape(phases.shape)
    return baseline


# --- out ----------------------------------------------------------------------------------------


def _calculated(
    rows: Rows, phases: Phases, included: Bools, chart: str, rules: str
) -> tuple[Arrays, Arrays]:
    """What holds of points, as series × periods, and of phases, as series × phases."""
    within = phases.rows(included, False)
    points = _judged(CHARTS[chart](rows), within, rules)
    figures = _figures(points, within, phases, rules)
    if chart == "mr" or rules not in RULES:
        figures["runs_signal"] = np.zeros_like(figures["runs_signal"])
    return {name: phases.points(values) for name, values in points.items()}, figures


def _judged(lines: Lines, included: Bools, rules: str) -> Arrays:
    """Where the points lie; rows are phases."""
    slack = lines.slack
    low, high = lines.limits(3)
    near_low, near_high = lines.limits(2)
    side = _beyond(lines.y, lines.cl, lines.cl, slack)
    none = np.broadcast_to(np.int8(0), side.shape)
    outside = none if lines.width is None else _beyond(lines.y, low, high, slack)
    if rules == "nhs":
        counted = np.where(included, lines.y, np.nan)
        near = _beyond(lines.y, near_low, near_high, slack)
        sides = (np.where(included, at, 0).astype(np.int8) for at in (side, outside, near))
        cause = nhs.causes(counted, *sides)
    else:
        cause = none
    return {
        "y": lines.y,
        "cl": np.broadcast_to(lines.cl, lines.y.shape),
        "lcl": low,
        "ucl": high,
        "lcl95": near_low,
        "ucl95": near_high,
        "side": side * included,
        "outside": outside,
        "cause": cause,
    }


def _beyond(y: Floats, low: Floats, high: Floats, slack: Floats) -> Sides:
    """1 above the upper line, -1 below the lower, 0 between, on one, or where there is none."""
    return (y > high + slack).view(np.int8) - (y < low - slack).view(np.int8)


def _figures(points: Arrays, included: Bools, phases: Phases, rules: str) -> Arrays:
    """The figures of each phase, as series × phases."""
    runs = count_runs(points["side"], rules if rules in RULES else RULES[0])
    counted = np.where(included, points["y"], np.nan)
    lowest, highest = np.fmin.reduce(counted, axis=1), np.fmax.reduce(counted, axis=1)
    flat = (highest - lowest <= NEAR * np.abs(highest)) & ((~np.isnan(counted)).sum(axis=1) > 1)
    last = phases.length - 1
    of_phase = {
        "first": (phases.first + 1, NONE),
        "last": (phases.last + 1, NONE),
        "centre": (points["cl"][np.arange(len(last)), last], np.nan),
        "n_obs": (included.sum(axis=1), NONE),
        "n_useful": (runs.n_useful, NONE),
        "longest_run": (runs.longest_run, NONE),
        "longest_run_max": (runs.longest_run_max, NONE),
        "n_crossings": (runs.n_crossings, NONE),
        "n_crossings_min": (runs.n_crossings_min, NONE),
        "runs_signal": (runs.signal, False),
        "flat": (flat, False),
    }
    return {name: phases.figures(values, none) for name, (values, none) in of_phase.items()}


def _scale(drawn: Arrays, centre: Floats, multiply: float, y_neg: bool) -> Floats:
    """To plotted units; and no lower limit below nought where none is wanted."""
    if multiply != 1:
        for name in ("y", "cl", *LIMITS):
            drawn[name] = drawn[name] * multiply
    if not y_neg:
        positive = ~(drawn["y"] < 0).any(axis=1, keepdims=True)
        for name in ("lcl", "lcl95"):
            drawn[name] = np.where(positive & (drawn[name] < 0), 0, drawn[name])
    return centre * multiply


def _result(many: Many) -> Result:
    """The only series among many, in plain values."""
    phases = zip(*(_plain(getattr(many, name)[0], name) for name in _OF_PHASE), strict=True)
    return Result(
        chart=many.chart,
        rules=many.rules,
        screened=many.screened,
        phases=tuple(Phase(*phase) for phase in phases),
        **{name: tuple(_plain(getattr(many, name)[0], name)) for name in _POINTS},
    )


def _plain(values: npt.NDArray[Any], name: str) -> list[Any]:
    """Python's own numbers, None for those that stand for none."""
    plain: list[Any] = values.tolist()
    if values.dtype.kind == "f":
        return [None if value != value else value for value in plain]
    return [None if value == NONE else value for value in plain] if name in _MAYBE else plain
