"""How the figures of a series come, in words."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from django.template.defaultfilters import floatformat
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kernen.lib.periods import following, label, span_label
from kernen.parties.models import Person

from ..charts.spark import spark
from ..models import FiguresLink
from .record import Record

#: So many stretches of missing periods are named, and so many people.
NAMED = 3


class Row:
    """A record for a page. `people` has those who gave the figures; whoever looks at the page may
    `enter` those that are missing, and then sees who is `asked` for them by e-mail."""

    def __init__(
        self,
        record: Record,
        people: Mapping[int, Person],
        *,
        enter: bool = False,
        asked: Sequence[FiguresLink] = (),
    ):
        self.record, self.series, self.enter, self.asked = record, record.series, enter, asked
        self._people = people

    @cached_property
    def missing(self) -> str:
        return missing(self.record)

    @cached_property
    def due(self) -> date | None:
        """The last day on which the oldest of them came in time."""
        return self.record.due_on(self.record.owed[0]) if self.record.owed else None

    @property
    def days_late(self) -> int:
        return (self.record.today - self.due).days if self.due else 0

    @property
    def givers(self) -> str:
        found = [str(self._people[key]) for key in self.record.givers if key in self._people]
        more = [_("and others")] if len(found) > NAMED else []
        return ", ".join(found[:NAMED] + more)

    @property
    def ways(self) -> str:
        return ", ".join(str(way.label).lower() for way in self.record.ways)

    @property
    def spark(self) -> SafeString:
        """Empty of a single figure, which has no course."""
        days = [float(each) for each in self.record.days]
        return spark(days if len(days) > 1 else [], self.record.median_days, 0)

    @property
    def median_days(self) -> str:
        days = self.record.median_days
        return "" if days is None else floatformat(days)

    @property
    def in_time(self) -> str:
        if not self.record.awaited:
            return ""
        words = {"many": self.record.in_time, "all": len(self.record.awaited)}
        return _("%(many)s of %(all)s") % words

    @property
    def far(self) -> str:
        """How many of the latest lie far from the usual, and how many of them were confirmed."""
        if not self.record.far:
            return ""
        words = {"far": self.record.far, "confirmed": self.record.confirmed}
        return _("%(far)s, of which %(confirmed)s confirmed") % words

    @property
    def far_when(self) -> str:
        return self._named(one.period for one in self.record.came if one.far)

    @property
    def early_when(self) -> str:
        return self._named(one.period for one in self.record.came if one.early)

    def _named(self, periods: Iterable[date]) -> str:
        return "; ".join(label(period, self.record.frequency) for period in periods)


def links_of(series: Collection[int]) -> dict[int, list[FiguresLink]]:
    """Whoever is asked by e-mail for the figures of these series, in one query."""
    found: dict[int, list[FiguresLink]] = {}
    standing = FiguresLink.objects.standing().filter(series__in=series)
    for link in standing.select_related("person"):
        found.setdefault(link.series_id, []).append(link)
    return found


def missing(record: Record) -> str:
    """The periods that are owed, stretch by stretch."""
    spans = list(_stretches(record.owed, record.frequency))
    named = [span_label(first, last, record.frequency) for first, last in spans[:NAMED]]
    more = len(spans) - NAMED
    if more > 0:
        words = ngettext("and %(count)s more gap", "and %(count)s more gaps", more)
        named.append(words % {"count": more})
    return "; ".join(named)


def people_of(records: Iterable[Record]) -> dict[int, Person]:
    """Those who gave the figures, in one query."""
    return Person.objects.in_bulk({key for record in records for key in record.givers})


def _stretches(periods: Iterable[date], frequency: str) -> Iterable[tuple[date, date]]:
    """From the first to the last of those that follow one another."""
    first: Any = None
    last: Any = None
    for period in periods:
        if last and period != following(last, frequency):
            yield first, last
            first = period
        first, last = first or period, period
    if last:
        yield first, last
