"""Which periods of a series lack a figure, as its form and its e-mails ask for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kernen.initiatives.stages import Stage
from kernen.lib.periods import following, normalise

from .. import owed
from ..charts.figures import Point
from ..models import Series, Standing


@dataclass(frozen=True)
class Due:
    """`missing` are owed, the latest first; `over` is the latest period that is over, `running` is
    not, and the next one `begins` when it is; `last` is the latest figure there is, and `coming`
    the first period from `running` on that is not there.

    Of what is `stopped` nothing is asked for. `anew`: nothing has come yet, or nothing for a year;
    whoever is asked then begins with what was over last."""

    missing: list[date]
    over: date
    running: date
    begins: date
    coming: date
    last: Point | None
    anew: bool = False
    stopped: bool = False

    @property
    def latest(self) -> date | None:
        """The period that was over last, if its figure is asked for."""
        return self.over if self.anew or self.over in self.missing else None

    @property
    def first(self) -> date | None:
        """What is asked for first: the newest."""
        return self.latest or next(iter(self.missing), None)

    def asked_for(self) -> set[date]:
        """What may be given by whoever sees no more of the series: what is missing, what runs, and
        the latest figure if that was wrong."""
        begun = {self.last.period} if self.last else set()
        return {*self.missing, self.running, *begun, *({self.over} if self.anew else ())}


def due(
    points: Iterable[Point],
    frequency: str,
    today: date,
    *,
    kept: date | None = None,
    stopped: bool = False,
) -> Due:
    """A period that stands there empty is known as missing, and asked for no more; nor is one that
    is from before the series was `kept`."""
    there = {point.period: point for point in points}
    last = max(there, default=None)
    running, over = normalise(today, frequency), owed.over(frequency, today)
    holes = owed.holes(there, frequency, today - owed.LOOKED_AT, kept)
    known = [period for period, point in there.items() if has_figure(point)]
    coming = running
    while coming in there:
        coming = following(coming, frequency)
    return Due(
        missing=[] if stopped else owed.owed(last, holes, frequency, today)[::-1],
        over=over,
        running=running,
        begins=following(running, frequency),
        coming=coming,
        last=there[max(known)] if known else None,
        anew=not stopped and (last is None or owed.lapsed(last, frequency, today)),
        stopped=stopped,
    )


def due_of(series: Series, today: date) -> Due:
    measure = series.measure
    stopped = measure.initiative.stage == Stage.STOPPED
    standing = Standing.objects.filter(pk=series.pk).values_list("coming", flat=True).first()
    kept = standing and standing.get("kept")
    return due(
        series.points.all(),
        measure.frequency,
        today,
        kept=date.fromisoformat(kept) if kept else None,
        stopped=stopped,
    )


def has_figure(point: Point) -> bool:
    return point.value is not None or point.denominator is not None
