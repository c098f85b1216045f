"""Rows that belong together: the observations of a period, the events of a day."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from statistics import mean, stdev

from django.utils.translation import gettext_lazy as _

from kernen.measures.reading.cells import Row
from kernen.measures.reading.results import Figure
from kernen.measures.reading.rows import RowReader


def observed(rows: Iterable[Figure]) -> list[Figure]:
    """A figure for each period: mean, number and standard deviation of its observations."""
    periods: dict[date, list[Figure]] = defaultdict(list)
    for figure in rows:
        periods[figure.start].append(figure)
    return [_summary(periods[start]) for start in sorted(periods)]


def _summary(rows: list[Figure]) -> Figure:
    seen: list[Decimal] = [number for figure in rows for number in figure.observations]
    note = next((figure.note for figure in rows if figure.note), "")
    summed = replace(rows[0], note=note, observations=())
    if not seen:
        return summed
    spread = stdev(seen) if len(seen) > 1 else None
    return replace(summed, value=mean(seen), size=len(seen), spread=spread)


def counted_by_day(reader: RowReader, rows: Iterable[tuple[Row, Figure]]) -> list[Figure]:
    """A figure for each day with how many events it had; each row is an event."""
    days: dict[date, Figure] = {}
    for row, figure in rows:
        first = days.setdefault(figure.start, figure)
        if first is figure:
            continue
        if figure.value is not None:
            text = _("Another event is on the same day: only one of them can have cases before it.")
            reader.wrong(row, "value", text)
        note = first.note or figure.note
        days[figure.start] = replace(first, size=(first.size or 0) + 1, note=note)
    return [days[start] for start in sorted(days)]
