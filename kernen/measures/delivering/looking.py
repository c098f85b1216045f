"""What taking in a file would do, once all of it is read: nothing of it stands yet."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ..fetching import charted
from ..models import Series
from ..preview import PARTS_SHOWN, Beside, beside
from .reader import OfMeasure, Reader
from .spool import Spool, Spooled

#: So many rows are shown of those that stand first, and of each kind that has to be looked at.
SHOWN = 20
#: So many figures are put beside what stands at once.
_TOGETHER = 5_000


def found_in(reader: Reader, spool: Spool, tell: Callable[[], None]) -> dict[str, Any]:
    """In words and numbers, as a delivery keeps it: how each column is understood, what would
    happen, and the rows to be looked at. `tell` is called now and then."""
    first = spool.first(SHOWN)
    count: Counter[str] = Counter()
    rows = []
    for series, figures in _by_series(spool, tell):
        there = beside(series, [figure.figure for figure in figures])
        for figure, one in zip(figures, there, strict=True):
            kinds = {"changed": one.change == "changed", "far": one.far, "running": one.running}
            worth = [kind for kind, told in kinds.items() if told]
            count.update({one.change, *worth})
            if figure.row in first or any(count[kind] <= SHOWN for kind in worth):
                rows.append(_row(figure.row, series, one))
    return {
        **{kind: count[kind] for kind in ("new", "changed", "same", "far", "running")},
        "places": len(spool.series()),
        "totals": reader.totals,
        **_columns(reader),
        "rows": sorted(rows, key=_worth_first),
    }


def _worth_first(row: dict[str, Any]) -> tuple[bool, int]:
    return row["change"] != "changed" and not row["doubts"], row["number"]


def _by_series(spool: Spool, tell: Callable[[], None]) -> Iterator[tuple[Series, list[Spooled]]]:
    for chunk in spool.chunks(_TOGETHER):
        tell()
        there = charted(Series.objects).in_bulk([key for key, _figures in chunk])
        yield from ((there[key], figures) for key, figures in chunk)


def _row(number: int, series: Series, one: Beside) -> dict[str, Any]:
    return {
        "number": number,
        "series": str(series),
        "period": one.period,
        "cells": ["–" if cell is None else localize(cell) for cell in one.cells],
        "note": one.figure.note,
        "change": one.change,
        "replaced": localize(one.replaced),
        "doubts": one.doubts,
    }


def _columns(reader: Reader) -> dict[str, Any]:
    """Each column with what it holds and whether that is a number, and those that are not read."""
    table = replace(reader.table, headings=reader.surveyed.headings)
    (of,) = reader.readers.values()  # whoever sends a file says which measure it is of
    roles = _roles(reader, of)
    read = {at for at, _what, _number in roles}
    others = (at for at, heading in enumerate(table.headings) if heading and at not in read)
    return {
        "columns": [(table.column_name(at), what, number) for at, what, number in roles],
        "unread": [table.column_name(at) for at in others],
    }


def _roles(reader: Reader, of: OfMeasure) -> list[tuple[int, str, bool]]:
    """Where the place, the period, the figure and the note stand, in that order."""
    places = reader.places if reader.series is None else [reader.series]
    names = {"period": _("Period"), "year": _("Year, where it stands by itself")}
    parts = PARTS_SHOWN[of.measure.figures]
    names |= {**parts, "note": pgettext("beside a figure", "Note")}
    there = of.slow.columns
    return [(at, _("Place"), False) for at in places] + [
        (there[role], str(name), role in parts) for role, name in names.items() if role in there
    ]
