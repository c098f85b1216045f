"""Which figures of a series are owed: one judgement for My work, the form, the mailed link, its
reminders, and the pages of a series and of an organisation. Pure."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from itertools import pairwise

from kernen.lib.periods import between, following, normalise

#: How long after the end of a period its figure may come: it takes a while to be counted.
GRACE = {"day": 2, "week": 7, "month": 14, "quarter": 30, "year": 60}
#: Gaps are looked for so far back; older ones will not be filled any more.
LOOKED_AT = timedelta(days=365)
_DAY = timedelta(days=1)


def due_on(period: date, frequency: str) -> date:
    """The last day on which the period's figure comes in time: from the next on it is late."""
    return following(period, frequency) + timedelta(days=GRACE[frequency])


def over(frequency: str, today: date) -> date:
    """The latest period that has ended."""
    return normalise(normalise(today, frequency) - _DAY, frequency)


def lapsed(last: date | None, frequency: str, today: date) -> bool:
    """For a year nobody has kept it: `last` is the last period that is there."""
    return bool(last and due_on(following(last, frequency), frequency) <= today - LOOKED_AT)


def holes(
    there: Collection[date], frequency: str, since: date, kept: date | None = None
) -> list[date]:
    """The periods after that day which lack between two that are there, the oldest first. None is
    from before the series was `kept`, the oldest period of what came first: older figures that came
    later are history. A pause of a year and more is none: meanwhile nobody kept it."""
    return [
        hole
        for one, other in pairwise(sorted(one for one in there if kept is None or one >= kept))
        if other > since and not lapsed(one, frequency, other)
        for hole in between(following(one, frequency), other, frequency)[:-1]
        if hole > since
    ]


def owed(last: date | None, holes: Iterable[date], frequency: str, today: date) -> list[date]:
    """The periods that are over and not there, the oldest first; `holes` are those before the
    `last` one that is. Nothing is owed of a series that has not begun, nor of one that lapsed."""
    if last is None or lapsed(last, frequency, today):
        return []
    gaps = [hole for hole in sorted(holes) if hole > today - LOOKED_AT]
    return gaps + between(following(last, frequency), over(frequency, today), frequency)
