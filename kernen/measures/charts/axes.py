"""Axes: round numbers up the side, periods along the bottom."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import pgettext

from kernen.lib.periods import short_label
from kernen.measures.charts.text import width_of

MOST_STEPS = 6


@dataclass(frozen=True, slots=True)
class ValueAxis:
    """From `low` to `high` by `step`; `decimals` are what the step needs to be written."""

    low: float
    high: float
    step: float
    decimals: int

    def ticks(self) -> list[float]:
        first, last = round(self.low / self.step), round(self.high / self.step)
        return [number * self.step for number in range(first, last + 1)]

    def share(self, value: float) -> float:
        """How far up the axis, from 0 to 1."""
        return (value - self.low) / (self.high - self.low)


def value_axis(values: Iterable[float], *, within: tuple[float, float] | None) -> ValueAxis:
    """A round axis for the values, not leaving `within` where they do not (such as 0-100 %).

    It starts at nought unless the values are far from it.
    """
    known = list(values)
    low, high = min(known), max(known)
    bounds = within if within and within[0] <= low and high <= within[1] else None
    air = (high - low) * 0.04
    if high - low < 1e-9:
        low, high = min(low * 1.25, 0.0), max(high * 1.25, 0.0)
        high = high if high - low > 1e-9 else 1.0
    if 0 <= low <= high / 2:
        low = 0.0
    if low / 2 <= high <= 0:
        high = 0.0
    bottom = low if low == 0 else low - air
    top = high if high == 0 else high + air
    if bounds:
        bottom, top = max(bottom, bounds[0]), min(top, bounds[1])
    step, decimals = _step(top - bottom, whole=all(value == round(value) for value in known))
    first, last = math.floor(bottom / step + 1e-9), math.ceil(top / step - 1e-9)
    return ValueAxis(first * step, max(last, first + 1) * step, step, decimals)


def _step(span: float, *, whole: bool) -> tuple[float, int]:
    """A step of 1, 2 or 5 times a power of ten that gives at most MOST_STEPS steps or one more."""
    power = math.floor(math.log10(span / MOST_STEPS))
    if whole and power < 0:
        power = 0
    for power_now in (power, power + 1):
        for factor in (1, 2, 5):
            step = factor * 10.0**power_now
            if span / step <= MOST_STEPS:
                return step, max(0, -power_now)
    raise AssertionError(span)  # ten times the power below always suffices


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    label: str


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """`minor`: labels of one `kind` at some of the periods; `major`: their year or month below."""

    kind: str
    minor: tuple[Tick, ...]
    major: tuple[Tick, ...]


# Kinds of ticks from fine to coarse, with steps: every second week, every third month.
_MONTHS, _YEARS = ("month", (1, 3, 6)), ("year", (1, 2, 5, 10, 20, 50, 100))
LADDER = {
    "day": (("day", (1, 2, 7, 14)), _MONTHS, _YEARS),
    "week": (("week", (1, 2, 3, 4)), _MONTHS, _YEARS),
    "month": (_MONTHS, _YEARS),
    "quarter": (("quarter", (1, 2)), _YEARS),
    "year": (_YEARS,),
}


def time_axis(
    starts: Sequence[date], frequency: str, x_of: Sequence[float], *, size: float, room: float
) -> TimeAxis:
    """The finest ticks whose labels, `size` high in a picture `room` wide, stand clear."""
    if frequency == "event":
        return _event_axis(starts, x_of, size, room)
    # A week lies in the month and year of its Thursday, as ISO 8601 has it.
    days = [start + timedelta(days=3) for start in starts] if frequency == "week" else starts
    back = timedelta(days=7 if frequency == "week" else 1)
    for kind, steps in LADDER[frequency]:
        for step in steps:
            ticks = [
                Tick(x, _label(day, kind))
                for at, (day, x) in enumerate(zip(days, x_of, strict=True))
                if _begins(day, back, kind) and _number(day, at, kind) % step == 0
            ]
            if ticks and _stand_clear(ticks, size, size * 0.7, room):
                return TimeAxis(
                    kind, tuple(ticks), tuple(_major(days, back, x_of, kind, size, room))
                )
    return TimeAxis("", (), ())


def _event_axis(
    starts: Sequence[date], x_of: Sequence[float], size: float, room: float
) -> TimeAxis:
    """Dates at some of the events, which lie at equal steps whatever the time between them; and
    years under the first event of each."""
    places = list(zip(starts, x_of, strict=True))
    for step in range(1, len(starts) + 1):  # the latest event always has its date
        ticks = [Tick(x, short_label(day, "day")) for day, x in places[::-step][::-1]]
        if _stand_clear(ticks, size, size * 0.7, room):
            break
    years = [
        Tick(x, str(day.year))
        for before, day, x in zip([None, *starts], starts, x_of, strict=False)
        if before is None or before.year != day.year
    ]
    return TimeAxis("event", tuple(ticks), tuple(_thinned(years, size, room)))


def _major(
    days: Sequence[date],
    back: timedelta,
    x_of: Sequence[float],
    kind: str,
    size: float,
    room: float,
) -> list[Tick]:
    """The month under days, the year under months and weeks; always one under the first period."""
    if kind == "year":
        return []
    major = "month" if kind == "day" else "year"
    label = _month_and_year if kind == "day" else lambda day: str(day.year)
    ticks = [
        Tick(x, label(day))
        for at, (day, x) in enumerate(zip(days, x_of, strict=True))
        if at == 0 or _begins(day, back, major)
    ]
    return _thinned(ticks, size, room)


def _thinned(ticks: list[Tick], size: float, room: float) -> list[Tick]:
    """Those of the years that stand clear."""
    while len(ticks) > 1 and not _stand_clear(ticks, size, size * 0.5, room):
        # A stump of a year at the left gives way to the whole one after it.
        del ticks[1 if _stand_clear(ticks[:2], size, size * 0.5, room) else 0]
    return ticks


def _begins(day: date, back: timedelta, kind: str) -> bool:
    """Whether no earlier period of the series' frequency lies in the same month or year."""
    if kind == "month":
        return day.month != (day - back).month
    return kind != "year" or day.year != (day - back).year


def _number(day: date, at: int, kind: str) -> int:
    """What a step counts in; days and weeks are counted from the first in the series."""
    counts = {"month": day.month - 1, "quarter": day.month // 3, "year": day.year}
    return counts.get(kind, at)


def _label(day: date, kind: str) -> str:
    if kind == "day":
        return date_format(day, pgettext("day of the month on an axis", "j"))
    return short_label(day, kind)


def _month_and_year(day: date) -> str:
    return date_format(day, pgettext("month and year on an axis", "N Y"))


def _stand_clear(ticks: Sequence[Tick], size: float, gap: float, room: float) -> bool:
    """Whether centred labels neither touch each other nor leave the picture."""
    end = 0.0
    for tick in ticks:
        half = width_of(tick.label, size) / 2
        if tick.x - half < end or tick.x + half > room:
            return False
        end = tick.x + half + gap
    return True
