"""How the first rows of a file are understood, before all of it is taken in."""

from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kernen.lib.periods import label

from ..models import Point
from ..preview import PARTS_SHOWN
from ..reading.cells import Unreadable
from .models import Delivery
from .places import Known
from .reader import OfMeasure, Reader, survey
from .rows import rows_in
from .spool import Spool, Spooled
from .taking import told

#: So many rows are shown, and so many tell how the columns are written.
SHOWN, SURVEYED = 20, 2_000


@dataclass
class Shown:
    """Each column with what it holds and whether that is a number, those that are not read, and the
    rows; and what is wrong in them, so that all of the file would be refused."""

    columns: list[tuple[str, Any, bool]] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def first_rows(delivery: Delivery) -> Shown:
    """Of a file whose measure is said."""
    with NamedTemporaryFile() as file:
        file.write(delivery.content)
        file.flush()
        try:
            return _shown(delivery, Path(file.name))
        except Unreadable as unreadable:
            return Shown(problems=[str(unreadable)])


def _shown(delivery: Delivery, path: Path) -> Shown:
    rows = rows_in(path)
    surveyed = survey(rows, SURVEYED)
    known = Known(delivery.initiative, delivery.measure, delivery.by)
    reader = Reader([*islice(rows, SHOWN + 1)], surveyed, known)
    with Spool() as spool:
        reader.fill(spool, lambda _read: None)
        figures = [one for _series, theirs in spool.by_series() for one in theirs]
    shown = Shown(problems=[*map(told, reader.problems)])
    for of in reader.readers.values():
        table = replace(reader.table, headings=surveyed.headings)
        columns = _columns(reader, of)
        shown.columns = [(table.column_name(at), what, num) for at, what, num in columns]
        read = {at for at, _what, _num in columns}
        others = (at for at, heading in enumerate(surveyed.headings) if heading and at not in read)
        shown.unread = [table.column_name(at) for at in others]
        shown.rows = _rows(sorted(figures, key=lambda one: one.row), of, known)
    return shown


def _columns(reader: Reader, of: OfMeasure) -> list[tuple[int, Any, bool]]:
    """Where the place, the period, the figure and the note stand, in that order."""
    places = reader.places if reader.series is None else [reader.series]
    found: list[tuple[int, Any, bool]] = [(at, _("Place"), False) for at in places]
    names = {"period": _("Period"), "year": _("Year, where it stands by itself")}
    parts = PARTS_SHOWN[of.measure.figures]
    names |= {**parts, "note": pgettext("beside a figure", "Note")}
    at_role = of.slow.columns
    return found + [(at_role[r], name, r in parts) for r, name in names.items() if r in at_role]


def _rows(figures: list[Spooled], of: OfMeasure, known: Known) -> list[dict[str, Any]]:
    measure = of.measure
    there = Point.objects.filter(series__in={one.series for one in figures})
    there = there.filter(period__in={one.period for one in figures})
    standing = {(one.series_id, one.period): one for one in there}
    rows = []
    for one in figures:
        period = date.fromisoformat(one.period)
        point = standing.get((one.series, period))
        rows.append(
            {
                "number": one.row,
                "series": known.series[one.series],
                "period": label(period, measure.frequency),
                "cells": [getattr(one.figure, part) for part in PARTS_SHOWN[measure.figures]],
                "note": one.note,
                "change": one.figure.change(point),
                "was": point,
            }
        )
    return rows
