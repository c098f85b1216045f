"""Where a series is split because what is counted has changed: at the first figure from there on,
once there are figures on both sides."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from .models import Series, Split, Takeover


def due(
    series: Series, takeovers: Iterable[Takeover], before: Collection[date], after: Collection[date]
) -> Iterator[Split]:
    """The splits, not saved yet, that the periods `after` make possible and those `before` did not.

    So a split that somebody has taken back is not made again by the next figures."""
    there = {split.period for split in series.splits.all()}
    for taken in takeovers:
        if not taken.breaks or not taken.since or _begins(taken.since, before):
            continue
        period = _begins(taken.since, after)
        if period and period not in there:
            yield Split(
                series=series, period=period, reason=taken.reason, comparable=False, by=taken.by
            )


def _begins(since: date, periods: Collection[date]) -> date | None:
    """The first of the periods from `since` on, if others lie before it."""
    later = [period for period in periods if period >= since]
    return min(later) if 0 < len(later) < len(periods) else None
