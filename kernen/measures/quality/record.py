"""What a series owes today, and how its latest figures came: read from its standing."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from statistics import median
from typing import Any

from kernen.initiatives.stages import Stage
from kernen.lib.periods import normalise

from ..models import Load, Series, Standing
from ..owed import GRACE, LOOKED_AT, due_on, lapsed, owed

#: Of so many periods that were due, and of so many figures that came, is told.
LATEST = 12
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Came:
    """A figure as `coming` keeps it. Who gives it while its period runs is no day late, but
    `early`: the period was not over, and it was not changed since."""

    period: date
    days: int
    way: str
    by: int
    changed: int
    far: bool
    confirmed: bool
    early: bool = False

    @classmethod
    def kept(cls, period: str, days: int, *rest: Any) -> "Came":
        made = cls(date.fromisoformat(period), max(days, 0), *rest)
        return replace(made, early=days < 0 and not made.changed)


class Record:
    """How the figures of one series come, as things stand `today`.

    A figure is due `grace` days after the end of its period: no measure says another. What was due
    before anything was loaded, or is older than what came first, or came a year and more after it
    was due, came as history, and is neither late nor in time; of rare events nothing is ever
    due."""

    def __init__(self, standing: Standing, today: date):
        self.standing, self.today = standing, today
        self.kept: dict[str, Any] = standing.coming
        self.frequency: str = standing.frequency
        self.grace = timedelta(days=GRACE[self.frequency])

    @property
    def series(self) -> Series:
        return self.standing.series

    @cached_property
    def events(self) -> bool:
        return self.series.measure.events

    @cached_property
    def _last(self) -> date | None:
        """The last period that is there, with a figure or without."""
        return self._day("last")

    def _day(self, name: str) -> date | None:
        kept = self.kept.get(name)
        return date.fromisoformat(kept) if kept else None

    @cached_property
    def begun(self) -> bool:
        return self._last is not None

    @cached_property
    def asleep(self) -> bool:
        """Nothing is awaited: it is stopped, or for a year nobody has kept it."""
        stopped = self.standing.initiative.stage == Stage.STOPPED
        return stopped or lapsed(self._last, self.frequency, self.today)

    def due_on(self, period: date) -> date:
        """The last day on which the period's figure comes in time."""
        return due_on(period, self.frequency)

    @cached_property
    def owed(self) -> list[date]:
        """The periods that are over and have no figure, the oldest first."""
        if self.events or self.asleep or self._last is None:
            return []
        holes = map(date.fromisoformat, self.kept["holes"])
        return owed(self._last, holes, self.frequency, self.today)

    @cached_property
    def late(self) -> list[date]:
        return [period for period in self.owed if self.due_on(period) < self.today]

    @cached_property
    def came(self) -> list[Came]:
        """The latest figures, the oldest first."""
        return [Came.kept(*kept) for kept in self.kept.get("came", [])][-LATEST:]

    @cached_property
    def awaited(self) -> list[Came | None]:
        """The latest periods that were due, the oldest first: how each came, or that it did not."""
        if self.events or self.asleep:
            return []
        return list(self._awaited())[::-1]

    def _awaited(self) -> Iterator[Came | None]:
        came = {one.period: one for one in (Came.kept(*kept) for kept in self.kept["came"])}
        owed = set(self.owed)
        period = normalise(self.today - self.grace - _DAY, self.frequency)
        for _one in range(LATEST):
            period = normalise(period - _DAY, self.frequency)
            one = came.get(period)
            if (one is None and period not in owed) or self._history(period, one):
                return
            yield one

    def _history(self, period: date, came: Came | None) -> bool:
        """Nobody kept the series yet, or any more, when the figure of the period was due."""
        since, kept = self._day("since"), self._day("kept")
        if since is None or self.due_on(period) < since or (kept and period < kept):
            return True
        return came is not None and came.days > (self.grace + LOOKED_AT).days

    @cached_property
    def in_time(self) -> int:
        """How many of the awaited came in time."""
        return sum(one is not None and one.days <= self.grace.days for one in self.awaited)

    @cached_property
    def share(self) -> float | None:
        return self.in_time / len(self.awaited) if self.awaited else None

    @cached_property
    def days(self) -> list[int]:
        """How many days after its period each of the latest figures came that was awaited."""
        if self.events:
            return []
        return [one.days for one in self.came if not self._history(one.period, one)]

    @cached_property
    def median_days(self) -> float | None:
        return median(self.days) if self.days else None

    @property
    def changed(self) -> int:
        """How many of the latest figures were changed after they had come."""
        return sum(one.changed > 0 for one in self.came)

    @property
    def far(self) -> int:
        return sum(one.far for one in self.came)

    @property
    def early(self) -> int:
        return sum(one.early for one in self.came)

    @property
    def confirmed(self) -> int:
        return sum(one.confirmed for one in self.came)

    @cached_property
    def ways(self) -> list[Load.Way]:
        """By which ways the latest came, the most used first."""
        used = Counter(one.way for one in reversed(self.came))
        return [Load.Way(way) for way, _times in used.most_common()]

    @cached_property
    def givers(self) -> list[int]:
        """The keys of those who gave the latest, who gave most of them first."""
        return [by for by, _times in Counter(one.by for one in reversed(self.came)).most_common()]
