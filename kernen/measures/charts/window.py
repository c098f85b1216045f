"""A span of a long series on the whole width of its picture: which periods, and the ways to others.

Lines, limits and rules stay those of the whole series: a shorter window never changes what it says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

#: Fewer periods show no course, and of more than so many at once nobody tells one from the next.
FEWEST, MOST = 6, 400

#: So many periods, offered where there are more.
LATEST = ((12, _("The last 12")), (24, _("The last 24")), (MOST, _("The last 400")))

Window = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Way:
    """A link to another span; without days it leads to the whole series, or the latest of a long
    one."""

    label: Promise
    sign: str
    first: date | None
    last: date | None
    current: bool


def days(query: Mapping[str, str]) -> tuple[date | None, date | None]:
    """The days that an address asks for by `from` and `to`; what is no day asks for nothing."""
    first, last = (_day(query.get(name, "")) for name in ("from", "to"))
    return first, last


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def window(starts: Sequence[date], first: date | None, last: date | None) -> Window | None:
    """Positions of the first and last period shown; None for the whole series. Of a series that is
    longer than a picture the latest are shown where nothing is asked for."""
    count = len(starts)
    if count <= FEWEST:
        return None
    if not (first or last):
        return (count - MOST, count - 1) if count > MOST else None
    low = sum(start < first for start in starts) if first else 0
    high = sum(start <= last for start in starts) - 1 if last else count - 1
    found = _fitting(low, high, count)
    return None if found == (0, count - 1) else found


def span_of(shown: Window | None, count: int) -> range:
    """The positions that are shown."""
    first, last = shown or (0, count - 1)
    return range(first, last + 1)


def _fitting(low: int, high: int, count: int) -> Window:
    """The span, made long enough, not too long, and moved to within the series."""
    low, high = min(low, high), max(low, high)
    low = max(low, high - MOST + 1)
    length = min(max(high - low + 1, FEWEST), count)
    low = min(max(low, 0), count - length)
    return low, low + length - 1


def ways(starts: Sequence[date], now: Window | None) -> list[Way]:
    """The last 12, 24 and 400 periods, all; nearer and farther; earlier and later."""
    count = len(starts)
    if count <= 2 * FEWEST:
        return []
    usual = max(0, count - MOST), count - 1
    low, high = now or usual
    length = high - low + 1
    quarter, half = length // 4, max(length // 2, 1)
    offered: list[tuple[Promise, str, Window]] = [
        *((text, "", (count - many, count - 1)) for many, text in LATEST if many < count),
        *([(pgettext_lazy("periods of a series", "All"), "", usual)] if count <= MOST else []),
        (_("Zoom in"), "+", (low + quarter, high - quarter)),
        *([(_("Zoom out"), "−", (low - half, high + half))] if length < MOST else []),
        (_("Earlier"), "‹", (low - half, high - half)),
        (_("Later"), "›", (low + half, high + half)),
    ]
    made = []
    for label, sign, (first, last) in offered:
        if sign in ("+", "−"):
            first, last = max(first, 0), min(last, count - 1)
        span = _fitting(first, last, count)
        if not (sign and span == (low, high)):
            from_day, to_day = (None, None) if span == usual else (starts[span[0]], starts[span[1]])
            here = not sign and span == (low, high)
            made.append(Way(label, sign, from_day, to_day, current=here))
    return made
