"""Shapes of files that were corrected before, found again by their headings."""

import json
from collections.abc import Sequence
from hashlib import sha256

from kernen.parties.models import Organisation

from ..models import Measure, Series, Shape
from ..reading.cells import Sheet, Unreadable
from ..reading.table import Table
from ..reading.tables import table_of

#: So many sheets of a file are compared with what was corrected before.
_SHEETS = 10


def headings_of(table: Table) -> str:
    """A digest of the headings with something below them; "" where there are none."""
    if table.header_row is None:
        return ""
    filled = {i for row in table.rows for i, cell in enumerate(row.cells) if cell is not None}
    groups = table.groups or ("",) * len(table.headings)
    written = [(groups[i], table.headings[i]) for i in sorted(filled)]
    way = "crossed" if table.crossed else table.across
    return sha256(json.dumps([way, written]).encode()).hexdigest()


def remembered(
    sheets: Sequence[Sheet],
    of: str,
    *,
    measure: Measure,
    organisation: Organisation | None,
    wide: bool = False,
) -> tuple[Shape, Sheet, Table] | None:
    """The first sheet that looks as one did that was corrected, and how it was to be read: for the
    series with the number `of`, or of no organisation for all of the measure's."""
    kept = Shape.objects.filter(measure=measure, organisation=organisation).select_related("by")
    shapes = {shape.headings: shape for shape in kept}
    named = {shape.own.get(of, {}).get("sheet") for shape in shapes.values()}
    ways = {(shape.across, shape.crossed, shape.header) for shape in shapes.values()}
    ways |= {(across, crossed, None) for across, crossed, _header in ways}
    for sheet in sorted(sheets[:_SHEETS], key=lambda sheet: sheet.name not in named):
        for across, crossed, header in sorted(ways, key=lambda w: (*w[:2], w[2] is not None, w[2])):
            how = {"across": across, "crossed": crossed, "wide": wide}
            try:
                dates = measure.events and not across
                table = table_of(sheet, dates=dates, header=header, **how)
            except Unreadable:
                continue
            if shape := shapes.get(headings_of(table)):
                return shape, sheet, table
    return None


def by_hand(sheet: Sheet, table: Table, *, events: bool, wide: bool = False) -> int | None:
    """The row of the headings, 0 for none, where nobody would have found it there."""
    if sheet.parts:
        return None
    try:
        how = {"across": table.across, "crossed": table.crossed, "wide": wide}
        dates = events and not table.across
        found = table_of(sheet, dates=dates, **how).header_row
    except Unreadable:
        found = -1
    return None if found == table.header_row else table.header_row or 0


def own(shape: Shape, series: Series) -> tuple[str, dict[str, int] | None]:
    """The place that the file calls the series by, and its columns; None to propose them."""
    found = shape.own.get(str(series.pk))
    if found:
        return found["place"], found["columns"]
    return "", shape.columns or None
