"""What an evaluation tells: an estimate with its interval, or why there is none."""

from dataclasses import dataclass
from enum import StrEnum

from kernen.measures.evaluation.student import quantile, two_sided


class Reason(StrEnum):
    """Why the figures cannot tell."""

    FEW_BEFORE = "few_before"
    FEW_AFTER = "few_after"
    NO_VARIATION = "no_variation"
    FEW_PLACES = "few_places"
    NO_STARTS = "no_starts"
    SAME_START = "same_start"
    NOT_APART = "not_apart"
    FEW_EVENTS = "few_events"


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """No estimate, and why; `found` of the `needed`, where the reason is one of counts."""

    reason: Reason
    found: int | None = None
    needed: int | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure in the unit of the series, its standard error, interval and two-sided p.

    `df` are the degrees of freedom of Student's t, from which `low`, `high` and `p` follow.
    """

    value: float
    se: float
    df: float
    low: float
    high: float
    p: float

    @property
    def certain(self) -> bool:
        """Whether nought lies outside the interval."""
        return self.low > 0 or self.high < 0


def estimate(value: float, se: float, df: float, level: float) -> Estimate:
    """An estimate whose interval holds the true figure in `level` (such as 0.95) of cases."""
    reach = quantile(level, df) * se
    return Estimate(value, se, df, value - reach, value + reach, two_sided(value / se, df))
