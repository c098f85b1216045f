"""What taking in a file would do, once all of it is read: nothing of it stands yet."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from django.utils.formats import localize

from ..fetching import charted
from ..models import Series, Shape
from ..preview import Beside, beside
from ..reading.cells import shown
from ..reading.places import folded
from .reader import Reader
from .rows import Rows
from .shapes import digest_of
from .sheets import SheetRows
from .spool import Spool, Spooled

#: So many rows are shown of those that stand first, and of each kind that has to be looked at.
SHOWN = 20
#: So many cells of a line are shown where its headings are chosen.
_CELLS = 12
#: So many figures are put beside what stands at once.
_TOGETHER = 5_000


def understood(rows: Rows | SheetRows, reader: Reader, shape: Shape | None) -> dict[str, Any]:
    """As a delivery keeps it: how each column is understood, what else could be chosen, and whose
    correction of a file like this it follows."""
    surveyed, holds = reader.surveyed, reader.holds
    table = surveyed.table
    others = set(range(len(table.headings))) - {*holds.values()}
    chosen = {folded(name): pk for name, pk in reader.named.items() if pk is not None}
    how = {"sheet": rows.sheet, "header": surveyed.header, "columns": holds, "places": chosen}
    return {
        "how": how,
        "headings": digest_of(surveyed.lines, surveyed.header),
        "sheets": rows.sheets,
        "lines": [
            (row.number, [shown(cell) for cell in row.cells[:_CELLS]], len(row.cells) > _CELLS)
            for row in surveyed.lines
        ],
        "columns": table.offers,
        "unread": [table.column_name(at) for at in sorted(others) if table.headings[at]],
        "remarks": [*map(str, rows.remarks), *(one.sentence for one in reader.remarks)],
        "shape": shape and shape.pk,
        "named": sorted(_named(reader), key=_first_asked),
    }


def _named(reader: Reader) -> list[tuple[str, int | None, int | None, bool]]:
    """What each place is called, which is chosen for it, and else which may be meant, and whether
    its name is the same but for a slip. Of two that are like one place neither is taken for it."""
    known, measure = reader.known, reader.known.only
    asked = [name for name, chosen in reader.named.items() if measure and not chosen]
    alike = {name: known.alike(measure, name) for name in asked} if measure else {}
    often = Counter(alike.values())
    found = []
    for name, chosen in reader.named.items():
        near = alike.get(name)
        sure = near is not None and often[near] == 1
        if measure and chosen is None and near is None:
            near = known.nearest(measure, name)
        found.append((name, chosen, near, sure))
    return found


def _first_asked(one: tuple[str, int | None, int | None, bool]) -> tuple[bool, bool, bool]:
    _name, chosen, near, alike = one
    return chosen is not None, not alike, near is None


def found_in(reader: Reader, spool: Spool, tell: Callable[[], None]) -> dict[str, Any]:
    """In words and numbers, as a delivery keeps it: what would happen, and the rows to be looked
    at. `tell` is called now and then."""
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
        "left_out": reader.left_out,
        "sums": reader.sums,
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
