"""What an analysis tells: of one series in plain values, of many in arrays."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from kernen.measures.spc import nhs
from kernen.measures.spc.lines import Bools, Floats
from kernen.measures.spc.nhs import Sides
from kernen.measures.spc.runs import Ints


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase of a series; `first` and `last` count points from 1.

    The four figures of the rules are None where no point lies off the line. `centre` is the line
    at the phase's last point, in plotted units; None where nothing in the baseline has a value.
    `flat`: two values or more, and all alike, so that nothing varies and limits say nothing.
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
    flat: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """A series analysed; the tuples have one entry per point.

    `y`, `cl` and the limits at three sigma and at two (`lcl95`, `ucl95`) are what is plotted (after
    `multiply`; None is missing). `side` is 1 above the line, -1 below and 0 on it, missing or
    excluded; `outside` is 1 above the upper limit, -1 below the lower. `phase` counts from 1.
    `screened`: whether moving ranges far above the others were left out of the limits; None where
    the chart knows no such choice. With the rules of the NHS `cause` holds what stands behind each
    point (`nhs.Cause`, signed by its way); else it is 0 throughout.
    """

    y: tuple[float | None, ...]
    cl: tuple[float | None, ...]
    side: tuple[int, ...]
    phase: tuple[int, ...]
    baseline: tuple[bool, ...]
    included: tuple[bool, ...]
    phases: tuple[Phase, ...]
    chart: str
    rules: str
    screened: bool | None
    lcl: tuple[float | None, ...]
    ucl: tuple[float | None, ...]
    lcl95: tuple[float | None, ...]
    ucl95: tuple[float | None, ...]
    outside: tuple[int, ...]
    cause: tuple[int, ...]

    def variation(self, better: int) -> nhs.Variation:
        """What the latest point with a value says by the NHS; `better` is 1, -1 or 0 (neither)."""
        found = [
            cause for cause, value in zip(self.cause, self.y, strict=True) if value is not None
        ]
        latest = found[-1] if found else 0
        return nhs.variation((latest > 0) - (latest < 0), better)

    def assurance(self, goal: float | None, better: int) -> nhs.Assurance | None:
        """Whether the latest limits lie on one side of the goal, in plotted units."""
        return nhs.assurance(self.lcl[-1], self.ucl[-1], goal, better)


@dataclass(frozen=True, slots=True)
class Many:
    """Many series analysed, as arrays with the meaning that `Result` and `Phase` give their names.

    Of points: series × periods, NaN where missing or where there is no limit. Of phases, from
    `first` on: series × phases, in order; where a series has fewer, and where no point lies off the
    line, whole numbers are -1, truths False and `centre` NaN.
    """

    chart: str
    rules: str
    screened: bool | None
    y: Floats
    cl: Floats
    lcl: Floats
    ucl: Floats
    lcl95: Floats
    ucl95: Floats
    side: Sides
    outside: Sides
    cause: Sides
    phase: Ints
    baseline: Bools
    included: Bools
    first: Ints
    last: Ints
    centre: Floats
    n_obs: Ints
    n_useful: Ints
    longest_run: Ints
    longest_run_max: Ints
    n_crossings: Ints
    n_crossings_min: Ints
    runs_signal: Bools
    flat: Bools

    def latest(self, figures: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Of figures of phases those of each series' last phase."""
        latest: npt.NDArray[Any] = figures[np.arange(len(figures)), self.phase[:, -1] - 1]
        return latest
