"""Which periods of a series lack a figure, as its form and its e-mails ask for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from kernen.lib.periods import between, following, normalise

from ..charts.figures import Point
from ..waiting import LOOKED_AT


@dataclass(frozen=True)
class Due:
    """`missing` are over and have no figure, the latest first; `over` is the latest that is over,
    `running` is not, and the next one `begins` when it is; `last` is the latest figure there is."""

    missing: list[date]
    over: date
    running: date
    begins: date
    last: Point | None

    @property
    def latest(self) -> date | None:
        """The period that was over last, if it has no figure."""
        return self.over if self.over in self.missing else None

    def asked_for(self) -> set[date]:
        """What may be given by whoever sees no more of the series: what is missing, what runs, and
        the latest figure if that was wrong."""
        return {*self.missing, self.running} | ({self.last.period} if self.last else set())


def due(points: Iterable[Point], frequency: str, today: date) -> Due:
    """A period that stands there empty is known as missing, and asked for no more."""
    there = {point.period: point for point in points}
    running = normalise(today, frequency)
    over = normalise(running - timedelta(days=1), frequency)
    first = max(min(there, default=over), today - LOOKED_AT)
    known = [period for period, point in there.items() if _has_figure(point)]
    return Due(
        missing=[p for p in reversed(between(first, over, frequency)) if p not in there],
        over=over,
        running=running,
        begins=following(running, frequency),
        last=there[max(known)] if known else None,
    )


def _has_figure(point: Point) -> bool:
    return point.value is not None or point.denominator is not None
